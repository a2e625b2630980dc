import { describe, expect, it } from '@jest/globals';
import { Money } from '../kernel/money.js';
import { compare, type Booked, type PublishedOf } from './reconciliation.rules.js';

const euros = (amount: number): Money => Money.ofCents(amount * 100);

/** 49 full years, Coesfeld from 12 February, Borken and Steinfurt from the end of June 2016, by actual days. */
const books: Booked[] = [
  { source: 'state_integration', committed: Money.ofCents(865_374_316), modelled: Money.zero },
  { source: 'state_school', committed: Money.ofCents(509_043_716), modelled: Money.zero },
  { source: 'municipal', committed: euros(19_600_000), modelled: euros(19_600_000) },
  { source: 'third_party', committed: euros(5_300_000), modelled: euros(5_300_000) },
];

const compared = (source: PublishedOf, amount: Money, subject = 'ki.total') =>
  compare({ subject, source, amount, roundedTo: euros(100_000) }, books);

describe('a published figure beside the books', () => {
  it('of 14.5 million for the Land in 2016 leaves 755,819.68 euros unexplained', () => {
    const found = compared('state', euros(14_500_000));
    expect(found.booked?.cents).toBe(1_374_418_032n);
    expect(found.modelled?.isZero()).toBe(true);
    expect(found.difference?.cents).toBe(75_581_968n);
    expect(found.explanation).toBe('unexplained');
  });

  it('tells what was reported from what was modelled', () => {
    const found = compared('municipal', euros(19_600_000));
    expect(found.booked?.isZero()).toBe(true);
    expect(found.modelled?.cents).toBe(1_960_000_000n);
    expect(found.difference?.isZero()).toBe(true);
  });

  it('is within its rounding up to half the unit, in both directions, and unexplained from the next cent on', () => {
    const third = (cents: number) =>
      compared('third_party', euros(5_300_000).plus(Money.ofCents(cents))).explanation;
    expect([third(5_000_000), third(5_000_001)]).toEqual(['within_rounding', 'unexplained']);
    expect([third(-5_000_000), third(-5_000_001)]).toEqual(['within_rounding', 'unexplained']);
  });

  it('counts each source once in the total', () => {
    expect(compared('all', euros(39_400_000)).difference?.cents).toBe(75_581_968n);
  });

  it('on another subject stands alone', () => {
    const alone = { booked: null, modelled: null, difference: null, explanation: 'not_comparable' };
    expect(compared('state', euros(13_000_000), 'kommAn.total')).toEqual(alone);
  });
});
