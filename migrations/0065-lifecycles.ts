import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The life cycles, held in plain SQL too: a state changes only along a step that is listed here.
 *
 * The lists repeat the constants of the rules as they are today; a test of the database compares the two. They are
 * rows, so that whoever reads the database alone can read the life of a thing, and one trigger serves every table.
 */
export class Lifecycles1700000006500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STEPS);
    for (const [table, life] of Object.entries(LIVES)) {
      for (const [from, next] of Object.entries(life)) {
        for (const to of next) {
          await runner.query(
            'insert into lifecycle_step (table_name, from_state, to_state) values ($1, $2, $3)',
            [table, from, to],
          );
        }
      }
      await runner.query(
        `create trigger zy_only_forward before insert or update on ${table} for each row execute function access.only_forward()`,
      );
    }
    await runner.query(FROZEN);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const LIVES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  application: {
    draft: ['submitted'],
    submitted: ['in_check', 'queried', 'retracted'],
    in_check: ['queried', 'recommended', 'retracted'],
    queried: ['in_check', 'retracted'],
    recommended: ['decided', 'retracted'],
  },
  decision: {
    drafted: ['released', 'discarded'],
    released: ['notified'],
    notified: ['closed'],
  },
  drawdown: {
    requested: ['certified', 'rejected', 'cancelled'],
    certified: ['ordered', 'rejected', 'cancelled'],
    ordered: ['certified'],
  },
  payment: {
    ordered: ['confirmed', 'bounced'],
    confirmed: ['returned'],
  },
  settlement: {
    due: ['submitted'],
    submitted: ['in_check', 'queried'],
    in_check: ['queried', 'examined'],
    queried: ['submitted'],
    examined: ['in_check', 'queried', 'accepted'],
  },
  guideline_version: {
    drafted: ['released', 'withdrawn'],
    released: ['co_released', 'withdrawn'],
  },
  appropriation: { proposed: ['released', 'withdrawn'] },
  allocation: { proposed: ['released', 'withdrawn'] },
  commitment_authorisation: { proposed: ['released', 'withdrawn'] },
};

const STEPS = `
  create table lifecycle_step (
    table_name text not null,
    from_state text not null,
    to_state text not null,
    primary key (table_name, from_state, to_state)
  );
  comment on table lifecycle_step is
    'Which state of a table''s rows may follow which; a row begins where no step leads to. What is not listed does not happen, whoever asks.';
  select audit.declare_technical('lifecycle_step', 'describes the schema itself');
  grant select on lifecycle_step to foerderbuch_auditor, foerderbuch_system;
  create policy readers on lifecycle_step for select to foerderbuch_auditor, foerderbuch_system
    using ((select access.context()));

  -- Runs as the owner, for the roles that write need not read the list.
  create function access.only_forward() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if tg_op = 'INSERT' then
      if exists (select from lifecycle_step s
                  where s.table_name = tg_table_name and s.to_state = new.state and s.from_state <> s.to_state) then
        raise exception '% does not begin as %', tg_table_name, new.state using errcode = '42501';
      end if;
    elsif new.state <> old.state and not exists (
      select from lifecycle_step s
       where s.table_name = tg_table_name and s.from_state = old.state and s.to_state = new.state) then
      raise exception '% does not go from % to %', tg_table_name, old.state, new.state using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function access.only_forward() is
    'Trigger: a row begins in a state that no step leads to, and changes it only along a step of lifecycle_step.';
`;

const FROZEN = `
  create trigger append_only before update or delete on lifecycle_step for each row execute function audit.refuse_change();
  create trigger no_truncate before truncate on lifecycle_step for each statement execute function audit.refuse_truncate();
`;
