import { describe, expect, it } from '@jest/globals';
import { guidelineFacts, kiVersions } from '../../test/support/guideline.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import { expected, fullyPosted, withinPosts } from './simulated-posts.rules.js';

const year = yearPeriod(fundingYear(2017));
const period = (from: string, to: string) => Period.of(CalendarDate.parse(from), CalendarDate.parse(to));
const assistant = (fteHundredths: number, occupied = year) =>
  ({ category: 'assistant', fteHundredths, occupied }) as const;
const fte = (posts: readonly { fteHundredths: number }[]) => posts.map(({ fteHundredths }) => fteHundredths);

describe('posts of a simulation', () => {
  const version = guidelineFacts();

  it('are, fully posted, what the version funds for the kind of centre, while it is open', () => {
    const open = period('2017-03-01', '2018-01-01');
    expect(fullyPosted(version, 'stadt', open)).toEqual([
      { category: 'specialist', fteHundredths: 300, occupied: open },
      { category: 'assistant', fteHundredths: 50, occupied: open },
      { category: 'teacher', fteHundredths: 200, occupied: open },
    ]);
  });

  it.each<[string, ReturnType<typeof assistant>[], number[]]>([
    ['exactly what is funded', [assistant(50)], [50]],
    ['a hundredth more', [assistant(51)], [50]],
    ['one post too many', [assistant(50), assistant(50)], [50]],
    ['a second one that only fits in part', [assistant(30), assistant(30)], [30, 20]],
    [
      'one after the other',
      [assistant(50, period('2017-01-01', '2017-07-01')), assistant(50, period('2017-07-01', '2018-01-01'))],
      [50, 50],
    ],
    [
      'two that overlap by a day',
      [assistant(50, period('2017-01-01', '2017-07-02')), assistant(50, period('2017-07-01', '2018-01-01'))],
      [50],
    ],
  ])('are cut to what the version funds: %s', (_, posts, kept) => {
    expect(fte(withinPosts(version, 'kreis', posts))).toEqual(kept);
  });

  it('are left out where the version does not fund their category, and left alone where it does not say how many', () => {
    const none = { posts: version.posts.filter(({ category }) => category !== 'assistant') };
    expect(withinPosts(none, 'kreis', [assistant(50)])).toEqual([]);
    expect(fte(withinPosts(guidelineFacts(kiVersions.of2025), 'kreis', [assistant(700)]))).toEqual([700]);
  });

  it.each([
    [2016, 4_878_049],
    [2017, 5_000_000],
    [2018, 5_125_000],
    [2019, 5_253_125],
  ])('cost, with a rise of 2.5 %%, in %d: %d cents', (of, cents) => {
    const cost = {
      category: 'assistant',
      amount: Money.ofCents(5_000_000),
      fundingYear: 2017,
      yearlyRiseHundredths: 250,
    } as const;
    const [post] = expected([assistant(100, yearPeriod(fundingYear(of)))], [cost], fundingYear(of));
    expect(post?.expenditure).toEqual(Money.ofCents(cents));
  });

  it('cost by size and days; without a figure for the category nothing is said', () => {
    const cost = {
      category: 'assistant',
      amount: Money.ofCents(3_650_000),
      fundingYear: 2017,
      yearlyRiseHundredths: 0,
    } as const;
    const posts = [
      assistant(50, period('2017-12-31', '2018-01-01')),
      { ...assistant(100), category: 'specialist' as const },
    ];
    const [known, unknown] = expected(posts, [cost], fundingYear(2017));
    expect(known?.expenditure).toEqual(Money.ofCents(5_000));
    expect(unknown).not.toHaveProperty('expenditure');
  });
});
