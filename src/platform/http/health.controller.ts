import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiServiceUnavailableResponse } from '@nestjs/swagger';
import { Failure } from '../../kernel/failure.js';
import { Alarms, type Alarm } from '../alarms.js';
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
const word = { type: 'string' as const, maxLength: 1_000 };
const READY = {
  description:
    'bereit; degraded nennt, was jemand ansehen muss · up; degraded names what somebody must look at',
  schema: {
    type: 'object' as const,
    required: ['status'],
    additionalProperties: false,
    properties: {
      status: { type: 'string' as const, enum: ['ok', 'degraded'] },
      alarms: {
        type: 'array' as const,
        maxItems: 100,
        items: {
          type: 'object' as const,
          required: ['code', 'detail'],
          additionalProperties: false,
          properties: { code: word, detail: word },
        },
      },
    },
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
  constructor(
    private readonly database: Database,
    private readonly alarms: Alarms,
  ) {}

  @Get('live')
  @ApiOkResponse(OK)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 503 while the database is away; nothing needs to be restarted when it comes back. */
  @Get('ready')
  @ApiOkResponse(READY)
  @ApiServiceUnavailableResponse(AWAY)
  async ready(): Promise<{ status: 'ok' | 'degraded'; alarms?: Alarm[] }> {
    try {
      await this.database.ping();
    } catch {
      throw new Failure('unavailable');
    }
    const alarms = this.alarms.standing().slice(0, 100);
    return alarms.length === 0 ? { status: 'ok' } : { status: 'degraded', alarms };
  }
}
