import { Controller, Get } from '@nestjs/common';
import { Failure } from '../../kernel/failure.js';
import { Database } from '../database/database.js';
import { PublicRoute } from './permit.js';

/** What an operator's probe asks: is the process alive, and can it serve? */
@Controller('health')
@PublicRoute()
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while the database is away; nothing needs to be restarted when it comes back. */
  @Get('ready')
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.database.ping();
    } catch {
      throw new Failure('unavailable');
    }
    return { status: 'ok' };
  }
}
