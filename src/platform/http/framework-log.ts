import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** What Nest and our own filters say, in the one log of the process. Nest's chatter at boot is for developers. */
export class FrameworkLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.debug(...line(message, rest));
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.error(...line(message, rest));
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.logger.warn(...line(message, rest));
  }
}

/** Nest passes the context last, and for errors the trace before it. */
function line(message: unknown, rest: readonly unknown[]): [object, string | undefined] {
  const context = rest.at(-1);
  const stack = rest.length > 1 ? rest[0] : undefined;
  if (message instanceof Error) return [{ context, err: message }, undefined];
  if (typeof message === 'object' && message !== null) return [{ context, ...message }, undefined];
  return [{ context, stack }, String(message)];
}
