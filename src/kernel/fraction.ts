/**
 * An exact rational number: days over days of the year, per cent, amounts not yet rounded to a cent. Rates and
 * parts of a year are multiplied here without loss, and rounded once, by name, at the end.
 * Always reduced, the denominator always positive.
 */
export class Fraction {
  static readonly zero: Fraction = new Fraction(0n, 1n);

  private constructor(
    readonly num: bigint,
    readonly den: bigint,
  ) {}

  /** RangeError for a zero denominator and for numbers that are no safe integers. */
  static of(num: bigint | number, den: bigint | number = 1n): Fraction {
    const n = wholeNumber(num);
    const d = wholeNumber(den);
    if (d === 0n) throw new RangeError('A fraction needs a denominator other than zero');
    const divisor = greatestCommonDivisor(n, d) * (d < 0n ? -1n : 1n);
    return new Fraction(n / divisor, d / divisor);
  }

  static sum(fractions: Iterable<Fraction>): Fraction {
    let total = Fraction.zero;
    for (const fraction of fractions) total = total.plus(fraction);
    return total;
  }

  static min(a: Fraction, b: Fraction): Fraction {
    return b.compare(a) < 0 ? b : a;
  }

  static max(a: Fraction, b: Fraction): Fraction {
    return b.compare(a) > 0 ? b : a;
  }

  plus(other: Fraction): Fraction {
    return Fraction.of(this.num * other.den + other.num * this.den, this.den * other.den);
  }

  minus(other: Fraction): Fraction {
    return Fraction.of(this.num * other.den - other.num * this.den, this.den * other.den);
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.num * other.num, this.den * other.den);
  }

  /** RangeError when the other one is zero. */
  dividedBy(other: Fraction): Fraction {
    return Fraction.of(this.num * other.den, this.den * other.num);
  }

  compare(other: Fraction): -1 | 0 | 1 {
    const left = this.num * other.den;
    const right = other.num * this.den;
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }

  /** The largest whole number not above this one: -1/2 becomes -1. */
  floor(): bigint {
    const towardsZero = this.num / this.den;
    return this.num < 0n && this.num % this.den !== 0n ? towardsZero - 1n : towardsZero;
  }

  /** Commercial rounding (kaufmännisch): 1/2 gives 1, -1/2 gives -1, so a reversal mirrors its original. */
  roundHalfAwayFromZero(): bigint {
    const magnitude = this.num < 0n ? -this.num : this.num;
    const rounded = (2n * magnitude + this.den) / (2n * this.den);
    return this.num < 0n ? -rounded : rounded;
  }

  /** The canonical text `n/d`, also for whole numbers: `324/366` reads `54/61`, two reads `2/1`. */
  toString(): string {
    return `${this.num}/${this.den}`;
  }
}

/** RangeError for a number that is no safe integer: it would already have lost digits. */
export function wholeNumber(value: bigint | number): bigint {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new RangeError(`${value} is not a whole number that a double holds exactly`);
  }
  return BigInt(value);
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
