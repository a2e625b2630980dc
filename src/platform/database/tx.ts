import type { EntityManager } from 'typeorm';

/** A transaction that may read: role and context are set, and it sees one snapshot. */
export interface ReadTx {
  /** TypeORM on this transaction's connection. */
  readonly manager: EntityManager;
  /** Runs one statement, prepared by name, and gives its rows. */
  rows<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
}

declare const writing: unique symbol;

/** A transaction that may write. Only the command runner makes one, so whoever holds it is inside an audited command. */
export interface Tx extends ReadTx {
  readonly [writing]: true;
}
