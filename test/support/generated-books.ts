import type { Client } from 'pg';
import { BooksRepository, type BookFault } from '../../src/ledger/books.repository.js';

export const FIRST_YEAR = 2016;
export const LAST_YEAR = 2023;
const YEARS = LAST_YEAR - FIRST_YEAR + 1;
const TRANSFERS_OF_A_CASE = 8;
const CENTRES = 54;

/** How many transfers `generateBooks` makes of these cases. */
export const transfersOf = (cases: number): number => cases * TRANSFERS_OF_A_CASE + 2 * YEARS;
export const casesFor = (transfers: number): number =>
  Math.ceil((transfers - 2 * YEARS) / TRANSFERS_OF_A_CASE);

export const LINE = '10000000-0000-7000-8000-000000000001';
/** The ids of the generated centres count upwards from one. */
export const CENTRE = '30000000-0000-7000-8000-000000000001';

/**
 * Books of eight years as the ledger would have written them, made by the server from nothing but a number: every
 * case is granted, called and paid in two parts and settled, its municipality pays its own share; one year's payment
 * in two is recorded the day after. Accounts, versions and totals are those of the transfers. No command was run, so
 * no audit record tells of them; everything else that `verify:books` asks must hold.
 */
export async function generateBooks(client: Client, cases: number): Promise<void> {
  await client.query(`set statement_timeout = 0`);
  await client.query(`select set_config('foerderbuch.action', 'test', false)`);
  await client.query(
    `insert into budget_line (id, chapter, title, name, transferable) values ('${LINE}', '11 060', 'TG 68', 'KI', false)`,
  );
  await client.query('alter table transfer disable trigger user');
  await client.query(movesOf(cases));
  // Each statement plans by what the one before has written.
  await client.query('analyze move');
  await client.query(ACCOUNTS);
  await client.query('analyze account');
  await client.query(TRANSFERS);
  await client.query('analyze transfer');
  await client.query(totals('stage_total'));
  await client.query(totals('centre_total'));
  await client.query('alter table transfer enable trigger user');
  await client.query('drop table move');
  await client.query('vacuum (analyze) account, transfer, stage_total, centre_total');
}

/** What `verify:books` finds, but for the audit records that generated transfers cannot have. */
export async function faultsOfGenerated(client: Client): Promise<BookFault[]> {
  const found = await new BooksRepository().faults({
    rows: async <T extends object>(sql: string) => (await client.query<T>(sql)).rows,
  });
  return found.filter(
    ({ check }) => check !== 'a transfer stands in exactly one audit record, as it was made',
  );
}

/** Every step with its two account keys, in the order in which it was made. Numbers come from the case's own. */
function movesOf(cases: number): string {
  const uuid = (kind: number, of: string): string =>
    `('${String(kind)}0000000-0000-7000-8000-' || lpad(to_hex(${of}), 12, '0'))::uuid`;
  return `
    create temporary table move as
    with kase as (
      select n, ${uuid(2, 'n')} as case_id, ${uuid(3, `n % ${String(CENTRES)} + 1`)} as centre_id,
             ${String(FIRST_YEAR)} + n / ${String(CENTRES)} % ${String(YEARS)} as year,
             2 * (10000 + n * 7919 % 90000)::bigint as cents, (n::bigint * 104729 % 120)::integer as day
        from generate_series(0, ${String(cases - 1)}) as n
    )
    select row_number() over (order by effective_on, n, step) as place, w.*
      from (
        select -1 as n, s.step, s.code, s.source_stage, s.target_stage, y.year, null::uuid as case_id, null::uuid as centre_id,
               null::text as source, 9000000000000::bigint as cents, make_date(y.year, 1, 1) as effective_on, 0 as late
          from generate_series(${String(FIRST_YEAR)}, ${String(LAST_YEAR)}) as y(year)
          cross join (values (1, 'appropriation.release', 'outside', 'appropriated'),
                             (2, 'allocation.release', 'appropriated', 'allocated')) as s(step, code, source_stage, target_stage)
        union all
        select k.n, s.step, s.code, s.source_stage, s.target_stage, k.year, k.case_id, k.centre_id, s.source, k.cents * s.halves / 2,
               make_date(k.year, 1, 2) + k.day + s.after, s.late * (k.n % 2)
          from kase k
          cross join (values
            (3, 'decision.release', 'allocated', 'committed', 'state_integration', 2, 0, 0),
            (4, 'decision.release', 'memo_outside', 'memo_committed', 'municipal', 1, 0, 0),
            (5, 'drawdown.order', 'committed', 'called', 'state_integration', 1, 40, 0),
            (6, 'payment.confirm', 'called', 'paid', 'state_integration', 1, 45, 1),
            (7, 'drawdown.order', 'committed', 'called', 'state_integration', 1, 160, 0),
            (8, 'payment.confirm', 'called', 'paid', 'state_integration', 1, 165, 1),
            (9, 'settlement.accept', 'paid', 'settled', 'state_integration', 2, 420, 0),
            (10, 'settlement.accept', 'memo_outside', 'memo_settled', 'municipal', 1, 420, 0)
          ) as s(step, code, source_stage, target_stage, source, halves, after, late)
      ) as w`;
}

