import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse } from '@nestjs/swagger';
import type { Request } from 'express';
import { notFound } from '../kernel/failure.js';
import { PublicRoute } from '../platform/http/permit.js';
import { AuditHealthService } from './audit-health.service.js';

const LOOPBACK = /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/;
const AWAY = {
  description: 'nur vom selben Rechner aus · from the same machine only',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

@Controller('metrics')
@PublicRoute()
export class AuditHealthController {
  constructor(private readonly health: AuditHealthService) {}

  /** For the collector on this machine; whoever comes from elsewhere, or through a proxy, learns nothing. */
  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOkResponse({
    description: 'Messwerte · metrics',
    content: { 'text/plain': { schema: { type: 'string', maxLength: 100_000 } } },
  })
  @ApiNotFoundResponse(AWAY)
  metrics(@Req() request: Request): Promise<string> {
    const isLocal = LOOPBACK.test(request.socket.remoteAddress ?? '');
    const isForwarded = ['forwarded', 'x-forwarded-for'].some((name) => request.headers[name] !== undefined);
    if (!isLocal || isForwarded) throw notFound();
    return this.health.metrics();
  }
}
