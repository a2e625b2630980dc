import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Acts } from '../support/acts.js';
import { passed } from '../support/guideline.js';
import { SqlSession } from '../support/sql-session.js';
import { Trade, type Application, type Decision, type Municipality } from '../support/trade.js';

const DAY = '2016-03-01';
const LONG_AGO = `'2015-01-01T00:00:00Z'`;
const REFUSED = '42501';
const DONE: readonly object[] = [];
/** How long one is; the words of the refusal follow. */
const SQLSTATE = 5;

/** An application as plain SQL names it, and who may act for it. */
interface Stage {
  readonly of: Application;
  readonly by: Municipality;
  readonly user: string;
}

/**
 * Whoever holds the application's login and a session still cannot back-date an act, tell, ask, answer or state
 * anything where it has no place, change what was submitted, or recommend what was not checked.
 */
describe('in plain SQL past all services', () => {
  let trade: Trade;
  let acts: Acts;
  let session: SqlSession;
  let decision: Decision;
  let granted: Stage;
  let submitted: Stage;
  let inCheck: Stage;
  let queried: Stage;
  let recommended: Stage;

  const applies = async (ags: string): Promise<Stage> => {
    const place = { ags, name: `Kreis ${ags}`, openedOn: '2016-01-05' };
    const by = await trade.municipality(place);
    const user = `municipality-${by.centreId.slice(-6)}`;
    return { by, user, of: await by.applies({ from: '2016-03-01' }) };
  };

  /** In one transaction, undone afterwards: the rows of the last statement, or the SQLSTATE that refused one of them. */
  const tries = async (
    username: string,
    ...statements: readonly string[]
  ): Promise<readonly object[] | string> => {
    await session.begin(await trade.app.cast.actor(username));
    try {
      let answer: readonly object[] = [];
      for (const sql of statements) {
        const { rows, count, failure } = await session.tries(sql);
        if (failure !== null) return failure.slice(0, SQLSTATE);
        if (count === 0 && sql.startsWith('update')) return 'no row';
        answer = rows;
      }
      return answer;
    } finally {
      await session.rollback();
    }
  };

  beforeAll(async () => {
    trade = await Trade.open('past-the-services');
    acts = new Acts(trade);
    session = await SqlSession.connect(trade.app);
    trade.on(DAY);
    granted = await applies('05558000');
    submitted = await applies('05554000');
    inCheck = await applies('05566000');
    queried = await applies('05570000');
    recommended = await applies('05754000');
    decision = await trade.clerk.grants(granted.of, DAY);
    await trade.clerk.does('/applications', inCheck.of, 'check', passed());
    const question = { question: 'Wie sind die Stellen besetzt?', dueOn: '2016-03-15' };
    await trade.clerk.does('/applications', queried.of, 'query', question);
    await acts.readied(recommended.of);
  }, 180_000);
  afterAll(async () => {
    await session.end();
    await trade.close();
  });

  /** An insert into a table of an application, with what such a row says beside. */
  const into = (table: string, { of, by }: Stage, values: Readonly<Record<string, string>>): string => {
    const row = {
      ...{ id: 'gen_random_uuid()', application_id: `'${of.id}'`, case_id: `'${of.caseId}'` },
      ...{ centre_id: `'${by.centreId}'`, ...values },
    };
    return `insert into ${table} (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`;
  };
  const set = (stage: Stage, changes: string): string =>
    `update application set ${changes} where id = '${stage.of.id}'`;
  const change = (of: Stage, more: Readonly<Record<string, string>> = {}): string =>
    into('application_change', of, {
      ...{ number: '1', kind: `'staffing'`, what: `'Eine Stelle ist frei.'` },
      ...{ since_on: `'${DAY}'`, told_on: `'${DAY}'`, ...more },
    });
  const check = (of: Stage, more: Readonly<Record<string, string>> = {}): string =>
    into('application_check', of, {
      ...{ submission: '1', queries: '0', note: `'Vollständig.'`, checked_on: `'${DAY}'`, ...more },
    });
  const query = (of: Stage, more: Readonly<Record<string, string>> = {}): string =>
    into('application_query', of, {
      ...{ number: '7', submission: '1', question: `'Und die Räume?'`, due_on: `'2016-03-15'` },
      ...{ asked_on: `'${DAY}'`, ...more },
    });
  const opinion = (of: Stage, more: Readonly<Record<string, string>> = {}): string =>
    into('application_opinion', of, {
      ...{ submission: '1', office: `'granting_authority'`, opinion: `'favourable'`, reason: `'Gut.'` },
      ...{ stated_on: `'${DAY}'`, ...more },
    });
  const answer = (of: Stage, more: Readonly<Record<string, string>> = {}): string =>
    into('application_answer', of, {
      query_id: `(select id from application_query where application_id = '${of.of.id}')`,
      ...{ submission: '1', text: `'Alle Stellen sind besetzt.'`, answered_on: `'${DAY}'`, ...more },
    });
  const RECOMMENDED = `state = 'recommended', recommended_at = transaction_timestamp(), version = version + 1`;
  const clerk = 'granting_authority';

  describe('no act is dated back', () => {
    const NOW = [{ now: true }];

    it('neither when it is done', async () => {
      const dated = async (user: string, sql: string, column: string) =>
        tries(user, `${sql} returning ${column} = transaction_timestamp() as now`);
      expect(await dated(granted.user, change(granted, { told_at: LONG_AGO }), 'told_at')).toEqual(NOW);
      expect(await dated(clerk, query(submitted, { asked_at: LONG_AGO }), 'asked_at')).toEqual(NOW);
      expect(await dated(clerk, check(submitted, { checked_at: LONG_AGO }), 'checked_at')).toEqual(NOW);
      expect(await dated(clerk, opinion(inCheck, { stated_at: LONG_AGO }), 'stated_at')).toEqual(NOW);
      expect(await dated(queried.user, answer(queried, { answered_at: LONG_AGO }), 'answered_at')).toEqual(
        NOW,
      );
      const retracted = set(submitted, `state = 'retracted', retracted_at = ${LONG_AGO}`);
      expect(await dated(submitted.user, retracted, 'retracted_at')).toEqual(NOW);
    });

    it('nor later', async () => {
      const kept = `returning (extract(year from recommended_at) > 2015) as now`;
      const later = set(recommended, `recommended_at = ${LONG_AGO}`);
      expect(await tries(clerk, `${later} ${kept}`)).toEqual(NOW);
      const first = set(queried, `submitted_on = '2015-01-01'`);
      expect(await tries(queried.user, first)).toBe(REFUSED);
    });
  });

  describe('a change', () => {
    const counted = `select open_changes, version from application where id = '`;

    it('that is told is counted, and the version rises with it', async () => {
      const { version } = await trade.clerk.sees<Application>(`/applications/${granted.of.id}`);
      expect(await tries(granted.user, change(granted), `${counted}${granted.of.id}'`)).toEqual([
        { open_changes: 1, version: version + 1 },
      ]);
    });

    it('is told of no grant that is not there', async () => {
      expect(await tries(recommended.user, change(recommended))).toBe(REFUSED);
      expect(await tries(granted.user, set(granted, 'version = version + 1'))).toBe(REFUSED);
    });
  });

  /** Runs to the end: the case of the grant is closed afterwards. */
  const closesMeanwhile = async (tells: () => Promise<{ status: number }>) => {
    const closing = new pg.Client(trade.app.database.ownerUrl);
    await closing.connect();
    await closing.query(`begin; set local foerderbuch.action = 'repair'`);
    await closing.query(`update decision set state = 'closed', version = version + 1 where id = $1`, [
      decision.id,
    ]);
    const told = tells();
    const isWaiting = async () => (await trade.app.rows('select from pg_locks where not granted')).length > 0;
    const pause = () => new Promise<null>((done) => setTimeout(done, 10, null));
    while ((await Promise.race([told, pause()])) === null && !(await isWaiting()));
    await closing.query('commit');
    await closing.end();
    return told;
  };

  describe('a query', () => {
    it('is asked about the submission that lies there, and hands it back', async () => {
      const asks = (of: Stage, more: Readonly<Record<string, string>>, ...then: string[]) =>
        tries(clerk, query(of, more), ...then, 'set constraints handed_back immediate');
      const handed = (of: Stage) => set(of, `state = 'queried', version = version + 1`);
      expect(await asks(submitted, {}, handed(submitted))).toEqual(DONE);
      expect(await asks(submitted, {})).toBe(REFUSED);
      expect(await asks(submitted, { question: `''` }, handed(submitted))).toBe('23514');
      for (const stage of [granted, queried, recommended]) expect(await asks(stage, {})).toBe(REFUSED);
    });

    it('is answered in words about it or by another version, and the application comes back', async () => {
      const answers = (more: Readonly<Record<string, string>>, ...then: string[]) =>
        tries(queried.user, answer(queried, more), ...then, 'set constraints handed_back immediate');
      const back = set(queried, `state = 'in_check', version = version + 1`);
      expect(await answers({}, back)).toEqual(DONE);
      expect(await answers({})).toBe(REFUSED);
      expect(await answers({ text: 'null' }, back)).toBe(REFUSED);
      expect(await answers({ text: `''` }, back)).toBe('23514');
    });
  });

  describe('an opinion', () => {
    it.each<[string, () => Stage, string, readonly object[] | string]>([
      ['is stated while the application is checked', () => inCheck, '1', DONE],
      ['not on what was never submitted so', () => inCheck, '2', REFUSED],
      ['not after the recommendation', () => recommended, '1', REFUSED],
      ['not while the application lies with its applicant', () => queried, '1', REFUSED],
      ['not after the decision', () => granted, '1', REFUSED],
    ])('%s', async (_, of, submission, expected) => {
      expect(await tries(clerk, opinion(of(), { submission }))).toEqual(expected);
    });
  });

  describe('a recommendation', () => {
    it('rests on a check of what lies there, with the queries counted', async () => {
      const checked = set(submitted, `state = 'in_check', version = version + 1`);
      const [good, counted] = [check(submitted), check(submitted, { queries: '3' })];
      expect(await tries(clerk, good, checked, set(submitted, RECOMMENDED))).toEqual(DONE);
      expect(await tries(clerk, checked, set(submitted, RECOMMENDED))).toBe(REFUSED);
      expect(await tries(clerk, counted)).toBe(REFUSED);
      for (const stage of [granted, queried, recommended])
        expect(await tries(clerk, check(stage))).toBe(REFUSED);
    });

    it('says what should be decided', async () => {
      const said = into('application_recommendation', inCheck, {
        ...{ recommendation: `'Wie beantragt.'`, proposes: `'grant'` },
      });
      const looked = 'set constraints recommended immediate';
      expect(await tries(clerk, set(inCheck, RECOMMENDED), said, looked)).toEqual(DONE);
      expect(await tries(clerk, set(inCheck, RECOMMENDED), looked)).toBe(REFUSED);
      expect(await tries(clerk, said)).toBe(REFUSED);
    });

    it('is not made of what was asked about since it was checked', async () => {
      const asked = [query(inCheck), set(inCheck, `state = 'queried'`)];
      expect(await tries(clerk, ...asked, set(inCheck, RECOMMENDED))).toBe(REFUSED);
      expect(await tries(clerk, query(inCheck), set(inCheck, RECOMMENDED))).toBe(REFUSED);
    });
  });

  it('what was submitted keeps its grant period', async () => {
    const longer = `period_to = '2020-01-01', version = version + 1`;
    for (const stage of [submitted, inCheck, recommended, granted])
      expect(await tries(stage.user, set(stage, longer))).toBe(REFUSED);
    expect(await tries(queried.user, set(queried, longer))).toEqual(DONE);
    // Not even in the step that brings it back.
    const back = [answer(queried), set(queried, `state = 'in_check', ${longer}`)];
    expect(await tries(queried.user, ...back)).toBe(REFUSED);
  });

  it('the applicant reads no recommendation before the notice', async () => {
    const sql = 'select recommendation, proposes from application_recommendation';
    expect(await tries(recommended.user, sql)).toEqual([]);
    expect(await tries(clerk, sql)).toHaveLength(2);
    expect(await tries(granted.user, sql)).toMatchObject([{ proposes: 'grant' }]);
    const path = ({ of }: Stage) => `/applications/${of.id}`;
    expect(await recommended.by.sees(path(recommended))).toMatchObject({
      ...{ state: 'recommended', recommendation: null, proposes: null, recommendedBy: null },
    });
    expect(await granted.by.sees(path(granted))).toMatchObject({
      ...{ recommendation: 'Bewilligung wie beantragt.', proposes: 'grant' },
    });
  });

  it('a change told while the case is being closed is told too late', async () => {
    const { by, of } = granted;
    const now = await by.sees<Application>(`/applications/${of.id}`);
    const body = { kind: 'staffing', what: 'Eine Stelle ist frei.', sinceOn: DAY };
    const { status } = await closesMeanwhile(() =>
      by.tries('/applications', now, 'notify-change', body).then(),
    );
    expect(status).toBe(409);
    const told = await trade.app.rows('select from application_change where application_id = $1', [of.id]);
    expect(told).toEqual([]);
    expect(await tries(granted.user, change(granted))).toBe(REFUSED);
  });
});
