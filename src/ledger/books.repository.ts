import { Injectable } from '@nestjs/common';
import type { ReadTx } from '../platform/database/tx.js';

/** Something that is not as books must be. */
export interface BookFault {
  readonly check: string;
  /** The account, transfer, journal or total at fault. */
  readonly subject: string;
  readonly detail: string;
}

/** How much there was to check. */
export interface BookCount {
  readonly accounts: number;
  readonly transfers: number;
  readonly records: number;
}

const SIDES = `(select debit as account, debit_version as version, journal, -amount_cents as cents from transfer
   union all select credit, credit_version, journal, amount_cents from transfer) as side`;

/** The business day on which a transfer was recorded. */
const RECORDED = `(m.at at time zone 'Europe/Berlin')::date`;
const YEAR: Span = ['year', 'make_date(a.funding_year, 1, 1)', 'make_date(a.funding_year, 1, 1)'];
const MONTHS_AND_DAYS: readonly Span[] = [
  ['month', `date_trunc('month', m.effective_on)::date`, `date_trunc('month', ${RECORDED})::date`],
  ['day', 'm.effective_on', RECORDED],
];
/** The name of a span, the first of its days of effect, and the first of its days of recording. */
type Span = readonly [name: string, startsOn: string, recordedFrom: string];
const DIMENSIONS = ['funding_year', 'stage', 'line_id', 'issue_year', 'programme', 'source'];

/** Totals that are not what the transfers of their spans add up to. */
function totals(table: string, spans: readonly Span[], dimensions: readonly string[]): string {
  const key = ['span', 'starts_on', 'recorded_from', ...dimensions].join(', ');
  const sums = ['debits', 'credits', 'reversed', 'regained'];
  const off = sums.map((sum) => `sum(${sum})`);
  return `
    select concat_ws(' ', ${key}) as subject, format('kept less folded: debits %s, credits %s, reversed %s, regained %s', ${off.join(', ')}) as detail
      from (select ${key}, ${sums.join(', ')} from ${table}
            union all
            select w.span, w.starts_on, w.recorded_from, ${dimensions.map((name) => `a.${name}`).join(', ')},
                   -s.debit, -s.credit, case when m.undoes then -s.debit else 0 end, case when m.undoes then -s.credit else 0 end
              from transfer m
              cross join lateral (values (m.debit, m.amount_cents, 0::bigint), (m.credit, 0::bigint, m.amount_cents)) as s(account, debit, credit)
              join account a on a.id = s.account
              cross join lateral (values ${spans.map((span) => `('${span[0]}', ${span[1]}, ${span[2]})`).join(', ')})
                as w(span, starts_on, recorded_from)
             ${dimensions.includes('centre_id') ? 'where a.centre_id is not null' : ''}) as both_sides
     group by ${key} having ${off.map((sum) => `${sum} <> 0`).join(' or ')}`;
}

/**
 * One question per promise of the ledger; each gives its faults and nothing else. They are asked of the transfers
 * themselves, so that a wrong `ledger.post` shows as surely as a row that somebody changed.
 */
