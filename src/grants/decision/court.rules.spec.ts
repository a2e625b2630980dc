import { describe, expect, it } from '@jest/globals';
import { courtSeat } from './court.rules.js';

describe('courtSeat', () => {
  it.each([
    ['05111000', 'Düsseldorf'],
    ['05113000', 'Gelsenkirchen'],
    ['05334002', 'Aachen'],
    ['05370000', 'Aachen'],
    ['05315000', 'Köln'],
    ['05382000', 'Köln'],
    ['05512000', 'Gelsenkirchen'],
    ['05554000', 'Münster'],
    ['05562000', 'Gelsenkirchen'],
    ['05711000', 'Minden'],
    ['05913000', 'Gelsenkirchen'],
    ['05914000', 'Arnsberg'],
    ['05978000', 'Gelsenkirchen'],
  ])('sends %s to %s', (ags, seat) => {
    expect(courtSeat(ags)).toBe(seat);
  });

  it('knows the courts of one Land only', () => {
    expect(() => courtSeat('06412000')).toThrow(RangeError);
  });
});
