import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Leave to promise money of later years, and the opening and closing of a budget year.
 *
 * A commitment authorisation stands beside the appropriation: it is used in its issue year or lapses (§ 45 LHO NRW).
 * A year that is closed takes no money any more, by whatever way somebody writes: its row is what every proposal
 * and release must see open, and closing waits for those that are under way.
 */
export class BudgetYears1700000003100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(OPEN_YEARS);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table commitment_authorisation (
    id uuid primary key,
    line_id uuid not null references budget_line,
    programme text not null references programme (code),
    issue_year integer not null check (issue_year between 2000 and 2100),
    due_year integer not null check (due_year between 2000 and 2100),
    amount_cents bigint not null check (amount_cents > 0),
    reason text not null,
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    state text not null check (state in ('proposed', 'released', 'withdrawn')),
    proposed_at timestamptz not null default transaction_timestamp(),
    proposed_by uuid not null references person,
    released_at timestamptz,
    released_by uuid references person,
    withdrawn_at timestamptz,
    withdrawn_by uuid references person,
    withdrawal_reason text,
    version integer not null default 1,
    check (released_by <> proposed_by),
    check ((state = 'released') = (released_at is not null)),
    check ((state = 'withdrawn') = (withdrawn_at is not null)),
    check ((withdrawn_at is null) = (withdrawal_reason is null)),
    constraint commitment_authorisation_years check (due_year > issue_year)
  );
  comment on table commitment_authorisation is
    'Leave to promise, in the issue year, money of a later due year, in cents (Verpflichtungsermächtigung, § 38 LHO NRW). Unused it lapses at the end of the issue year; withdrawn before its release it never was one.';
  create index commitment_authorisation_year on commitment_authorisation (due_year, programme);
  create trigger stamp before insert or update on commitment_authorisation for each row
    execute function access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at', 'withdrawn_by', 'withdrawn_at');
  create trigger zz_ends_once before update on commitment_authorisation for each row execute function audit.proposal_ends_once();

  create table budget_year (
    id uuid primary key,
    funding_year integer not null unique check (funding_year between 2000 and 2100),
    state text not null check (state in ('open', 'closed')),
    opened_at timestamptz not null default transaction_timestamp(),
    opened_by uuid not null references person,
    closed_at timestamptz,
    closed_by uuid references person,
    version integer not null default 1,
    check ((state = 'closed') = (closed_at is not null))
  );
  comment on table budget_year is
    'A budget year whose books were opened, and closed once it was over. What was promised for it earlier is moved onto its appropriations when it opens.';
  create trigger stamp before insert or update on budget_year for each row
    execute function access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at');

  create function audit.closes_once() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if old.state <> 'open' or new.state <> 'closed' or old.funding_year <> new.funding_year
       or old.opened_at <> new.opened_at then
      raise exception 'a budget year is closed once and stays closed' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.closes_once() is 'Trigger: an open year may be closed, nothing else.';
  create trigger zz_closes_once before update on budget_year for each row execute function audit.closes_once();
`;

const OPEN_YEARS = `
  -- The share lock makes closing wait for a release under way, and a release see that the year was closed meanwhile.
  create function audit.year_is_open() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    year integer := coalesce((to_jsonb(new) ->> 'funding_year')::integer, (to_jsonb(new) ->> 'issue_year')::integer);
    found_state text;
  begin
    select y.state into found_state from budget_year y where y.funding_year = year for share;
    -- Taking back what was never released moves nothing, and is no business of the books.
    if found_state = 'closed' and new.state <> 'withdrawn' then
      raise exception 'the books of % are closed', year using errcode = 'FB423';
    end if;
    return new;
  end $$;
  comment on function audit.year_is_open() is 'Trigger: nothing is entered or released for a year whose books are closed. FB423 otherwise.';
  create trigger year_is_open before insert or update on appropriation for each row execute function audit.year_is_open();
  create trigger year_is_open before insert or update on allocation for each row execute function audit.year_is_open();
  create trigger year_is_open before insert or update on commitment_authorisation for each row execute function audit.year_is_open();
`;

const READERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_auditor, foerderbuch_system`;

const RIGHTS = `
  select audit.declare_business('commitment_authorisation'), audit.declare_business('budget_year');

  grant select on commitment_authorisation, budget_year to ${READERS};
  grant insert on commitment_authorisation, budget_year to foerderbuch_ministry;
  grant update (state, released_at, released_by, withdrawn_at, withdrawal_reason, version) on commitment_authorisation to foerderbuch_ministry;
  grant update (state, closed_at, closed_by, version) on budget_year to foerderbuch_ministry;
  create policy statewide on commitment_authorisation for select to ${READERS} using ((select access.context()));
  create policy statewide on budget_year for select to ${READERS} using ((select access.context()));
  create policy propose on commitment_authorisation for insert to foerderbuch_ministry
    with check ((select access.context()) and state = 'proposed');
  create policy release_or_withdraw on commitment_authorisation for update to foerderbuch_ministry using ((select access.context()));
  create policy open on budget_year for insert to foerderbuch_ministry
    with check ((select access.context()) and state = 'open');
  create policy close on budget_year for update to foerderbuch_ministry using ((select access.context()));
`;
