import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Calls: the windows in which a programme takes applications.
 *
 * Every application names the call it answers, so that who applied in time is a question of two rows and of no
 * memory; and an application that carries on last year's says which one that was.
 */
export class Calls1700000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RIGHTS);
    await runner.query(APPLICATIONS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table call (
    id uuid primary key,
    programme text not null references programme (code),
    from_year integer not null check (from_year between 2000 and 2100),
    to_year integer not null check (to_year between 2000 and 2100),
    opens_on date not null,
    closes_on date not null,
    title_de text not null,
    title_en text not null,
    text_de text not null,
    text_en text not null,
    required_attachments text[] not null default '{}',
    opened_at timestamptz not null default transaction_timestamp(),
    opened_by uuid references person,
    closed_on date,
    closed_at timestamptz,
    closed_by uuid references person,
    close_reason text,
    version integer not null default 1,
    check (from_year <= to_year),
    check (opens_on <= closes_on),
    check ((closed_on is null) = (closed_at is null)),
    check ((closed_on is null) = (close_reason is null)),
    check (required_attachments <@ array['post_description', 'cost_estimate', 'council_resolution', 'cooperation_agreement', 'other'])
  );
  comment on table call is
    'A window for applications: from opens_on to closes_on, both included, for the funding years from_year to to_year. Closed early, it takes none from closed_on. Its words, years and window are never edited; what was announced holds.';
  create index call_programme on call (programme, from_year, to_year);
  create trigger stamp before insert or update on call for each row
    execute function access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at');
  select audit.declare_business('call');
`;

const RIGHTS = `
  grant select on call to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  grant insert on call to foerderbuch_ministry;
  grant update (closed_on, closed_at, close_reason, version) on call to foerderbuch_ministry;
  create policy everybody on call for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy announce on call for insert to foerderbuch_ministry
    with check (closed_at is null and (select access.context()));
  create policy close on call for update to foerderbuch_ministry
    using ((select access.context())) with check (closed_at is not null);

  create function audit.call_closed_once() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if old.closed_at is not null then
      raise exception 'a call is closed once, and stays as it was closed' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.call_closed_once() is 'Trigger: what is closed is neither opened nor closed again.';
  create trigger zz_closed_once before update on call for each row execute function audit.call_closed_once();
`;

const APPLICATIONS = `
  alter table application
    add column call_id uuid not null references call,
    add column continues uuid references application,
    add check (continues <> id);
  comment on column application.continues is 'The application of the year before that this one carries on.';
  create index application_call on application (call_id);
  -- One live continuation: last year's work goes on once.
  create unique index application_continued on application (continues) where state <> 'retracted';
  select audit.declare_business('application');
`;
