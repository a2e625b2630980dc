import { describe, expect, it } from '@jest/globals';
import { judgeYears, MOST_YEARS } from './split.rules.js';

const codes = (from: number, to: number): string[] => judgeYears(from, to).map(({ code }) => code);

describe('the years of a series', () => {
  it('may be one, and are not backwards', () => {
    expect(codes(2016, 2016)).toEqual([]);
    expect(codes(2016, 2015)).toEqual(['series-backwards']);
  });

  it('are thirty at most', () => {
    expect(codes(2001, 2000 + MOST_YEARS)).toEqual([]);
    expect(codes(2001, 2001 + MOST_YEARS)).toEqual(['series-too-long']);
  });
});
