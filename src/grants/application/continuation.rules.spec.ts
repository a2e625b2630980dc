import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import { judgeContent, type ApplicationContent } from './application.rules.js';
import { continuationHindrance, continued, judgeSeen } from './continuation.rules.js';

const day = (text: string) => CalendarDate.parse(text);
const post = { category: 'specialist' as const, fteHundredths: 100, expectedExpenditure: null };
const content: ApplicationContent = {
  ...{ periodFrom: day('2016-02-12'), periodTo: day('2017-01-01') },
  posts: [
    { ...post, occupiedFrom: day('2016-02-12'), occupiedTo: day('2017-01-01') },
    { ...post, occupiedFrom: day('2016-03-01'), occupiedTo: day('2016-10-01') },
  ],
  measures: [
    {
      ...{ kind: 'measure', text: 'Fachtage', fundingYear: 2016, units: 2 },
      expectedExpenditure: Money.ofCents(300_000),
    },
  ],
  plan: [
    { fundingYear: 2016, source: 'municipal', amount: Money.ofCents(200_000), modelled: false, origin: null },
  ],
};

describe('carrying an application on', () => {
  it('takes the whole year after, posts that were filled to the end from its first day, measures and plan with their amounts', () => {
    const next = continued(content);
    expect(next).toMatchObject({
      fundingYear: 2017,
      measures: [{ ...content.measures[0], fundingYear: 2017 }],
      plan: [{ ...content.plan[0], fundingYear: 2017 }],
    });
    expect([next.periodFrom, next.periodTo].map(String)).toEqual(['2017-01-01', '2018-01-01']);
    expect(
      next.posts.map(({ occupiedFrom, occupiedTo }) => [String(occupiedFrom), String(occupiedTo)]),
    ).toEqual([
      ['2017-01-01', '2018-01-01'],
      ['2017-03-01', '2017-10-01'],
    ]);
  });

  it('of a period that ended within the year begins with the next one all the same', () => {
    const next = continued({ ...content, periodTo: day('2016-12-01'), posts: [] });
    expect([String(next.periodFrom), next.fundingYear]).toEqual(['2017-01-01', 2017]);
  });

  it('of several years goes on from what was planned for the last of them', () => {
    const [share, measure] = [content.plan[0], content.measures[0]];
    if (share === undefined || measure === undefined) throw new Error('nothing to go on from');
    const next = continued({
      ...{ periodFrom: day('2016-02-12'), periodTo: day('2019-01-01') },
      posts: [
        { ...post, occupiedFrom: day('2016-02-12'), occupiedTo: day('2017-01-01') },
        { ...post, occupiedFrom: day('2017-06-01'), occupiedTo: day('2019-01-01') },
        { ...post, occupiedFrom: day('2016-02-12'), occupiedTo: day('2018-10-01') },
      ],
      measures: [2016, 2018].map((fundingYear) => ({
        ...measure,
        fundingYear,
        text: `in ${String(fundingYear)}`,
      })),
      plan: [2016, 2017, 2018].map((fundingYear) => ({
        ...share,
        fundingYear,
        amount: Money.ofCents(fundingYear),
      })),
    });
    expect([next.fundingYear, String(next.periodFrom), String(next.periodTo)]).toEqual([
      ...[2019, '2019-01-01'],
      '2020-01-01',
    ]);
    expect(
      next.posts.map(({ occupiedFrom, occupiedTo }) => [String(occupiedFrom), String(occupiedTo)]),
    ).toEqual([
      ['2019-01-01', '2020-01-01'],
      ['2019-01-01', '2019-10-01'],
    ]);
    expect(next.measures).toEqual([{ ...measure, fundingYear: 2019, text: 'in 2018' }]);
    expect(next.plan).toEqual([{ ...share, fundingYear: 2019, amount: Money.ofCents(2018) }]);
  });

  it('always gives what a draft may contain', () => {
    const start = day('2015-01-01');
    const days = fc.tuple(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 400 }));
    fc.assert(
      fc.property(days, fc.array(days), (period, posts) => {
        const span = ([from, length]: [number, number]) =>
          [start.plusDays(from), start.plusDays(from + length)] as const;
        const [periodFrom, periodTo] = span(period);
        const next = continued({
          ...{ periodFrom, periodTo, measures: [], plan: [] },
          posts: posts.map((one) => {
            const [occupiedFrom, occupiedTo] = span(one);
            return { ...post, occupiedFrom, occupiedTo };
          }),
        });
        expect(judgeContent(next)).toEqual([]);
        const last = periodTo.plusDays(-1).year;
        const touching = posts
          .map(span)
          .filter(([from, to]) => from.year <= last && to.plusDays(-1).year >= last);
        expect(next.posts).toHaveLength(touching.length);
      }),
    );
  });

  it('asks for something that was submitted and not taken back', () => {
    expect(continuationHindrance('decided')).toBeNull();
    expect(continuationHindrance('in_check')).toBeNull();
    expect(continuationHindrance('draft')?.de).toContain('kann jetzt nicht fortgesetzt werden');
    expect(continuationHindrance('retracted')?.en).toContain('cannot be continued now');
  });

  it('what was seen is what stands, or it is refused', () => {
    expect(judgeSeen(null, 'a')).toEqual([]);
    expect(judgeSeen('a', 'a')).toEqual([]);
    expect(judgeSeen('b', 'a')).toMatchObject([{ code: 'content-changed', pointer: '/sha256' }]);
  });
});
