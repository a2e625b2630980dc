import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stages of money are accounts, steps are transfers, and `ledger.post` is the only writer of both.
 *
 * A budget cannot be overspent because the headroom is checked in the very UPDATE that uses it up: read-then-write
 * overspends under load, this form never does. Accounts are locked in ascending id, so two postings cannot deadlock
 * over them. A transfer is never changed; a correction is a new one that names what it reverses.
 */
export class Ledger1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(STEPS);
    await runner.query(POST);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create schema ledger;
  grant usage on schema ledger to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_system;

  create table account (
    id uuid primary key default gen_random_uuid(),
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
  create index account_case on account (case_id) where case_id is not null;
  create index account_centre on account (centre_id, funding_year) where centre_id is not null;

  create table transfer (
    id uuid primary key,
    journal uuid not null,
    debit uuid not null references account,
    credit uuid not null references account,
    amount_cents bigint not null check (amount_cents > 0),
    code text not null,
    effective_on date not null,
    reverses uuid references transfer,
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
  create index transfer_reverses on transfer (reverses) where reverses is not null;
  create index transfer_xid on transfer (epoch, xid);
  create index transfer_case on transfer (case_id) where case_id is not null;
  create index transfer_centre on transfer (centre_id) where centre_id is not null;

  create table stage_total (
    funding_year integer not null,
    span text not null check (span in ('year', 'month', 'day')),
    starts_on date not null,
    stage text not null,
    line_id uuid,
    issue_year integer,
    programme text,
    source text,
    debits bigint not null default 0 check (debits >= 0),
    credits bigint not null default 0 check (credits >= 0),
    reversed bigint not null default 0 check (reversed >= 0),
    constraint stage_total_dimensions unique nulls not distinct
      (funding_year, span, starts_on, stage, line_id, issue_year, programme, source)
  );
  comment on table stage_total is
    'Movements of one stage of a year over all centres and cases, in cents: in total, by month and by day of effect; reversed is the part of debits that undoes. Fold of the transfers, so that a total of the Land costs the same whatever the number of transfers.';

  create table posting_step (
    code text not null,
    from_stage text not null,
    to_stage text not null,
    roles text[] not null,
    primary key (code, from_stage, to_stage)
  );
  comment on table posting_step is 'Which command may move money from which stage to which, and in which role. ledger.post refuses every other step.';
`;

const STEPS = `
  insert into posting_step (code, from_stage, to_stage, roles) values
    ('appropriation.release', 'outside', 'appropriated', '{ministry}'),
    ('appropriation.release', 'appropriated', 'outside', '{ministry}'),
    ('appropriation.release', 'appropriated', 'blocked', '{ministry}'),
    ('appropriation.release', 'blocked', 'appropriated', '{ministry}'),
    ('appropriation.release', 'appropriated', 'appropriated', '{ministry}'),
    ('appropriation.release', 'remainder', 'appropriated', '{ministry}'),
    ('commitmentAuthorisation.release', 'authorisation_outside', 'authorised', '{ministry}'),
    ('allocation.release', 'appropriated', 'allocated', '{ministry}'),
    ('allocation.release', 'allocated', 'appropriated', '{ministry}'),
    ('budget.openYear', 'promised', 'redeemed', '{ministry}'),
    ('budget.openYear', 'appropriated', 'allocated', '{ministry}'),
    ('budget.openYear', 'allocated', 'committed', '{ministry}'),
    ('budget.closeYear', 'allocated', 'appropriated', '{ministry}'),
    ('budget.closeYear', 'appropriated', 'remainder', '{ministry}'),
    ('budget.closeYear', 'appropriated', 'lapsed', '{ministry}'),
    ('budget.closeYear', 'blocked', 'lapsed', '{ministry}'),
    ('budget.closeYear', 'remainder', 'remainder_lapsed', '{ministry}'),
    ('budget.closeYear', 'authorised', 'authorisation_lapsed', '{ministry}'),
    ('decision.release', 'allocated', 'committed', '{granting_authority}'),
    ('decision.release', 'authorised', 'promised', '{granting_authority}'),
    ('decision.release', 'memo_outside', 'memo_committed', '{granting_authority}'),
    ('drawdown.order', 'committed', 'called', '{granting_authority}'),
    ('payment.confirm', 'called', 'paid', '{cashier}'),
    ('settlement.accept', 'paid', 'settled', '{granting_authority}'),
    ('settlement.accept', 'memo_outside', 'memo_settled', '{granting_authority}');
`;

const POST = `
  create function ledger.account_id(side jsonb) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    found uuid;
  begin
    insert into account (stage, line_id, funding_year, issue_year, programme, centre_id, source, case_id, bounded)
    values (side ->> 'stage', (side ->> 'lineId')::uuid, (side ->> 'fundingYear')::integer, (side ->> 'issueYear')::integer,
            side ->> 'programme', (side ->> 'centreId')::uuid, side ->> 'source', (side ->> 'caseId')::uuid,
            side ->> 'stage' not in ('outside', 'memo_outside', 'authorisation_outside'))
    on conflict on constraint account_dimensions do nothing
    returning id into found;
    if found is null then
      select id into strict found from account
       where stage = side ->> 'stage'
         and funding_year is not distinct from (side ->> 'fundingYear')::integer
         and line_id is not distinct from (side ->> 'lineId')::uuid
         and issue_year is not distinct from (side ->> 'issueYear')::integer
         and programme is not distinct from side ->> 'programme'
         and centre_id is not distinct from (side ->> 'centreId')::uuid
         and source is not distinct from side ->> 'source'
         and case_id is not distinct from (side ->> 'caseId')::uuid;
    end if;
    return found;
  end $$;
  comment on function ledger.account_id(jsonb) is 'The account of a stage and its dimensions, made when it is first needed.';

  -- Whoever takes money back must hear what holds it: blocks, allotments, and the promises made to each case.
  create function ledger.in_the_way(standing account) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select coalesce(jsonb_agg(jsonb_build_object('stage', o.stage, 'programme', o.programme, 'centreId', o.centre_id,
                                                 'caseId', o.case_id, 'amountCents', o.cents) order by o.place, o.cents desc, o.case_id), '[]')
      from (
        select * from (
          select 1 as place, a.stage, a.programme, null::uuid as centre_id, null::uuid as case_id, a.credits - a.debits as cents
            from account a
           where a.funding_year = standing.funding_year and a.line_id = standing.line_id
             and standing.stage = 'appropriated' and a.stage in ('blocked', 'allocated')
          union all
          select 2, 'committed', a.programme, a.centre_id, a.case_id, sum(a.credits - a.debits)::bigint
            from account a
           where a.funding_year = standing.funding_year and a.line_id = standing.line_id
             and a.stage in ('committed', 'called', 'paid', 'settled')
             and (standing.stage = 'appropriated' or a.programme = standing.programme)
           group by a.programme, a.centre_id, a.case_id
        ) as held where cents > 0 order by place, cents desc, case_id limit 100
      ) as o
  $$;
  comment on function ledger.in_the_way(account) is
    'What holds the money of an appropriation or allotment, the largest hundred: blocks, what is handed on and still free, and what each case was promised.';

  -- Always in the same order and after the accounts, so that two postings cannot wait for each other.
  create function ledger.add_up(p_postings jsonb) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
    insert into stage_total as t (funding_year, span, starts_on, stage, line_id, issue_year, programme, source, debits, credits, reversed)
    select (s.key ->> 'fundingYear')::integer, w.span, w.starts_on, s.key ->> 'stage', (s.key ->> 'lineId')::uuid,
           (s.key ->> 'issueYear')::integer, s.key ->> 'programme', s.key ->> 'source',
           sum(s.debit)::bigint, sum(s.credit)::bigint, sum(s.undone)::bigint
      from jsonb_array_elements(p_postings) as p
      cross join lateral (select (p.value ->> 'amountCents')::bigint as cents, (p.value ->> 'effectiveOn')::date as day) as m
      cross join lateral (values
        (p.value -> 'from', m.cents, 0::bigint, case when p.value ->> 'reverses' is null then 0 else m.cents end),
        (p.value -> 'to', 0::bigint, m.cents, 0::bigint)) as s(key, debit, credit, undone)
      cross join lateral (values
        ('year', make_date((s.key ->> 'fundingYear')::integer, 1, 1)),
        ('month', date_trunc('month', m.day)::date),
        ('day', m.day)) as w(span, starts_on)
     group by 1, 2, 3, 4, 5, 6, 7, 8
     order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict on constraint stage_total_dimensions do update
       set debits = t.debits + excluded.debits, credits = t.credits + excluded.credits, reversed = t.reversed + excluded.reversed
  $$;
  comment on function ledger.add_up(jsonb) is 'Adds postings to the totals of their stages: of the year, of the month and of the day.';

  create function ledger.post(p_journal uuid, p_postings jsonb) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    posting jsonb;
    wrong record;
    touched record;
    standing account;
    base_version integer;
    place integer;
    debits uuid[] := '{}';
    credits uuid[] := '{}';
    amounts bigint[] := '{}';
    debit_versions integer[] := '{}';
    credit_versions integer[] := '{}';
  begin
    perform access.context();
    select p.value ->> 'code' as code, p.value #>> '{from,stage}' as from_stage, p.value #>> '{to,stage}' as to_stage
      into wrong
      from jsonb_array_elements(p_postings) as p
     where not exists (
       select from posting_step s
        where s.code = p.value ->> 'code' and s.from_stage = p.value #>> '{from,stage}'
          and s.to_stage = p.value #>> '{to,stage}' and access.setting('role') = any (s.roles))
     limit 1;
    if found then
      raise exception 'no step % from % to % for role %', wrong.code, wrong.from_stage, wrong.to_stage, access.setting('role')
        using errcode = '42501';
    end if;

    -- An authorisation is used in the year it was given for, or never (§ 45 LHO NRW).
    if exists (select from jsonb_array_elements(p_postings) as p
                where p.value #>> '{from,stage}' = 'authorised' and p.value #>> '{to,stage}' = 'promised'
                  and (p.value #>> '{from,issueYear}')::integer
                      is distinct from extract(year from (p.value ->> 'effectiveOn')::date)::integer) then
      raise exception 'a commitment authorisation is used in its issue year only' using errcode = '42501';
    end if;

    -- New accounts in one order, too: two postings that each make what the other needs would wait for each other.
    perform ledger.account_id(side.key)
       from (select distinct k.key from jsonb_array_elements(p_postings) as p
              cross join lateral (values (p.value -> 'from'), (p.value -> 'to')) as k(key) order by k.key) as side;

    for posting in select value from jsonb_array_elements(p_postings) loop
      debits := debits || ledger.account_id(posting -> 'from');
      credits := credits || ledger.account_id(posting -> 'to');
      amounts := amounts || (posting ->> 'amountCents')::bigint;
    end loop;

    -- Ascending id: whoever needs the same accounts waits in the same order. Headroom stands in the WHERE.
    for touched in
      select side.id, sum(side.debit) as debit, sum(side.credit) as credit, count(*)::integer as times
        from unnest(debits, credits, amounts) as p(debit, credit, amount)
        cross join lateral (values (p.debit, p.amount, 0), (p.credit, 0, p.amount)) as side(id, debit, credit)
       group by side.id order by side.id
    loop
      loop
        update account a
           set debits = a.debits + touched.debit, credits = a.credits + touched.credit, version = a.version + touched.times
         where a.id = touched.id and (not a.bounded or a.debits + touched.debit <= a.credits + touched.credit)
        returning a.version - touched.times into base_version;
        exit when found;
        -- What is free may have changed since; what is told must be what it was refused for.
        select * into standing from account a where a.id = touched.id for update;
        continue when not standing.bounded or standing.debits + touched.debit <= standing.credits + touched.credit;
        raise exception 'budget exhausted on % account %', standing.stage, standing.id using errcode = 'FB409',
          detail = jsonb_build_object('stage', standing.stage, 'account', standing.id, 'lineId', standing.line_id, 'fundingYear', standing.funding_year,
            'programme', standing.programme, 'centreId', standing.centre_id, 'caseId', standing.case_id,
            'availableCents', standing.credits - standing.debits, 'wantedCents', touched.debit - touched.credit,
            'blockedCents', coalesce((select b.credits - b.debits from account b
                                       where standing.stage = 'appropriated' and b.stage = 'blocked'
                                         and b.line_id = standing.line_id and b.funding_year = standing.funding_year), 0),
            'inTheWay', case when p_postings #>> '{0,code}' = 'appropriation.release' and standing.stage = 'appropriated'
                                or p_postings #>> '{0,code}' = 'allocation.release' and standing.stage = 'allocated' then ledger.in_the_way(standing) else '[]' end)::text;
      end loop;
      place := 0;
      for i in 1 .. cardinality(debits) loop
        if debits[i] = touched.id then
          place := place + 1;
          debit_versions[i] := base_version + place;
        elsif credits[i] = touched.id then
          place := place + 1;
          credit_versions[i] := base_version + place;
        end if;
      end loop;
    end loop;

    insert into transfer (id, journal, debit, credit, amount_cents, code, effective_on, reverses,
                          debit_version, credit_version, centre_id, case_id, epoch)
    select (p.value ->> 'id')::uuid, p_journal, debits[p.i], credits[p.i], amounts[p.i], p.value ->> 'code',
           (p.value ->> 'effectiveOn')::date, (p.value ->> 'reverses')::uuid, debit_versions[p.i], credit_versions[p.i],
           coalesce(p.value #>> '{to,centreId}', p.value #>> '{from,centreId}')::uuid,
           coalesce(p.value #>> '{to,caseId}', p.value #>> '{from,caseId}')::uuid, audit.current_epoch()
      from jsonb_array_elements(p_postings) with ordinality as p(value, i) order by p.i;

    -- The account that got the money is locked by now, so whoever else takes it back waits here and sees this.
    select o.id, o.amount_cents, sum(r.amount_cents) as undone into wrong
      from jsonb_array_elements(p_postings) as p
      join transfer o on o.id = (p.value ->> 'reverses')::uuid
      join transfer r on r.reverses = o.id
     group by o.id, o.amount_cents having sum(r.amount_cents) > o.amount_cents
     limit 1;
    if found then
      raise exception 'transfer % moved % and cannot be undone to %', wrong.id, wrong.amount_cents, wrong.undone using errcode = '42501';
    end if;

    perform ledger.add_up(p_postings);

    return (
      select coalesce(jsonb_agg(jsonb_build_object('debit', debits[i], 'credit', credits[i],
                                                   'debitVersion', debit_versions[i], 'creditVersion', credit_versions[i])
                                order by i), '[]')
        from generate_subscripts(debits, 1) as i);
  end $$;
  comment on function ledger.post(uuid, jsonb) is
    'The only writer of accounts and transfers. 42501 for a step that is not foreseen, FB409 with the free amount when the headroom is not there.';
`;

const RIGHTS = `
  select audit.declare_technical('account', 'fold of the transfers'),
         audit.declare_technical('stage_total', 'fold of the transfers'),
         audit.declare_business('transfer'),
         audit.declare_technical('posting_step', 'describes the ledger itself');
  create trigger append_only before update or delete on transfer for each row execute function audit.refuse_change();

  grant execute on function ledger.post(uuid, jsonb) to
    foerderbuch_ministry, foerderbuch_granting_authority, foerderbuch_cashier, foerderbuch_system;
  grant select on account, transfer to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  -- Totals of the Land name no centre; municipalities learn them through the statewide split.
  grant select on stage_total to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system;
  create policy statewide on stage_total for select to
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
