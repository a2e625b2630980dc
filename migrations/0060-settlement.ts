import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The settlement report: how the recipient accounts, and what the authority makes of it.
 *
 * Its figures stand in the structure of the financing plan (ANBest-G), income by source and expenditure by kind, each
 * as the notice had it and as it turned out. The examination note is no free text field that may stay empty: without
 * what was checked, with which result, and what follows, a report cannot become examined, and whoever examined it
 * does not accept it. An examination may be made anew, or handed back with a query, until it is accepted; every check
 * and every examination stays as a note of its own.
 */
export class Settlement1700000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table settlement (
    id uuid primary key,
    case_id uuid not null,
    decision_id uuid not null,
    centre_id uuid not null references centre,
    funding_year integer not null check (funding_year between 2000 and 2100),
    due_on date not null,
    state text not null check (state in ('due', 'submitted', 'in_check', 'queried', 'examined', 'accepted')),
    opened_at timestamptz not null default transaction_timestamp(),
    opened_by uuid references person,
    narrative text,
    post_months_hundredths integer check (post_months_hundredths >= 0),
    audit_office_certified boolean not null default false,
    confirmed boolean not null default false,
    submitted_at timestamptz,
    submitted_by uuid references person,
    submitted_on date,
    checked_at timestamptz,
    checked_by uuid references person,
    examined_at timestamptz,
    examined_by uuid references person,
    examined_on date,
    examination_checked text,
    examination_result text,
    -- Less than the purpose and the whole grant takes a decision of its own, which nothing here can make yet.
    purpose_reached boolean check (purpose_reached),
    consequence text check (consequence in ('grant_kept')),
    accepted_at timestamptz,
    accepted_by uuid references person,
    accepted_on date,
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    unique (decision_id, funding_year),
    unique (id, case_id, centre_id),
    check (examined_by <> submitted_by),
    check (accepted_by <> examined_by),
    check (accepted_by <> submitted_by),
    -- Sent back means not submitted: the next submission is stamped with whoever makes it.
    check ((state in ('due', 'queried')) = (submitted_at is null)),
    check ((state in ('due', 'submitted')) = (checked_at is null)),
    check ((submitted_at is null) = (submitted_on is null)),
    check ((examined_at is null) = (examined_on is null)),
    check ((accepted_at is null) = (accepted_on is null)),
    check (submitted_at is null or (confirmed and narrative is not null and post_months_hundredths is not null)),
    check ((state in ('examined', 'accepted')) = (examined_at is not null)),
    check (examined_at is null or (examination_checked is not null and examination_result is not null
                                   and purpose_reached is not null and consequence is not null)),
    check ((state = 'accepted') = (accepted_at is not null))
  );
  comment on table settlement is
    'The settlement report (Verwendungsnachweis) of one decision and year, and its examination (Nr. 7 ANBest-G, Nr. 11 VVG zu § 44 LHO). ..._on are business days.';
  comment on column settlement.post_months_hundredths is 'Full-time post months that were filled, in hundredths: 3.5 posts for a year are 4200.';
  create index settlement_centre on settlement (centre_id, id);
  create index settlement_year on settlement (funding_year, state);
  create index settlement_outstanding on settlement (due_on, id) where state in ('due', 'queried');
  create trigger stamp before insert or update on settlement for each row execute function access.stamp(
    'opened_by', 'opened_at', 'submitted_by', 'submitted_at', 'checked_by', 'checked_at',
    'examined_by', 'examined_at', 'accepted_by', 'accepted_at');

  create table settlement_item (
    id uuid primary key,
    settlement_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null references centre,
    kind text not null check (kind in ('income', 'expenditure')),
    category text not null,
    per_notice_cents bigint check (per_notice_cents >= 0),
    settled_cents bigint check (settled_cents >= 0),
    eligible_cents bigint check (eligible_cents >= 0),
    in_kind boolean not null,
    modelled boolean not null,
    version integer not null default 1,
    foreign key (settlement_id, case_id, centre_id) references settlement (id, case_id, centre_id),
    unique (settlement_id, kind, category),
    check (case kind
      when 'income' then category in ('state_integration', 'state_school', 'municipal', 'third_party')
      else category in ('personnel', 'material', 'seconded_teachers') end),
    check (kind = 'expenditure' or eligible_cents is null),
    check (eligible_cents <= settled_cents),
    check (in_kind = (category in ('state_school', 'seconded_teachers')))
  );
  comment on table settlement_item is
    'One figure of a settlement report, in cents: per notice (null where the notice names none), as settled (null until given), and how much of an expenditure is eligible.';

  create table settlement_note (
    id uuid primary key,
    settlement_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null references centre,
    kind text not null check (kind in ('complete', 'query', 'examination')),
    note text,
    result text,
    noted_at timestamptz not null default transaction_timestamp(),
    noted_by uuid not null references person,
    noted_on date not null,
    foreign key (settlement_id, case_id, centre_id) references settlement (id, case_id, centre_id),
    check (kind = 'complete' or note is not null),
    check ((kind = 'examination') = (result is not null))
  );
  comment on table settlement_note is
    'What the granting authority noted on a settlement report: found complete, handed back with a query, or examined (what was checked, with which result). One row per act, so that a later one does not hide it.';
  create index settlement_note_settlement on settlement_note (settlement_id, noted_at);
  create trigger stamp before insert on settlement_note for each row execute function access.stamp('noted_by', 'noted_at');
  create trigger append_only before update or delete on settlement_note for each row execute function audit.refuse_change();
