import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { isConnectionLoss, sqlState } from './database.js';

const PAUSE_MILLISECONDS = 2_000;
const STARTING_UP = '57P03';
const TOO_MANY_CONNECTIONS = '53300';

/**
 * Connects, and waits while the database is away: a server that starts before its database must not need a second
 * push. What waiting cannot cure (a wrong password, a database that does not exist) fails at once.
 */
export async function connectPatiently(
  options: DataSourceOptions,
  say: (line: string) => void,
): Promise<DataSource> {
  for (let attempt = 1; ; attempt++) {
    const source = new DataSource(options);
    try {
      return await source.initialize();
    } catch (error) {
      if (!isAway(error)) {
        throw error;
      }
      const reason = error instanceof AggregateError ? String(error.errors[0]) : String(error);
      say(
        `The database does not answer (${reason}); attempt ${String(attempt)}, next in ${String(PAUSE_MILLISECONDS / 1000)} s.`,
      );
      await pause(PAUSE_MILLISECONDS);
    }
  }
}

function isAway(error: unknown): boolean {
  const causes: unknown[] = error instanceof AggregateError ? error.errors : [error];
  return causes.some(
    (cause) =>
      isConnectionLoss(cause) || sqlState(cause) === STARTING_UP || sqlState(cause) === TOO_MANY_CONNECTIONS,
  );
}
