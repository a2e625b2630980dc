import { wholeNumber } from './fraction.js';

const LARGEST_IN_JSON = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * An amount in euro, held as whole cents without bounds. Every sum of the house is one of these, so that a
 * float can never touch money; what is not yet rounded to a cent is a `Fraction`.
 */
export class Money {
  static readonly zero: Money = new Money(0n);

  private constructor(readonly cents: bigint) {}

  /** RangeError for a number that is no safe integer: it would already have lost cents. */
  static ofCents(cents: bigint | number): Money {
    return new Money(wholeNumber(cents));
  }

  static sum(amounts: Iterable<Money>): Money {
    let cents = 0n;
    for (const amount of amounts) cents += amount.cents;
    return new Money(cents);
  }

  static min(a: Money, b: Money): Money {
    return b.cents < a.cents ? b : a;
  }

  static max(a: Money, b: Money): Money {
    return b.cents > a.cents ? b : a;
  }

  plus(other: Money): Money {
    return new Money(this.cents + other.cents);
  }

  minus(other: Money): Money {
    return new Money(this.cents - other.cents);
  }

  negated(): Money {
    return new Money(-this.cents);
  }

  /** Whole multiples only; parts of an amount go through `Fraction` or `apportion`, which name the rounding. */
  times(factor: bigint | number): Money {
    return new Money(this.cents * wholeNumber(factor));
  }

  compare(other: Money): -1 | 0 | 1 {
    if (this.cents === other.cents) return 0;
    return this.cents < other.cents ? -1 : 1;
  }

  equals(other: Money): boolean {
    return this.cents === other.cents;
  }

  isZero(): boolean {
    return this.cents === 0n;
  }

  isNegative(): boolean {
    return this.cents < 0n;
  }

  isPositive(): boolean {
    return this.cents > 0n;
  }

  /**
   * Integer cents. RangeError beyond ±(2^53-1): most readers of JSON hold numbers as doubles, and an amount
   * that arrives rounded is worse than none.
   */
  toJSON(): number {
    if (this.cents > LARGEST_IN_JSON || this.cents < -LARGEST_IN_JSON) {
      throw new RangeError(`${this} cents cannot be carried exactly as a JSON number`);
    }
    return Number(this.cents);
  }

  /** The canonical text: cents in decimal digits, `17000000` for 170,000 euro. */
  toString(): string {
    return this.cents.toString();
  }

  /** For human readers: `170.000,00 EUR` in German, `EUR 170,000.00` in English. */
  format(locale: 'de' | 'en'): string {
    const digits = (this.isNegative() ? -this.cents : this.cents).toString().padStart(3, '0');
    const sign = this.isNegative() ? '-' : '';
    const [group, point] = locale === 'de' ? ['.', ','] : [',', '.'];
    const euros = digits.slice(0, -2).replace(/\B(?=(?:\d{3})+$)/g, group);
    const amount = `${euros}${point}${digits.slice(-2)}`;
    return locale === 'de' ? `${sign}${amount} EUR` : `${sign}EUR ${amount}`;
  }
}
