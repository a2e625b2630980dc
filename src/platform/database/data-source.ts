import type { DataSourceOptions } from 'typeorm';
import { PreparingClient } from './preparing-client.js';

/** How the running server reaches the database: as `foerderbuch_app`, which by itself may read no table. */
export function appDataSource(url: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    applicationName: 'foerderbuch',
    extra: {
      Client: PreparingClient,
      connectionTimeoutMillis: 5_000,
      // An open transaction holds back the sealing of everything after it, so none may idle.
      options: '-c statement_timeout=30s -c idle_in_transaction_session_timeout=30s -c timezone=UTC',
      keepAlive: true,
    },
  };
}
