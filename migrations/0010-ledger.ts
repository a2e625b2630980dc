import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stages of money are accounts, steps are transfers, and `ledger.post` is the only writer of both.
 *
 * A transfer is never changed; a correction is a new one that names what it reverses. What accounts and totals say is
 * the fold of the transfers and nothing else, which `verify:books` proves.
 */
export class Ledger1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(STEPS);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

/** What a total adds up, in cents. */
const SUMS = `debits bigint not null default 0 check (debits >= 0),
    credits bigint not null default 0 check (credits >= 0),
    reversed bigint not null default 0 check (reversed >= 0),
    regained bigint not null default 0 check (regained >= 0)`;

const TABLES = `
  create schema ledger;
  grant usage on schema ledger to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_system;

  create table account (
    id uuid primary key,
    stage text not null check (stage in (
      'outside', 'appropriated', 'blocked', 'allocated', 'committed', 'called', 'paid', 'settled', 'remainder', 'remainder_lapsed', 'lapsed',
      'authorisation_outside', 'authorised', 'promised', 'redeemed', 'authorisation_lapsed',
      'memo_outside', 'memo_committed', 'memo_settled')),
    line_id uuid,
    funding_year integer check (funding_year between 1990 and 2100),
    issue_year integer check (issue_year between 1990 and 2100),
    programme text,
    centre_id uuid,
    source text check (source in ('state_integration', 'municipal', 'third_party')),
    case_id uuid,
    bounded boolean not null,
    debits bigint not null default 0 check (debits >= 0),
    credits bigint not null default 0 check (credits >= 0),
    version integer not null default 0,
    constraint account_headroom check (not bounded or debits <= credits),
    -- Beyond 2^53-1 a sum could no longer be told exactly in JSON (RFC 8259, section 6).
    constraint account_exact check (debits <= 9007199254740991 and credits <= 9007199254740991),
    constraint account_dimensions unique nulls not distinct
      (stage, funding_year, line_id, issue_year, programme, centre_id, source, case_id)
  );
  comment on table account is
    'Money of one stage and its dimensions, in cents: credits came in, debits went on. A bounded account never gives more than it got. Fold of the transfers.';
  -- A trigger and no CHECK: an account's dimensions never change, and each posting would pay for looking at them again.
  create function ledger.keeps_chart() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if new.funding_year is null
       or (new.line_id is null) <> (new.stage in ('memo_outside', 'memo_committed', 'memo_settled'))
       or (new.issue_year is not null)
          <> (new.stage in ('authorisation_outside', 'authorised', 'promised', 'redeemed', 'authorisation_lapsed'))
       or (new.programme is null) <> (new.stage in (
          'outside', 'appropriated', 'blocked', 'remainder', 'remainder_lapsed', 'lapsed', 'authorisation_outside'))
       or (new.case_id is not null) <> (new.stage in (
          'committed', 'called', 'paid', 'settled', 'promised', 'memo_outside', 'memo_committed', 'memo_settled'))
       or (new.centre_id is null) <> (new.case_id is null) or (new.source is null) <> (new.case_id is null) then
      raise exception 'an account of stage % has other dimensions', new.stage using errcode = '23514', constraint = 'account_chart';
    end if;
    return new;
  end $$;
  comment on function ledger.keeps_chart() is
    'Trigger: an account has the dimensions of its stage. From commitment on they name the case, so no decision drains another''s commitment.';
  create trigger keeps_chart before insert or update of stage, line_id, funding_year, issue_year, programme, centre_id, source, case_id
    on account for each row execute function ledger.keeps_chart();
  create index account_case on account (case_id) where case_id is not null;
  create index account_centre on account (centre_id, funding_year) where centre_id is not null;

  create table transfer (
    id uuid primary key,
    journal uuid not null,
    debit uuid not null references account,
    credit uuid not null references account,
    amount_cents bigint not null check (amount_cents between 1 and 9007199254740991),
    code text not null,
    effective_on date not null check (effective_on between '1990-01-01' and '2100-12-31'),
    reverses uuid unique references transfer,
    undoes boolean not null default false check (undoes or reverses is null),
    debit_version integer not null,
    credit_version integer not null,
    centre_id uuid,
    case_id uuid,
    epoch integer not null references audit_epoch,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default transaction_timestamp(),
    check (debit <> credit),
    unique (debit, debit_version),
    unique (credit, credit_version)
  );
  comment on table transfer is
    'One step of money from the debited to the credited account, in cents, immutable. A correction is a new transfer that names what it reverses.';
  create index transfer_journal on transfer (journal);
  create index transfer_xid on transfer (epoch, xid);
  create index transfer_case on transfer (case_id) where case_id is not null;
  create index transfer_centre on transfer (centre_id) where centre_id is not null;
  create index transfer_at on transfer (at);
  comment on column transfer.undoes is
    'Money goes back: in whole, naming the transfer it reverses, or in part by a command that is there for it.';

  create table stage_total (
    funding_year integer not null,
    span text not null check (span in ('year', 'month', 'day')),
    starts_on date not null,
    recorded_from date not null,
    stage text not null,
    line_id uuid,
    issue_year integer,
    programme text,
    source text,
    ${SUMS},
    constraint stage_total_dimensions unique nulls not distinct
      (funding_year, span, starts_on, recorded_from, stage, line_id, issue_year, programme, source)
  );
  comment on table stage_total is
    'Movements of one stage of a year over all centres and cases, in cents: in total, by month and by day of effect, each by the month or day of recording; reversed and regained are the parts of debits and credits that undo. Fold of the transfers, so that a total of the Land costs the same whatever the number of transfers.';

  create table centre_total (
    funding_year integer not null,
    span text not null check (span in ('month', 'day')),
    starts_on date not null,
    recorded_from date not null,
    centre_id uuid not null,
    stage text not null,
    line_id uuid,
    issue_year integer,
    programme text,
    source text not null,
    ${SUMS},
    constraint centre_total_dimensions unique nulls not distinct
      (funding_year, span, starts_on, recorded_from, centre_id, stage, line_id, issue_year, programme, source)
  );
  comment on table centre_total is
    'The same movements by centre, over all its cases, in cents: by month and by day. Fold of the transfers.';
  create index centre_total_centre on centre_total (centre_id, funding_year, span);

  create table posting_step (
    code text not null,
    from_stage text not null,
    to_stage text not null,
    roles text[] not null,
    backwards text not null default 'no' check (backwards in ('no', 'whole', 'part')),
    differs text[] not null default '{}' check (differs <@ '{lineId,fundingYear}'),
    primary key (code, from_stage, to_stage)
  );
  comment on table posting_step is 'Which command may move money from which stage to which, and in which role. ledger.post refuses every other step.';
  comment on column posting_step.backwards is
    'Whether the step undoes: in whole, naming the transfer it reverses, or in part without naming one.';
  comment on column posting_step.differs is
    'The dimensions in which the two accounts differ, from line to line or year to year; in all others that both have they are the same.';
`;

