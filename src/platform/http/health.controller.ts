import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse } from '@nestjs/swagger';
import { Failure } from '../../kernel/failure.js';
import { Database } from '../database/database.js';
import { PublicRoute } from './permit.js';

const OK = {
  description: 'bereit · up',
  schema: {
    type: 'object' as const,
    required: ['status'],
    additionalProperties: false,
    properties: { status: { type: 'string' as const, enum: ['ok'] } },
  },
};
const AWAY = {
  description: 'Datenbank nicht erreichbar · database away',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** What an operator's probe asks: is the process alive, and can it serve? */
@Controller('health')
@PublicRoute()
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('live')
  @ApiOkResponse(OK)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while the database is away; nothing needs to be restarted when it comes back. */
  @Get('ready')
  @ApiOkResponse(OK)
  @ApiServiceUnavailableResponse(AWAY)
  async ready(): Promise<{ status: 'ok' }> {
    try {
      await this.database.ping();
    } catch {
      throw new Failure('unavailable');
    }
    return { status: 'ok' };
  }
}
