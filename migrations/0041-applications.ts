import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Applications: what a municipality asks for, each submission frozen, each check of the granting authority kept.
 *
 * An application opens its case; every later row of the case repeats case and centre, and composite keys hold them
 * together, so that a policy by centre can never be talked into another body's row. Posts and plan may be written
 * only while the application lies with the applicant.
 */
export class Applications1700000004100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PARTS);
    await runner.query(DESK);
    await runner.query(READERS);
    await runner.query(OFFICES);
    await runner.query(WRITERS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table application (
    id uuid primary key,
    case_id uuid not null unique,
    centre_id uuid not null references centre,
    recipient_id uuid not null references recipient,
    programme text not null references programme (code),
    funding_year integer not null check (funding_year between 2000 and 2100),
    period_from date not null,
    period_to date not null,
    state text not null check (state in ('draft', 'submitted', 'in_check', 'queried', 'recommended', 'decided', 'retracted')),
    submission integer not null default 0 check (submission >= 0),
    drafted_at timestamptz not null default transaction_timestamp(),
    drafted_by uuid not null references person,
    submitted_at timestamptz,
    submitted_by uuid references person,
    submitted_on date,
    recommended_at timestamptz,
    recommended_by uuid references person,
    retracted_at timestamptz,
    retracted_by uuid references person,
    open_changes integer not null default 0 check (open_changes >= 0),
    version integer not null default 1,
    unique (id, case_id, centre_id),
    check (period_from < period_to),
    check (period_to <= make_date(extract(year from period_from)::integer + 5, 1, 1)),
    check ((state = 'draft') = (submission = 0)),
    check ((submission = 0) = (submitted_at is null)),
    check ((submitted_at is null) = (submitted_on is null)),
    check ((state = 'retracted') = (retracted_at is not null)),
    check (state not in ('recommended', 'decided') or recommended_at is not null)
  );
  comment on table application is
    'An application for a grant (VVG zu § 44 LHO) and the opening of its case. The grant period is half-open, [period_from, period_to), and spans at most five funding years, of which funding_year is the first. submitted_at and submitted_on tell of the first submission; ..._on are business days.';
  comment on column application.open_changes is
    'How many changes told after the notice are still to be acknowledged; counted by a trigger, written by nobody.';
  create index application_centre on application (centre_id, programme, funding_year);
  create index application_year on application (funding_year, id);
  create index application_state on application (state, id);
  create trigger stamp before insert or update on application for each row
    execute function access.stamp('drafted_by', 'drafted_at', 'submitted_by', 'submitted_at',
                                  'recommended_by', 'recommended_at', 'retracted_by', 'retracted_at');

  alter table financing_plan_item
    add foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id);
`;

const PARTS = `
  create table application_post_item (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    position integer not null check (position between 1 and 999),
    category text not null check (category in ('specialist', 'assistant', 'teacher')),
    fte_hundredths integer not null check (fte_hundredths between 1 and 10000),
    occupied_from date not null,
    occupied_to date not null,
    expected_expenditure_cents bigint check (expected_expenditure_cents between 0 and 9007199254740991),
    removed_at timestamptz,
    version integer not null default 1,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    check (occupied_from < occupied_to)
  );
  comment on table application_post_item is
    'A post applied for: category, hundredths of a full post, the half-open time it is filled, and in cents what it is expected to cost, which every financing type but the fixed amount asks. An edit removes and adds; nothing is deleted.';
  create unique index application_post_item_place on application_post_item (application_id, position) where removed_at is null;
  create index application_post_item_case on application_post_item (case_id);

  create table application_measure_item (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    position integer not null check (position between 1 and 999),
    kind text not null check (kind in ('material', 'measure')),
    text text not null,
    funding_year integer not null check (funding_year between 2000 and 2100),
    expected_expenditure_cents bigint not null check (expected_expenditure_cents between 0 and 9007199254740991),
    units integer check (units >= 1),
    removed_at timestamptz,
    version integer not null default 1,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id)
  );
  comment on table application_measure_item is
    'Expenditure planned beside the posts for one funding year, in cents: material of the centre, or a measure for others, counted in units where it has any. An edit removes and adds; nothing is deleted.';
  create unique index application_measure_item_place on application_measure_item (application_id, position) where removed_at is null;
  create index application_measure_item_case on application_measure_item (case_id);

  create table application_submission (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    number integer not null check (number >= 1),
    content text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    submitted_at timestamptz not null default transaction_timestamp(),
    submitted_by uuid not null references person,
    submitted_on date not null,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    unique (application_id, number),
    check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
  );
  comment on table application_submission is
    'What was submitted, frozen: the canonical text (RFC 8785) of application, posts, measures, plan and calculation, with its SHA-256.';
  create index application_submission_case on application_submission (case_id);
  create trigger stamp before insert on application_submission for each row
    execute function access.stamp('submitted_by', 'submitted_at');
  create trigger append_only before update or delete on application_submission for each row
    execute function audit.refuse_change();

  create table application_check (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    submission integer not null check (submission >= 1),
    queries integer not null check (queries >= 0),
    note text not null,
    checked_at timestamptz not null default transaction_timestamp(),
    checked_by uuid not null references person,
    checked_on date not null,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    foreign key (application_id, submission) references application_submission (application_id, number),
    unique (id, application_id, case_id, centre_id)
  );
  comment on table application_check is
    'A check of one submission by the granting authority (VVG zu § 44 LHO): every item of the checklist is answered. queries: how many queries had been asked by then; a later one makes the check stale. The authority''s own affair: the applicant reads queries, not checks.';
  create index application_check_application on application_check (application_id, checked_at);
  create trigger stamp before insert on application_check for each row
    execute function access.stamp('checked_by', 'checked_at');
  create trigger append_only before update or delete on application_check for each row
    execute function audit.refuse_change();

  select audit.declare_business('application'), audit.declare_business('application_post_item'),
         audit.declare_business('application_measure_item'),
         audit.declare_business('application_submission'), audit.declare_business('application_check');
