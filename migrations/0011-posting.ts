import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The only writer of accounts, transfers and totals.
 *
 * A budget cannot be overspent because the headroom is checked in the very UPDATE that uses it up: read-then-write
 * overspends under load, this form never does. Accounts are locked in ascending id, so two postings cannot deadlock
 * over them.
 */
export class Posting1700000001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(JUDGE);
    await runner.query(ADD_UP);
    await runner.query(POST);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

/** Where both accounts have a dimension, it is the same, or another where the step leads from one to another. */
const sameMatter = (name: string): string =>
  `coalesce((p.value #>> '{from,${name}}' = p.value #>> '{to,${name}}') = ('${name}' = any (s.differs)), false)`;

const JUDGE = `
  create function ledger.account_id(side jsonb) returns uuid
  language sql immutable set search_path = pg_catalog, pg_temp as $$
    select encode(substring(sha256(convert_to(jsonb_build_array(
             side ->> 'stage', (side ->> 'fundingYear')::integer, (side ->> 'lineId')::uuid, (side ->> 'issueYear')::integer,
             side ->> 'programme', (side ->> 'centreId')::uuid, side ->> 'source', (side ->> 'caseId')::uuid)::text, 'UTF8'))
           for 16), 'hex')::uuid
  $$;
  comment on function ledger.account_id(jsonb) is
    'The account of a stage and its dimensions. It follows from them, so that nobody must search for it.';

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

  -- What is posted must be a step that somebody in this role may make, of an amount and on a day that can be, between
  -- accounts of the same matter; and what undoes must undo what was done.
  create function ledger.judge(p_postings jsonb) returns void
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    wrong record;
  begin
    select p.value ->> 'code' as code, p.value #>> '{from,stage}' as from_stage, p.value #>> '{to,stage}' as to_stage, j.fault
      into wrong
      from jsonb_array_elements(p_postings) with ordinality as p(value, i)
      left join posting_step s
        on s.code = p.value ->> 'code' and s.from_stage = p.value #>> '{from,stage}' and s.to_stage = p.value #>> '{to,stage}'
       and access.setting('role') = any (s.roles)
      left join transfer t on t.id = (p.value ->> 'reverses')::uuid
      cross join lateral (select case
        when s.code is null then 'step'
        when coalesce((p.value ->> 'amountCents')::numeric not between 1 and 9007199254740991, true) then 'amount'
        when coalesce((p.value ->> 'effectiveOn')::date not between '1990-01-01' and '2100-12-31', true) then 'day'
        when ${['lineId', 'fundingYear', 'issueYear', 'programme', 'centreId', 'source', 'caseId'].map(
          sameMatter,
        ).join(`
          or `)} then 'dimension'
        -- A remainder is available until the second year after its own (§ 45 LHO NRW).
        when 'fundingYear' = any (s.differs)
          and (p.value #>> '{to,fundingYear}')::integer - (p.value #>> '{from,fundingYear}')::integer not in (1, 2) then 'dimension'
        when s.backwards = 'whole' and t.id is null or s.backwards = 'no' and p.value ->> 'reverses' is not null then 'reversal'
        when p.value ->> 'reverses' is not null and (t.id is null or t.undoes
          or t.debit <> ledger.account_id(p.value -> 'to') or t.credit <> ledger.account_id(p.value -> 'from')
          or t.amount_cents <> (p.value ->> 'amountCents')::bigint) then 'reversal'
        -- An authorisation is used in the year it was given for, or never (§ 45 LHO NRW).
        when s.from_stage = 'authorised' and s.to_stage = 'promised'
          and (p.value #>> '{from,issueYear}')::integer
              is distinct from extract(year from (p.value ->> 'effectiveOn')::date)::integer then 'year'
        end as fault) as j
     where j.fault is not null order by p.i limit 1;
    case wrong.fault
      when 'step' then
        raise exception 'no step % from % to % for role %', wrong.code, wrong.from_stage, wrong.to_stage, access.setting('role')
          using errcode = '42501';
      when 'amount' then
        raise exception 'an amount is between 1 and 2^53-1 cents' using errcode = '23514', constraint = 'transfer_amount_exact';
      when 'day' then
        raise exception 'a transfer takes effect on a day from 1990 to 2100' using errcode = '23514', constraint = 'transfer_day';
      when 'dimension' then
        raise exception 'the accounts of step % from % to % are not of the same matter', wrong.code, wrong.from_stage, wrong.to_stage
          using errcode = '23514', constraint = 'transfer_dimensions';
      when 'reversal' then
        raise exception 'step % from % to % undoes nothing that was done so', wrong.code, wrong.from_stage, wrong.to_stage
          using errcode = '23514', constraint = 'transfer_reversal';
      when 'year' then
        raise exception 'a commitment authorisation is used in its issue year only' using errcode = '42501';
      else null;
    end case;
  end $$;
  comment on function ledger.judge(jsonb) is 'Refuses postings that nothing justifies. 42501 for a step, 23514 for what is moved.';
`;

