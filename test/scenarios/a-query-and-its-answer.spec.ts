import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { coesfeld, Trade, type Application, type Municipality } from '../support/trade.js';
import { passed } from '../support/guideline.js';

interface Query {
  readonly number: number;
  readonly question: string;
  readonly dueOn: string;
  readonly askedOn: string;
  readonly answer: { text: string | null; submission: number; answeredOn: string } | null;
}

describe('the authority asks, the municipality answers, and the case remembers both', () => {
  let trade: Trade;
  let municipality: Municipality;
  let application: Application;

  beforeAll(async () => {
    trade = await Trade.open('query-and-answer');
    municipality = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
    application = await municipality.applies({ from: '2016-02-12' });
  }, 120_000);
  afterAll(() => trade.close());

  const clerkDoes = async (verb: string, body: object) => {
    application = await trade.clerk.does<Application>('/applications', application, verb, body);
    return application;
  };
  const answers = async (body: object) => {
    application = await municipality.does<Application>('/applications', application, 'answer', body);
    return application;
  };
  const queries = async () =>
    (await municipality.sees<{ queries: Query[] }>(`/applications/${application.id}`)).queries;

  it('the clerk asks until Ascension Day, which is no working day, so there is time until the day after', async () => {
    trade.on('2016-04-18');
    await clerkDoes('query', {
      question: 'Wann wird die dritte Fachkraft eingestellt?',
      dueOn: '2016-05-05',
    });
    expect(application).toMatchObject({ state: 'queried' });
    expect(await queries()).toMatchObject([
      { number: 1, askedOn: '2016-04-18', dueOn: '2016-05-06', answer: null },
    ]);
  });

  it('the municipality answers in words, and nothing of its application is another', async () => {
    trade.on('2016-05-06');
    await answers({ query: 1, text: 'Sie ist seit Februar eingestellt.' });
    expect(application).toMatchObject({ state: 'in_check', submission: 1 });
    const { items } = await municipality.sees<{ items: unknown[] }>(
      `/applications/${application.id}/versions`,
    );
    expect(items).toHaveLength(1);
  });

  it('a second question comes to light in the check, is answered by a new version, and is checked anew', async () => {
    await clerkDoes('check', passed('Vollständig; der Eigenanteil ist noch zu klären.'));
    await clerkDoes('query', { question: 'Bleibt es bei diesem Eigenanteil?', dueOn: '2016-05-20' });
    trade.on('2016-05-17');
    const plan = await municipality.sees<{ financingPlan: { source: string; amountCents: number }[] }>(
      `/applications/${application.id}`,
    );
    application = await municipality.changes('/applications', application, {
      financingPlan: plan.financingPlan.map(({ source, amountCents }) => ({
        ...{ source, amountCents: source === 'municipal' ? amountCents + 50_000 : amountCents },
      })),
    });
    application = await municipality.does<Application>('/applications', application, 'submit');
    expect(application).toMatchObject({ state: 'in_check', submission: 2 });
    const early = await trade.clerk.tries('/applications', application, 'recommend', {
      recommendation: 'Bewilligen',
    });
    expect(early.status).toBe(409);
  });

  it('years later it can be read who asked what until when, and what was answered', async () => {
    const decision = await trade.clerk.grants(application, '2016-05-17');
    expect(decision).toMatchObject({ state: 'notified' });
    const path = `/applications/${application.id}`;
    const { checks } = await trade.clerk.sees<{ checks: { submission: number; results: unknown[] }[] }>(path);
    expect(checks.map(({ submission, results }) => [submission, results.length])).toEqual([
      [1, 5],
      [2, 5],
    ]);
    expect(
      (await queries()).map(({ question, askedOn, dueOn, answer }) => [question, askedOn, dueOn, answer]),
    ).toEqual([
      [
        'Wann wird die dritte Fachkraft eingestellt?',
        ...['2016-04-18', '2016-05-06'],
        expect.objectContaining({
          text: 'Sie ist seit Februar eingestellt.',
          submission: 1,
          answeredOn: '2016-05-06',
        }),
      ],
      [
        'Bleibt es bei diesem Eigenanteil?',
        ...['2016-05-06', '2016-05-20'],
        expect.objectContaining({ text: null, submission: 2, answeredOn: '2016-05-17' }),
      ],
    ]);
  });
});
