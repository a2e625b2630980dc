import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { guidelineFacts, kiVersions } from '../../test/support/guideline.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { fundingYear, yearPeriod } from '../kernel/funding-year.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import type { Funding, FundingFacts, PostClaim } from './funding-facts.rules.js';
import { calculateGrant } from './funding.rules.js';
import { financingTypes } from './guideline.rules.js';
import { occupiedShare, shareRules } from './occupied-share.rules.js';

const YEAR = fundingYear(2024);
const newYear = yearPeriod(YEAR).from;
const base = guidelineFacts({ ...kiVersions.of2021, validTo: null });
const categories = ['specialist', 'assistant', 'teacher'] as const;

const periods = fc
  .tuple(fc.integer({ min: -40, max: 400 }), fc.integer({ min: 1, max: 400 }))
  .map(([start, days]) => Period.of(newYear.plusDays(start), newYear.plusDays(start + days)));
const cents = fc.integer({ min: 0, max: 20_000_000 }).map((amount) => Money.ofCents(amount));

const claims = fc.array(
  fc.record({
    category: fc.constantFrom(...categories),
    fteHundredths: fc.integer({ min: 1, max: 300 }),
    occupied: periods,
    expenditure: cents,
  }),
  { minLength: 1, maxLength: 6 },
);

const situations: fc.Arbitrary<FundingFacts> = fc
  .record({
    financingType: fc.constantFrom(...financingTypes),
    shareRule: fc.constantFrom(...shareRules),
    share: fc.integer({ min: 1, max: 10_000 }),
    posts: claims,
    own: cents,
    thirdParty: cents,
  })
  .map(({ financingType, shareRule, share, posts, own, thirdParty }) => ({
    version: {
      ...{ ...base, financingType, shareRule },
      fundedShareHundredths: financingType === 'proportional' ? share : null,
    },
    ...{ hostType: 'kreis', fundingYear: YEAR, income: { own, thirdParty } },
    posts: posts.map((post, index) => ({ ...post, key: String(index) })),
  }));

function paid({ totals }: Funding): Money {
  return Money.sum(totals.filter(({ inKind }) => !inKind).map(({ amount }) => amount));
}

describe('for any posts, any financing type and any share rule', () => {
  it('shares of actual days are additive over any split of a period, before rounding', () => {
    fc.assert(
      fc.property(periods, fc.array(fc.integer({ min: -50, max: 850 }), { maxLength: 8 }), (period, cuts) => {
        const parts = period.splitAt(cuts.map((days) => newYear.plusDays(days)));
        const sum = parts.map((part) => occupiedShare(part, YEAR, 'actual_days')).reduce((a, b) => a.plus(b));
        expect(sum.toString()).toBe(occupiedShare(period, YEAR, 'actual_days').toString());
      }),
    );
  });

  it('a post split in time earns under actual days what it earns whole, but for the rounding of a cent', () => {
    fc.assert(
      fc.property(
        periods,
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 399 }),
        (occupied, fte, cut) => {
          const version = { ...base, financingType: 'fixed_amount' as const };
          const grant = (parts: readonly Period[]) =>
            paid(
              calculateGrant({
                ...{ version, hostType: 'kreis', fundingYear: YEAR },
                posts: parts.map((part, index) => ({
                  ...{
                    key: String(index),
                    category: 'specialist' as const,
                    fteHundredths: fte,
                    occupied: part,
                  },
                })),
              }),
            );
          // Rounded once for all posts, so not even a cent is lost by splitting.
          expect(grant(occupied.splitAt([occupied.from.plusDays(cut)])).equals(grant([occupied]))).toBe(true);
        },
      ),
    );
  });

  it('the money never exceeds the ceiling, nor what was spent', () => {
    fc.assert(
      fc.property(situations, (facts) => {
        const funding = calculateGrant(facts);
        const { ceiling, expenditure } = funding.coverage ?? {};
        if (ceiling === undefined || expenditure === undefined) throw new Error('nothing to compare with');
        expect(paid(funding).compare(ceiling)).toBeLessThanOrEqual(0);
        expect(paid(funding).compare(expenditure)).toBeLessThanOrEqual(0);
        expect(paid(funding).isNegative()).toBe(false);
      }),
    );
  });

  it('cents always sum: the lines of a source are its total', () => {
    fc.assert(
      fc.property(situations, (facts) => {
        const { lines, totals } = calculateGrant(facts);
        for (const { source, amount } of totals) {
          const own = lines.filter((line) => line.source === source);
          expect(Money.sum(own.map((line) => line.amount)).equals(amount)).toBe(true);
          expect(own.some((line) => line.amount.isNegative())).toBe(false);
        }
        expect(lines).toHaveLength(facts.posts.length);
      }),
    );
  });

  it('more vacancy never pays more', () => {
    const vacancies = fc.record({
      at: fc.nat(5),
      fte: fc.integer({ min: 1, max: 300 }),
      late: fc.nat(400),
      early: fc.nat(400),
    });
    fc.assert(
      fc.property(situations, vacancies, (facts, { at, fte, late, early }) => {
        const posts = facts.posts.flatMap((post, index) =>
          index === at % facts.posts.length ? vacant(post, { fte, late, early }) : [post],
        );
        const less = calculateGrant({ ...facts, posts });
        expect(paid(less).compare(paid(calculateGrant(facts)))).toBeLessThanOrEqual(0);
      }),
    );
  });
});

/** The same post, smaller, occupied later and vacant sooner; gone when nothing of it is left. What it cost stays. */
function vacant(post: PostClaim, less: { fte: number; late: number; early: number }): PostClaim[] {
  const { from, to } = post.occupied;
  if (to === null) throw new Error('no end');
  const [begins, ends] = [from.plusDays(less.late), to.plusDays(-less.early)];
  const fteHundredths = Math.min(post.fteHundredths, less.fte);
  if (!begins.isBefore(ends)) {
    // A post nobody sits on for a single day of the year: it asks for nothing, and its ceiling is nothing.
    return [
      {
        ...post,
        fteHundredths,
        occupied: Period.of(CalendarDate.of(2000, 1, 1), CalendarDate.of(2000, 1, 2)),
      },
    ];
  }
  return [{ ...post, fteHundredths, occupied: Period.of(begins, ends) }];
}