const ADD_UP = `
  -- Always in the same order and after the accounts, so that two postings cannot wait for each other.
  create function ledger.add_up(p_postings jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    recorded date := (transaction_timestamp() at time zone 'Europe/Berlin')::date;
  begin
    with moved as materialized (
      select (s.key ->> 'fundingYear')::integer as funding_year, m.day, s.key ->> 'stage' as stage, (s.key ->> 'lineId')::uuid as line_id,
             (s.key ->> 'issueYear')::integer as issue_year, s.key ->> 'programme' as programme, s.key ->> 'source' as source,
             (s.key ->> 'centreId')::uuid as centre_id,
             sum(s.debit)::bigint as debits, sum(s.credit)::bigint as credits,
             coalesce(sum(s.debit) filter (where m.undoes), 0)::bigint as reversed,
             coalesce(sum(s.credit) filter (where m.undoes), 0)::bigint as regained
        from jsonb_array_elements(p_postings) as p
        join posting_step step
          on step.code = p.value ->> 'code' and step.from_stage = p.value #>> '{from,stage}' and step.to_stage = p.value #>> '{to,stage}'
        cross join lateral (select (p.value ->> 'amountCents')::bigint as cents, (p.value ->> 'effectiveOn')::date as day,
                                   step.backwards <> 'no' as undoes) as m
        cross join lateral (values (p.value -> 'from', m.cents, 0::bigint), (p.value -> 'to', 0::bigint, m.cents)) as s(key, debit, credit)
       group by 1, 2, 3, 4, 5, 6, 7, 8
    ), of_land as (
      insert into stage_total as t (funding_year, span, starts_on, recorded_from, stage, line_id, issue_year, programme, source,
                                    debits, credits, reversed, regained)
      select m.funding_year, w.span, w.starts_on, w.recorded_from, m.stage, m.line_id, m.issue_year, m.programme, m.source,
             sum(m.debits)::bigint, sum(m.credits)::bigint, sum(m.reversed)::bigint, sum(m.regained)::bigint
        from moved m
        cross join lateral (values
          ('year', make_date(m.funding_year, 1, 1), make_date(m.funding_year, 1, 1)),
          ('month', date_trunc('month', m.day)::date, date_trunc('month', recorded)::date),
          ('day', m.day, recorded)) as w(span, starts_on, recorded_from)
       group by 1, 2, 3, 4, 5, 6, 7, 8, 9
       order by 1, 2, 3, 4, 5, 6, 7, 8, 9
      on conflict on constraint stage_total_dimensions do update
         set debits = t.debits + excluded.debits, credits = t.credits + excluded.credits,
             reversed = t.reversed + excluded.reversed, regained = t.regained + excluded.regained
    )
    insert into centre_total as t (funding_year, span, starts_on, recorded_from, centre_id, stage, line_id, issue_year, programme, source,
                                   debits, credits, reversed, regained)
    select m.funding_year, w.span, w.starts_on, w.recorded_from, m.centre_id, m.stage, m.line_id, m.issue_year, m.programme, m.source,
           sum(m.debits)::bigint, sum(m.credits)::bigint, sum(m.reversed)::bigint, sum(m.regained)::bigint
      from moved m
      cross join lateral (values
        ('month', date_trunc('month', m.day)::date, date_trunc('month', recorded)::date),
        ('day', m.day, recorded)) as w(span, starts_on, recorded_from)
     where m.centre_id is not null
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
     order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    on conflict on constraint centre_total_dimensions do update
       set debits = t.debits + excluded.debits, credits = t.credits + excluded.credits,
           reversed = t.reversed + excluded.reversed, regained = t.regained + excluded.regained;
  end $$;
  comment on function ledger.add_up(jsonb) is
    'Adds postings to the totals of their stages: of the year, of the month and of the day; and to those of their centres.';
`;

