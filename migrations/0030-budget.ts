import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What parliament gave and what the ministry handed on.
 *
 * Nothing here is ever edited: proposing and releasing are two acts of two persons, and every later change is a new
 * row with a transfer of its own. Amounts stand here as the reason for the transfer; what is free is read from the ledger.
 */
export class Budget1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table budget_line (
        id uuid primary key,
        chapter text not null,
        title text not null,
        name text not null,
        transferable boolean not null,
        version integer not null default 1,
        unique (chapter, title)
      );
      comment on table budget_line is 'A line of the state budget: Kapitel and Titel(gruppe), and whether unspent money may be carried over (§ 19 LHO NRW).';

      create table appropriation (
        id uuid primary key,
        line_id uuid not null references budget_line,
        funding_year integer not null check (funding_year between 2000 and 2100),
        kind text not null check (kind in ('initial')),
        amount_cents bigint not null check (amount_cents > 0),
        reason text not null,
        source text not null,
        confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
        state text not null check (state in ('proposed', 'released')),
        proposed_at timestamptz not null default transaction_timestamp(),
        proposed_by uuid not null references person,
        released_at timestamptz,
        released_by uuid references person,
        version integer not null default 1,
        check (released_by <> proposed_by),
        check ((state = 'released') = (released_at is not null))
      );
      comment on table appropriation is 'Permission to spend in one budget year, in cents (§ 11 LHO NRW). Released by a second person.';
      create unique index appropriation_initial on appropriation (line_id, funding_year) where kind = 'initial';
      create trigger stamp before insert or update on appropriation for each row
        execute function access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at');

      create table allocation (
        id uuid primary key,
        line_id uuid not null references budget_line,
        funding_year integer not null check (funding_year between 2000 and 2100),
        programme text not null references programme (code),
        kind text not null check (kind in ('allotment', 'quota')),
        centre_id uuid references centre,
        amount_cents bigint not null check (amount_cents > 0),
        reason text not null,
        state text not null check (state in ('proposed', 'released')),
        proposed_at timestamptz not null default transaction_timestamp(),
        proposed_by uuid not null references person,
        released_at timestamptz,
        released_by uuid references person,
        version integer not null default 1,
        check (released_by <> proposed_by),
        check ((kind = 'quota') = (centre_id is not null)),
        check ((state = 'released') = (released_at is not null))
      );
      comment on table allocation is
        'An allotment hands spending power for a programme to the granting authority (§ 9 LHO NRW); a quota is a centre''s planned share and moves nothing.';
      create index allocation_year on allocation (funding_year, programme);
      create unique index allocation_quota on allocation (funding_year, programme, centre_id) where kind = 'quota';
      create trigger stamp before insert or update on allocation for each row
        execute function access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at');

      -- What was proposed stays as proposed: only the release may be added.
      create function audit.only_release() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      begin
        if old.state <> 'proposed' or new.state <> 'released'
           or to_jsonb(old) - array['state', 'released_at', 'released_by', 'version']
              <> to_jsonb(new) - array['state', 'released_at', 'released_by', 'version'] then
          raise exception '% is never edited: propose a new one', tg_table_name using errcode = '42501';
        end if;
        return new;
      end $$;
      comment on function audit.only_release() is 'Trigger: a proposal may be released once and never changed otherwise.';
      create trigger zz_only_release before update on appropriation for each row execute function audit.only_release();
      create trigger zz_only_release before update on allocation for each row execute function audit.only_release();

      select audit.declare_business('budget_line'), audit.declare_business('appropriation'), audit.declare_business('allocation');

      grant select on budget_line, appropriation, allocation to
        foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
        foerderbuch_auditor, foerderbuch_system;
      grant insert on budget_line, appropriation, allocation to foerderbuch_ministry;
      grant update (state, released_at, released_by, version) on appropriation, allocation to foerderbuch_ministry;
    `);
    for (const table of ['budget_line', 'appropriation', 'allocation']) {
      await runner.query(`
        create policy statewide on ${table} for select to
          foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
          foerderbuch_auditor, foerderbuch_system using ((select access.context()));
        create policy propose on ${table} for insert to foerderbuch_ministry with check ((select access.context()));
      `);
    }
    for (const table of ['appropriation', 'allocation']) {
      await runner.query(
        `create policy release on ${table} for update to foerderbuch_ministry using ((select access.context()))`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
