import pg from 'pg';
import { CompletenessService } from '../../../src/audit/completeness.service.js';
import type { Fault } from '../../../src/audit/completeness.repository.js';
import type { ReadTx } from '../../../src/platform/database/tx.js';
import type { TestApp } from '../../support/app.js';

/** One stored column and how to change it a little, whatever its type. */
export interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/**
 * Somebody who rules the database: no trigger, foreign key, check or policy holds. After each attack the whole check
 * is run, and the attack undone, so that the next one meets a clean database. All is one transaction, which is undone
 * in the end.
 */
export class Attacker {
  private constructor(
    private readonly app: TestApp,
    private readonly client: pg.Client,
  ) {}

  static async of(app: TestApp): Promise<Attacker> {
    const client = new pg.Client(app.database.adminUrl);
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`begin; set local foerderbuch.action = 'attack'; set local timezone = 'UTC'`);
    return new Attacker(app, client);
  }

  async end(): Promise<void> {
    await this.client.query('rollback');
    await this.client.end();
  }

  async rows<T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return (await this.client.query<T>(sql, [...parameters])).rows;
  }

  /** What the check finds after the deed. */
  async attack(deed: string | (() => Promise<unknown>)): Promise<readonly Fault[]> {
    await this.client.query('savepoint attack; set local session_replication_role = replica');
    try {
      await (typeof deed === 'string' ? this.client.query(deed) : deed());
      return await this.check();
    } finally {
      await this.client.query('rollback to savepoint attack; release savepoint attack');
    }
  }

  async check(): Promise<readonly Fault[]> {
    const tx: ReadTx = {
      manager: {} as ReadTx['manager'],
      rows: <T extends object>(sql: string, parameters: readonly unknown[] = []) =>
        this.rows<T>(sql, parameters),
    };
    return (await this.app.get(CompletenessService).checkIn(tx)).faults;
  }

  /** Check constraints and numbers given by the database would hinder a clumsy attacker only. */
  async loosen(): Promise<void> {
    const statements = await this.rows<{ sql: string }>(
      `select format('alter table %I drop constraint if exists %I cascade', c.relname, k.conname) as sql
         from pg_constraint k join pg_class c on c.oid = k.conrelid
        where k.contype in ('c', 'p', 'u', 'x') and c.relnamespace = 'public'::regnamespace
       union all
       select format('drop index if exists %I', i.indexrelid::regclass)
         from pg_index i join pg_class c on c.oid = i.indrelid
        where i.indisunique and c.relnamespace = 'public'::regnamespace
          and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
       union all
       select format('alter table %1$I alter column %2$I drop identity;
                      alter table %1$I alter column %2$I set default (random() * 1e12)::bigint', c.relname, a.attname)
         from pg_attribute a join pg_class c on c.oid = a.attrelid
        where a.attidentity <> '' and c.relnamespace = 'public'::regnamespace`,
    );
    for (const { sql } of statements) await this.client.query(sql);
  }

  /** Every column of these tables. */
  columns(tables: readonly string[]): Promise<Column[]> {
    return this.rows<Column>(
      `select c.relname::text as "table", a.attname::text as name, format_type(a.atttypid, null) as type
         from pg_attribute a join pg_class c on c.oid = a.attrelid
        where c.relnamespace = 'public'::regnamespace and c.relname = any ($1) and a.attnum > 0 and not a.attisdropped
          and a.attgenerated = ''
        order by 1, a.attnum`,
      [tables],
    );
  }

  /** Changes the column in one row, by one bit where it has a value. False when the table is empty. */
  async flip({ table, name, type }: Column): Promise<boolean> {
    const changed = `case when ${name} is null then ${madeUp(type)} else ${flipped(name, type)} end`;
    const { rowCount } = await this.client.query(
      `update ${table} set ${name} = ${changed}
        where ctid = (select ctid from ${table} order by ${name} is null, ctid limit 1)`,
    );
    return rowCount === 1;
  }
}

function flipped(name: string, type: string): string {
  const first = `overlay(${name}::text placing chr(ascii(${name}::text) # 1) from 1 for 1)`;
  switch (type) {
    case 'uuid':
      return `overlay(${name}::text placing case left(${name}::text, 1) when 'a' then 'b' else 'a' end from 1 for 1)::uuid`;
    case 'bytea':
      return `set_byte(${name}, 0, get_byte(${name}, 0) # 1)`;
    case 'integer':
    case 'bigint':
    case 'smallint':
      return `(${name} # 1)::${type}`;
    case 'xid8':
      return `(${name}::text::bigint # 1)::text::xid8`;
    case 'boolean':
      return `not ${name}`;
    case 'timestamp with time zone':
      return `${name} + interval '1 microsecond'`;
    case 'date':
      return `${name} + 1`;
    case 'text':
      return `case ${name} when '' then 'x' else ${first} end`;
    case 'character':
      return first;
    case 'text[]':
      return `${name} || '{x}'`;
    default:
      throw new Error(`nobody knows how to flip a ${type}`);
  }
}

function madeUp(type: string): string {
  switch (type) {
    case 'uuid':
      return 'gen_random_uuid()';
    case 'bytea':
      return `'\\x01'::bytea`;
    case 'integer':
    case 'bigint':
    case 'smallint':
      return `1::${type}`;
    case 'xid8':
      return `'1'::xid8`;
    case 'boolean':
      return 'true';
    case 'timestamp with time zone':
      return 'now()';
    case 'date':
      return 'current_date';
    case 'text[]':
      return `'{x}'`;
    default:
      return `'x'`;
  }
}