/** The account of a stage of a move, by the ledger's own rule. */
const accountOf = (stage: string): string => {
  const ofCase = `${stage} in ('committed', 'called', 'paid', 'settled', 'memo_outside', 'memo_committed', 'memo_settled')`;
  const ofProgramme = `${ofCase} or ${stage} = 'allocated'`;
  return `jsonb_strip_nulls(jsonb_build_object('stage', ${stage}, 'fundingYear', m.year,
    'lineId', case when ${stage} not like 'memo%' then '${LINE}' end, 'programme', case when ${ofProgramme} then 'KI' end,
    'centreId', case when ${ofCase} then m.centre_id end, 'source', case when ${ofCase} then m.source end,
    'caseId', case when ${ofCase} then m.case_id end))`;
};

const SIDES = `
  select m.place, s.of_debit, s.key, m.cents from move m
    cross join lateral (values (true, ${accountOf('m.source_stage')}), (false, ${accountOf('m.target_stage')})) as s(of_debit, key)`;

const ACCOUNTS = `
  create temporary table side as
    select place, of_debit, key, ledger.account_id(key) as account, cents,
           row_number() over (partition by ledger.account_id(key) order by place) as version
      from (${SIDES}) as s;
  create index on side (place);
  analyze side;
  insert into account (id, stage, line_id, funding_year, programme, centre_id, source, case_id, bounded, debits, credits, version)
  select account, key ->> 'stage', (key ->> 'lineId')::uuid, (key ->> 'fundingYear')::integer, key ->> 'programme',
         (key ->> 'centreId')::uuid, key ->> 'source', (key ->> 'caseId')::uuid, key ->> 'stage' not in ('outside', 'memo_outside'),
         coalesce(sum(cents) filter (where of_debit), 0), coalesce(sum(cents) filter (where not of_debit), 0), count(*)
    from side group by account, key`;

const TRANSFERS = `
  insert into transfer (id, journal, debit, credit, amount_cents, code, effective_on, debit_version, credit_version,
                        centre_id, case_id, epoch, at)
  select ('40000000-0000-7000-8000-' || lpad(to_hex(m.place), 12, '0'))::uuid, ('50000000-0000-7000-8000-' || lpad(to_hex(m.place), 12, '0'))::uuid,
         d.account, c.account, m.cents, m.code, m.effective_on, d.version, c.version, m.centre_id, m.case_id, e.epoch,
         (m.effective_on + m.late + time '12:00') at time zone 'Europe/Berlin'
    from move m
    join side d on d.place = m.place and d.of_debit
    join side c on c.place = m.place and not c.of_debit
    cross join (select audit.current_epoch() as epoch) as e;
  drop table side`;

function totals(table: 'stage_total' | 'centre_total'): string {
  const ofCentre = table === 'centre_total';
  const recorded = `(t.at at time zone 'Europe/Berlin')::date`;
  const year = `('year', make_date(a.funding_year, 1, 1), make_date(a.funding_year, 1, 1)),`;
  return `
    insert into ${table} (funding_year, span, starts_on, recorded_from, stage, line_id, issue_year, programme, source,
                          ${ofCentre ? 'centre_id, ' : ''}debits, credits)
    select a.funding_year, w.span, w.starts_on, w.recorded_from, a.stage, a.line_id, a.issue_year, a.programme, a.source,
           ${ofCentre ? 'a.centre_id, ' : ''}sum(s.debit), sum(s.credit)
      from transfer t
      cross join lateral (values (t.debit, t.amount_cents, 0), (t.credit, 0, t.amount_cents)) as s(account, debit, credit)
      join account a on a.id = s.account
      cross join lateral (values ${ofCentre ? '' : year}
        ('month', date_trunc('month', t.effective_on)::date, date_trunc('month', ${recorded})::date),
        ('day', t.effective_on, ${recorded})) as w(span, starts_on, recorded_from)
     ${ofCentre ? 'where a.centre_id is not null' : ''}
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9${ofCentre ? ', 10' : ''}`;
}
