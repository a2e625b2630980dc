import type { Client } from 'pg';

/** Of this many rows of a kind all but a few are finished, as after years of work. */
const ROWS = 20_000;
const FEW = 20;
const CENTRES = 54;

const uuid = (of: string): string => `('40000000-0000-7000-8000-' || lpad(to_hex(${of}), 12, '0'))::uuid`;
/** The few take turns with the waiting states; all others have come to rest. */
const states = (rest: string, ...waiting: string[]): string =>
  `case when n % ${String(ROWS / FEW)} = 0 then (array['${waiting.join(`', '`)}'])[1 + n / ${String(ROWS / FEW)} % ${String(waiting.length)}] else '${rest}' end`;
const onlyFew = (value: string, otherwise = 'null'): string =>
  `case when n % ${String(ROWS / FEW)} = 0 then ${otherwise} else ${value} end`;

const year = '2016 + n % 8';
const of = (column: string) => ({ [column]: uuid('n') });
const placed = {
  centre_id: uuid(`n % ${String(CENTRES)}`),
  case_id: uuid('n'),
  programme: `'KI'`,
  funding_year: year,
};
const DAY = `date '2016-01-01' + n % 2900`;
const INSTANT = `timestamptz '2016-01-01 09:00+01' + n % 2900 * interval '1 day'`;

/** What the columns hold that a desk asks for; what is not named here gets a value of its type, the same in all rows. */
const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  application: {
    ...{ ...placed, state: states('decided', 'draft', 'submitted', 'in_check', 'queried', 'recommended') },
    ...{ open_changes: onlyFew('0', '1'), call_id: uuid('n % 8'), submission: '1', drafted_at: INSTANT },
  },
  application_submission: { ...placed, ...of('application_id'), number: '1', submitted_on: DAY },
  application_check: { ...placed, ...of('application_id'), submission: '1', queries: '0' },
  application_query: { ...placed, ...of('application_id'), number: '1', due_on: DAY },
  application_change: { ...placed, ...of('application_id'), number: '1', told_on: DAY, told_at: INSTANT },
  application_change_answer: {
    ...placed,
    ...{ change_id: onlyFew(uuid('n'), uuid(`n + ${String(10 * ROWS)}`)), application_id: uuid('n') },
  },
  decision: {
    ...{ ...placed, ...of('application_id'), state: states('closed', 'drafted', 'released', 'notified') },
    ...{ file_number: 'n::text', final_on: DAY, notified_on: DAY, remedy_ends_on: DAY, kind: `'grant'` },
  },
  decision_derivation: { ...placed, ...of('decision_id'), draft: '1' },
  grant_year: {
    ...placed,
    ...of('decision_id'),
    received_on: onlyFew(DAY),
    settled_on: onlyFew(DAY),
    proof_due_on: DAY,
  },
  hearing: { ...placed, ...of('decision_id'), state: states('closed', 'open'), due_on: DAY },
  suit: { ...placed, ...of('decision_id'), state: `'upheld'` },
  drawdown: { ...placed, ...of('decision_id'), state: states('paid', 'requested', 'certified'), due_on: DAY },
  payment: {
    ...{ ...placed, ...of('decision_id'), ...of('drawdown_id'), state: states('confirmed', 'ordered') },
    confirmed_on: DAY,
  },
  settlement: {
    ...{ ...placed, ...of('decision_id') },
    state: states('accepted', 'due', 'submitted', 'in_check', 'queried', 'examined'),
  },
  settlement_note: { ...placed, ...of('settlement_id'), kind: `'query'`, noted_at: INSTANT },
  follow_up: {
    ...{ subject_id: uuid('n'), office: `'granting_authority'`, due_on: DAY, about_case_id: uuid('n') },
    ...{ note: `'Nachfragen.'`, done_at: onlyFew(INSTANT), centre_id: placed.centre_id },
  },
};

/**
 * Desks after years of work, for the planner: it looks at how many rows there are and how they differ, so the rules
 * that bind rows to each other are dropped first, and nothing here makes sense to anybody else.
 */
export async function generateDesk(client: Client): Promise<void> {
  await client.query(DROP_RULES);
  for (const [table, values] of Object.entries(TABLES)) {
    const { rows } = await client.query<{ name: string; type: string }>(COLUMNS, [table]);
    const written = rows.filter(({ name }) => Object.hasOwn(values, name) || name === 'id');
    const others = rows.filter(({ name }) => !written.some((column) => column.name === name));
    const needed = others.filter(({ type }) => type !== '');
    const expressions = [
      ...written.map(({ name }) => values[name] ?? uuid('n')),
      ...needed.map(({ type }) => PLAIN[type] ?? `'x'`),
    ];
    const names = [...written, ...needed].map(({ name }) => name).join(', ');
    await client.query(`alter table ${table} disable trigger user`);
    await client.query(
      `insert into ${table} (${names}) select ${expressions.join(', ')} from generate_series(1, ${String(ROWS)}) as n`,
    );
    await client.query(`alter table ${table} enable trigger user`);
  }
  await client.query(`vacuum (analyze) ${Object.keys(TABLES).join(', ')}`);
}

/** A value for a column that must have one. */
const PLAIN: Readonly<Record<string, string>> = {
  uuid: uuid('n % 100'),
  date: DAY,
  'timestamp with time zone': INSTANT,
  integer: '1',
  bigint: '1',
  boolean: 'false',
  bytea: `'\\x00'::bytea`,
};

/** Every column, with its type where it needs a value and has no default. */
const COLUMNS = `
  select a.attname::text as name,
         case when a.attnotnull and not a.atthasdef then format_type(a.atttypid, null) else '' end as type
    from pg_attribute a
   where a.attrelid = ('public.' || $1)::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
   order by a.attnum`;

const DROP_RULES = `
  do $$
  declare
    one record;
  begin
    for one in select conrelid::regclass as place, conname as name from pg_constraint
                where contype in ('f', 'c') and connamespace = 'public'::regnamespace and conrelid <> 0
                order by contype desc loop
      execute format('alter table %s drop constraint if exists %I', one.place, one.name);
    end loop;
  end $$`;