`;

const READERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_auditor, foerderbuch_system`;

const RIGHTS = `
  select audit.declare_business('settlement'), audit.declare_business('settlement_item'), audit.declare_business('settlement_note');

  grant select on settlement, settlement_item, settlement_note to ${READERS}, foerderbuch_municipality;
  create policy statewide on settlement for select to ${READERS} using ((select access.context()));
  create policy statewide on settlement_item for select to ${READERS} using ((select access.context()));
  create policy statewide on settlement_note for select to ${READERS} using ((select access.context()));
  create policy own on settlement_note for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on settlement for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on settlement_item for select to foerderbuch_municipality using (centre_id = (select access.centre()));

  grant insert on settlement, settlement_item to foerderbuch_municipality, foerderbuch_system;
  create policy open on settlement for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and state = 'due');
  create policy open_when_due on settlement for insert to foerderbuch_system
    with check (state = 'due' and (select access.context()));
  -- A report that lies with the authority gets no further figures.
  create policy open on settlement_item for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and exists (
      select from settlement s where s.id = settlement_id and s.state in ('due', 'queried')));
  create policy open_when_due on settlement_item for insert to foerderbuch_system with check ((select access.context()));

  -- The recipient fills in and submits; the note of the examination is not its own.
  grant update (state, narrative, post_months_hundredths, audit_office_certified, confirmed, submitted_at, submitted_on, checked_at,
                version) on settlement to foerderbuch_municipality;
  -- What the notices grant is brought up to date whenever the recipient works on the report.
  grant update (per_notice_cents, modelled, settled_cents, eligible_cents, version) on settlement_item to foerderbuch_municipality;
  create policy fill_in on settlement for update to foerderbuch_municipality
    using (centre_id = (select access.centre()))
    with check (centre_id = (select access.centre()) and state in ('due', 'queried', 'submitted'));
  create policy fill_in on settlement_item for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (
      select from settlement s where s.id = settlement_id and s.state in ('due', 'queried')));

  grant update (state, submitted_at, submitted_on, checked_at, examined_at, examined_on, examination_checked, examination_result,
                purpose_reached, consequence, accepted_at, accepted_on, version)
    on settlement to foerderbuch_granting_authority;
  create policy examine on settlement for update to foerderbuch_granting_authority
    using ((select access.context())) with check ((select access.context()));
  grant insert on settlement_note to foerderbuch_granting_authority;
  create policy note on settlement_note for insert to foerderbuch_granting_authority with check ((select access.context()));
`;
