import type { Text } from '../kernel/violation.js';
import type { Taken } from './waiting.rules.js';

/** Where rows of one kind come from, as SQL. `w` stands for who asks, and when: persons, today, over. */
export interface Rows {
  readonly from: string;
  readonly id: string;
  /** Where the thing is read, below /api/v1. */
  readonly place: string;
  readonly centre: string;
  readonly case: string;
  readonly programme: string;
  readonly file: string;
  /** The business day since which it waits, and the instant. */
  readonly on: string;
  readonly at: string;
  readonly due: string;
  readonly note: string;
}

export interface Waiting extends Taken {
  readonly subject: string;
  readonly text: Text;
  readonly rows: Rows;
}

export const NONE = {
  centre: 'null',
  case: 'null',
  programme: 'null',
  file: 'null',
  due: 'null',
  note: 'null',
};

export const dayOf = (at: string): string => `((${at}) at time zone 'Europe/Berlin')::date`;
export const startOf = (day: string): string => `((${day})::timestamp at time zone 'Europe/Berlin')`;
/** Since an instant of which the business day is not recorded. */
export const since = (at: string) => ({ at, on: dayOf(at) });
/** From the first moment of a day. */
export const from = (day: string) => ({ on: `(${day})::date`, at: startOf(day) });
/** Whether one of the persons at work is this one of a table, or is who was represented in what this one did there. */
export const atWork = (table: string, person: string): string => {
  const [row = '', column = ''] = person.split('.');
  return `(${person} = any (w.persons) or exists (
    select from act_on_behalf r
     where r.row_id = ${row}.id and r.column_name = '${column}' and r.table_name = '${table}'
       and r.person_id = ${person} and r.on_behalf_of = any (w.persons)))`;
};
/** Four eyes, as the database counts them: nobody of those at work had that hand in it. */
export const not = (table: string, person: string): string => `${atWork(table, person)} is not true`;
/** None of the persons at work is the one it is about. */
export const notAbout = (person: string): string => `(${person} = any (w.persons)) is not true`;
export const YEAR = 'extract(year from w.today)::integer';

export const application = {
  ...{ ...NONE, id: 'a.id', place: `'/applications/' || a.id`, centre: 'a.centre_id', case: 'a.case_id' },
  programme: 'a.programme',
};
export const decision = {
  ...{ ...NONE, id: 'd.id', place: `'/decisions/' || d.id`, centre: 'd.centre_id', case: 'd.case_id' },
  ...{ programme: 'd.programme', file: 'd.file_number' },
};
export const drawdown = { ...decision, id: 'x.id', place: `'/drawdowns/' || x.id`, due: 'x.due_on' };
export const settlement = { ...decision, id: 's.id', place: `'/settlements/' || s.id`, due: 's.due_on' };
export const DRAWDOWN = 'drawdown x join decision d on d.id = x.decision_id';
export const SETTLEMENT = 'settlement s join decision d on d.id = s.decision_id';
/** With the query that handed it back, where one did. */
export const QUERIED_SETTLEMENT = `${SETTLEMENT} left join lateral (
  select n.noted_on, n.noted_at from settlement_note n
   where n.settlement_id = s.id and n.kind = 'query' and s.state = 'queried' order by n.noted_at desc limit 1) q on true`;
/** Queries are numbered; the last one is the one that waits. */
export const QUERY = `join lateral (
  select q.asked_on, q.asked_at, q.due_on from application_query q
   where q.application_id = a.id order by q.number desc limit 1) q on true`;
/** Of several changes that wait the one told first; the others follow it. */
export const OPEN_CHANGE = `application a join lateral (
    select n.told_on, n.told_at from application_change n
     where n.application_id = a.id
       and not exists (select from application_change_answer e where e.change_id = n.id)
     order by n.number limit 1) n on true
  where a.open_changes > 0`;
/** A check of the last submission, made after the last query; an earlier one is stale. */
export const FRESH_CHECK = `k.application_id = a.id and k.submission = a.submission
  and k.queries = (select count(*) from application_query q where q.application_id = a.id)`;
export const OPEN_CALL = 'c.closed_on is null and w.today between c.opens_on and c.closes_on';
/** The call is about a year for which its programme has not been applied for: applying twice is refused (already-applied). */
export const CALL_WITHOUT_APPLICATION = `exists (
  select from generate_series(c.from_year, c.to_year) y where not exists (
    select from application a where a.state <> 'retracted' and a.programme = c.programme
      and a.period_from <= make_date(y, 12, 31) and a.period_to > make_date(y, 1, 1)))`;
export const openYear = (year: string): string =>
  `not exists (select from budget_year y where y.funding_year = ${year} and y.state = 'closed')`;

export const waits = (operation: string, subject: string, text: Text, rows: Rows): Waiting => ({
  ...{ operation, subject, text, rows, unless: null },
});