`;

const DESK = `
  -- What the authority decides on is what was submitted: an application leaves the applicant's desk only by a
  -- submission, and the authority has no right to write that number.
  create function audit.submitted_to_leave() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if new.submission <> old.submission + (old.state in ('draft', 'queried') and new.state in ('submitted', 'in_check'))::integer then
      raise exception 'an application leaves its applicant by a submission, and is submitted only to leave' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.submitted_to_leave() is
    'Trigger: a submission is counted when, and only when, an application leaves its applicant''s desk for the authority''s.';
  create trigger zz_submitted before update on application for each row execute function audit.submitted_to_leave();
`;

const OFFICES = `
  grant select on application_check to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor, foerderbuch_system;
  create policy statewide on application_check for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
    foerderbuch_system using ((select access.context()));
`;

const READERS = ['application', 'application_post_item', 'application_measure_item', 'application_submission']
  .map(
    (table) => `
  grant select on ${table} to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  create policy statewide on ${table} for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy own on ${table} for select to foerderbuch_municipality using (centre_id = (select access.centre()));`,
  )
  .join('\n');

const WRITERS = `
  grant insert on application, application_post_item, application_measure_item, application_submission to foerderbuch_municipality;
  grant update (period_from, period_to, state, submission, submitted_at, submitted_on, retracted_at, version)
    on application to foerderbuch_municipality;
  grant update (removed_at, version) on application_post_item, application_measure_item to foerderbuch_municipality;
  grant insert on application_check to foerderbuch_granting_authority;
  grant update (state, recommended_at, version) on application to foerderbuch_granting_authority;

  create policy draft on application for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and state = 'draft');
  create policy pursue on application for update to foerderbuch_municipality
    using (centre_id = (select access.centre()))
    with check (centre_id = (select access.centre()) and state in ('draft', 'submitted', 'queried', 'in_check', 'retracted'));
  create policy handle on application for update to foerderbuch_granting_authority
    using ((select access.context()))
    with check (state in ('in_check', 'queried', 'recommended', 'decided'));

  -- What lies with the authority is frozen: parts may be written only while the application lies with the applicant.
  create function access.with_applicant(wanted uuid) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from application a where a.id = wanted and a.state in ('draft', 'queried'))
  $$;
  comment on function access.with_applicant(uuid) is 'Whether an application lies with its applicant: drafted, or handed back with a query.';
  grant execute on function access.with_applicant(uuid) to foerderbuch_municipality;

  create policy ask on application_post_item for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and access.with_applicant(application_id));
  create policy change on application_post_item for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and access.with_applicant(application_id));
  create policy ask on application_measure_item for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and access.with_applicant(application_id));
  create policy change on application_measure_item for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and access.with_applicant(application_id));
  create policy ask on financing_plan_item for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and access.with_applicant(application_id));
  create policy change on financing_plan_item for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and access.with_applicant(application_id));
  create policy submit on application_submission for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()));
`;