const questions: Readonly<Record<string, string>> = {
  'debits equal credits': `
    select 'all accounts' as subject, format('debits %s, credits %s', sum(debits), sum(credits)) as detail
      from account having sum(debits) <> sum(credits)`,

  'an account is the fold of its transfers': `
    select a.id::text as subject, format('%s: kept %s/%s in %s steps, folded %s/%s in %s', a.stage, a.debits, a.credits, a.version,
                                         coalesce(f.debits, 0), coalesce(f.credits, 0), coalesce(f.steps, 0)) as detail
      from account a
      left join (select side.account, count(*) as steps, -sum(side.cents) filter (where side.cents < 0) as debits,
                        sum(side.cents) filter (where side.cents > 0) as credits
                   from ${SIDES} group by side.account) as f on f.account = a.id
     where (a.debits, a.credits, a.version::bigint)
           is distinct from (coalesce(f.debits, 0)::bigint, coalesce(f.credits, 0)::bigint, coalesce(f.steps, 0))`,

  'versions have no gap': `
    select account::text as subject, format('step %s follows step %s', version, before) as detail
      from (select side.account, side.version,
                   coalesce(lag(side.version) over (partition by side.account order by side.version), 0) as before
              from ${SIDES}) as history
     where version <> before + 1`,

  'no bounded account is beyond its bound': `
    select id::text as subject, format('%s: debits %s, credits %s', stage, debits, credits) as detail
      from account where bounded and debits > credits
    union all
    select a.id::text, format('%s stood at %s after step %s', a.stage, h.balance, h.version)
      from (select side.account, side.version, side.journal,
                   sum(side.cents) over (partition by side.account order by side.version) as balance,
                   lead(side.journal) over (partition by side.account order by side.version) as next_journal
              from ${SIDES}) as h
      join account a on a.id = h.account
     where a.bounded and h.balance < 0 and h.journal is distinct from h.next_journal
    union all
    select id::text, format('%s has no bound', stage) from account
     where not bounded and stage not in ('outside', 'memo_outside', 'authorisation_outside')`,

  'a total of a stage is the fold of its transfers': totals(
    'stage_total',
    [YEAR, ...MONTHS_AND_DAYS],
    DIMENSIONS,
  ),

  'a total of a centre is the fold of its transfers': totals('centre_total', MONTHS_AND_DAYS, [
    ...DIMENSIONS,
    'centre_id',
  ]),

  'what undoes is a step that undoes, and undoes one transfer once': `
    select m.id::text as subject, case when s.code is null then format('no step %s from %s to %s', m.code, d.stage, c.stage)
           else format('%s from %s to %s: undoes %s, reverses %s', m.code, d.stage, c.stage, m.undoes, m.reverses) end as detail
      from transfer m
      join account d on d.id = m.debit
      join account c on c.id = m.credit
      left join posting_step s on (s.code, s.from_stage, s.to_stage) = (m.code, d.stage, c.stage)
      left join transfer r on r.id = m.reverses
     where s.code is null or m.undoes <> (s.backwards <> 'no') or s.backwards = 'whole' and r.id is null
        or r.undoes or (r.debit, r.credit, r.amount_cents) <> (m.credit, m.debit, m.amount_cents)`,

  'a transfer stands in exactly one audit record, as it was made': `
    with named as (
      select r.epoch, r.xid, x.value as told
        from audit_record r
        cross join lateral jsonb_array_elements(convert_from(r.body, 'UTF8')::jsonb -> 'transfers') as x
       where position('"transfers":[{'::bytea in r.body) > 0
      union all
      select r.epoch, r.xid, x.value
        from audit_part p join audit_record r on r.id = p.record_id
        cross join lateral jsonb_array_elements(convert_from(p.bytes, 'UTF8')::jsonb -> 'transfers') as x
       where position('"transfers":[{'::bytea in p.bytes) > 0
    ), told as (
      select n.epoch, n.xid, (n.told ->> 'id')::uuid as id, (n.told ->> 'journal')::uuid as journal,
             (n.told #>> '{debit,account}')::uuid as debit, (n.told #>> '{debit,version}')::integer as debit_version,
             (n.told #>> '{credit,account}')::uuid as credit, (n.told #>> '{credit,version}')::integer as credit_version,
             (n.told ->> 'amountCents')::bigint as amount_cents, n.told ->> 'code' as code,
             (n.told ->> 'effectiveOn')::date as effective_on, (n.told ->> 'reverses')::uuid as reverses
        from named n
    )
    select coalesce(t.id, max(n.id::text)::uuid)::text as subject,
           case when t.id is null then 'told, but never made'
                else format('told %s times, %s of them as it was made', count(n.id), count(n.id) filter (where n.same)) end as detail
      from transfer t
      full join (select told.*, exists (
                   select from transfer m
                    where (m.id, m.epoch, m.xid, m.journal, m.debit, m.debit_version, m.credit, m.credit_version, m.amount_cents,
                           m.code, m.effective_on)
                        = (told.id, told.epoch, told.xid, told.journal, told.debit, told.debit_version, told.credit,
                           told.credit_version, told.amount_cents, told.code, told.effective_on)
                      and m.reverses is not distinct from told.reverses) as same
                   from told) as n on n.id = t.id
     group by t.id
    having t.id is null or count(n.id) <> 1 or count(n.id) filter (where n.same) <> 1`,
};

@Injectable()
export class BooksRepository {
  /** Every fault, the first twenty of each kind; an empty list is what books should give. */
  async faults(tx: Pick<ReadTx, 'rows'>): Promise<BookFault[]> {
    const found: BookFault[] = [];
    for (const [check, question] of Object.entries(questions)) {
      const rows = await tx.rows<Omit<BookFault, 'check'>>(`select * from (${question}) as fault limit 20`);
      found.push(...rows.map(({ subject, detail }) => ({ check, subject, detail })));
    }
    return found;
  }

  async count(tx: Pick<ReadTx, 'rows'>): Promise<BookCount> {
    const [row] = await tx.rows<Record<keyof BookCount, string>>(
      `select (select count(*) from account)::text as accounts, (select count(*) from transfer)::text as transfers,
              (select count(distinct (epoch, xid)) from transfer)::text as records`,
    );
    return {
      accounts: Number(row?.accounts),
      transfers: Number(row?.transfers),
      records: Number(row?.records),
    };
  }

  /** All of it at leisure: the books of ten years take longer than a request may. */
  async takeTime(tx: Pick<ReadTx, 'rows'>): Promise<void> {
    await tx.rows('set local statement_timeout = 0');
  }
}

/** What is promised, in the order in which it is checked. */
export const bookChecks: readonly string[] = Object.keys(questions);
