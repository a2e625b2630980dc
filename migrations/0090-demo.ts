import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which demo years have been played to their end, so that a later start need not play them again. */
export class Demo1700000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table demo_year (
        id uuid primary key,
        funding_year integer not null unique,
        played_at timestamptz not null default transaction_timestamp(),
        version integer not null default 1
      );
      comment on table demo_year is 'A demo year that was played to its end. Empty wherever no demo was asked for.';
      select audit.declare_business('demo_year');
      grant select, insert on demo_year to foerderbuch_system;
      create policy keepers on demo_year to foerderbuch_system using ((select access.context()));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