const POST = `
  create function ledger.post(p_journal uuid, p_postings jsonb) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    touched record;
    standing account;
    base_version integer;
    debits uuid[];
    credits uuid[];
    amounts bigint[];
    touched_ids uuid[] := '{}';
    base_versions integer[] := '{}';
    debit_versions integer[];
    credit_versions integer[];
  begin
    perform access.context();
    perform ledger.judge(p_postings);

    select coalesce(array_agg(ledger.account_id(p.value -> 'from') order by p.i), '{}'),
           coalesce(array_agg(ledger.account_id(p.value -> 'to') order by p.i), '{}'),
           array_agg((p.value ->> 'amountCents')::bigint order by p.i)
      into debits, credits, amounts
      from jsonb_array_elements(p_postings) with ordinality as p(value, i);

    -- New accounts in the order of their ids, too: two postings that each make what the other needs would wait for each other.
    insert into account (id, stage, line_id, funding_year, issue_year, programme, centre_id, source, case_id, bounded)
    select side.id, side.key ->> 'stage', (side.key ->> 'lineId')::uuid, (side.key ->> 'fundingYear')::integer,
           (side.key ->> 'issueYear')::integer, side.key ->> 'programme', (side.key ->> 'centreId')::uuid,
           side.key ->> 'source', (side.key ->> 'caseId')::uuid,
           side.key ->> 'stage' not in ('outside', 'memo_outside', 'authorisation_outside')
      from (select distinct on (k.id) k.id, k.key
              from jsonb_array_elements(p_postings) with ordinality as p(value, i)
              cross join lateral (values (debits[p.i], p.value -> 'from'), (credits[p.i], p.value -> 'to')) as k(id, key)
             order by k.id) as side
     where not exists (select from account a where a.id = side.id)
     order by side.id
    on conflict do nothing;

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
        select * into strict standing from account a where a.id = touched.id for update;
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
      touched_ids := touched_ids || touched.id;
      base_versions := base_versions || base_version;
    end loop;

    select array_agg(side.version order by side.i) filter (where side.of_debit),
           array_agg(side.version order by side.i) filter (where not side.of_debit)
      into debit_versions, credit_versions
      from (select s.i, s.of_debit, (b.version + row_number() over (partition by s.id order by s.i))::integer as version
              from (select d.i, true as of_debit, d.id from unnest(debits) with ordinality as d(id, i)
                    union all select c.i, false, c.id from unnest(credits) with ordinality as c(id, i)) as s
              join unnest(touched_ids, base_versions) as b(id, version) on b.id = s.id) as side;

    insert into transfer (id, journal, debit, credit, amount_cents, code, effective_on, reverses, undoes,
                          debit_version, credit_version, centre_id, case_id, epoch)
    select (p.value ->> 'id')::uuid, p_journal, debits[p.i], credits[p.i], amounts[p.i], p.value ->> 'code',
           (p.value ->> 'effectiveOn')::date, (p.value ->> 'reverses')::uuid, s.backwards <> 'no', debit_versions[p.i], credit_versions[p.i],
           coalesce(p.value #>> '{to,centreId}', p.value #>> '{from,centreId}')::uuid,
           coalesce(p.value #>> '{to,caseId}', p.value #>> '{from,caseId}')::uuid, audit.current_epoch()
      from jsonb_array_elements(p_postings) with ordinality as p(value, i)
      join posting_step s on s.code = p.value ->> 'code' and s.from_stage = p.value #>> '{from,stage}' and s.to_stage = p.value #>> '{to,stage}'
     order by p.i;

    perform ledger.add_up(p_postings);

    return (
      select coalesce(jsonb_agg(jsonb_build_object('debit', debits[i], 'credit', credits[i],
                                                   'debitVersion', debit_versions[i], 'creditVersion', credit_versions[i])
                                order by i), '[]')
        from generate_subscripts(debits, 1) as i);
  end $$;
  comment on function ledger.post(uuid, jsonb) is
    'The only writer of accounts and transfers. 42501 for a step that is not foreseen, 23514 for one that nothing justifies, FB409 with the free amount when the headroom is not there.';

  grant execute on function ledger.post(uuid, jsonb) to
    foerderbuch_ministry, foerderbuch_granting_authority, foerderbuch_cashier, foerderbuch_system;
`;