const STEPS = `
  insert into posting_step (code, from_stage, to_stage, roles, differs) values
    ('appropriation.release', 'outside', 'appropriated', '{ministry}', '{}'),
    ('appropriation.release', 'appropriated', 'outside', '{ministry}', '{}'),
    ('appropriation.release', 'appropriated', 'blocked', '{ministry}', '{}'),
    ('appropriation.release', 'blocked', 'appropriated', '{ministry}', '{}'),
    ('appropriation.release', 'appropriated', 'appropriated', '{ministry}', '{lineId}'),
    ('appropriation.release', 'remainder', 'appropriated', '{ministry}', '{fundingYear}'),
    ('commitmentAuthorisation.release', 'authorisation_outside', 'authorised', '{ministry}', '{}'),
    ('allocation.release', 'appropriated', 'allocated', '{ministry}', '{}'),
    ('allocation.release', 'allocated', 'appropriated', '{ministry}', '{}'),
    ('budget.openYear', 'promised', 'redeemed', '{ministry}', '{}'),
    ('budget.openYear', 'appropriated', 'allocated', '{ministry}', '{}'),
    ('budget.openYear', 'allocated', 'committed', '{ministry}', '{}'),
    ('budget.closeYear', 'allocated', 'appropriated', '{ministry}', '{}'),
    ('budget.closeYear', 'appropriated', 'remainder', '{ministry}', '{}'),
    ('budget.closeYear', 'appropriated', 'lapsed', '{ministry}', '{}'),
    ('budget.closeYear', 'blocked', 'lapsed', '{ministry}', '{}'),
    ('budget.closeYear', 'remainder', 'remainder_lapsed', '{ministry}', '{}'),
    ('budget.closeYear', 'authorised', 'authorisation_lapsed', '{ministry}', '{}'),
    ('decision.release', 'allocated', 'committed', '{granting_authority}', '{}'),
    ('decision.release', 'authorised', 'promised', '{granting_authority}', '{}'),
    ('decision.release', 'memo_outside', 'memo_committed', '{granting_authority}', '{}'),
    ('drawdown.order', 'committed', 'called', '{granting_authority}', '{}'),
    ('payment.confirm', 'called', 'paid', '{cashier}', '{}'),
    ('settlement.accept', 'paid', 'settled', '{granting_authority}', '{}'),
    ('settlement.accept', 'memo_outside', 'memo_settled', '{granting_authority}', '{}');
`;

const RIGHTS = `
  select audit.declare_technical('account', 'fold of the transfers'),
         audit.declare_technical('stage_total', 'fold of the transfers'),
         audit.declare_technical('centre_total', 'fold of the transfers'),
         audit.declare_business('transfer'),
         audit.declare_technical('posting_step', 'describes the ledger itself');
  create trigger append_only before update or delete on transfer for each row execute function audit.refuse_change();

  grant select on account, transfer to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  -- Totals of the Land name no centre; municipalities learn them through the statewide split.
  grant select on stage_total, centre_total to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system;
  create policy statewide on stage_total for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy statewide on centre_total for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  grant select on posting_step to foerderbuch_auditor, foerderbuch_system;

  create policy statewide on account for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy own on account for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy statewide on transfer for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy own on transfer for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy readers on posting_step for select to foerderbuch_auditor, foerderbuch_system using ((select access.context()));
`;
