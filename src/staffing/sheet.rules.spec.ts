import { describe, expect, it } from '@jest/globals';
import { cellName, dayOf, hundredthsOf } from './sheet.rules.js';

const text = (written: string) => ({ kind: 'text' as const, text: written });
const number = (written: string) => ({ kind: 'number' as const, text: written });

describe('a cell', () => {
  it('has the name people see', () => {
    expect([cellName('Tabelle1', 6, 2), cellName('T', 0, 26), cellName('T', 0, 701)]).toEqual([
      'Tabelle1!C7',
      'T!AA1',
      'T!ZZ1',
    ]);
  });

  it.each([
    ['0,5', 50n],
    ['0.50', 50n],
    ['57.000,00', 5_700_000n],
    ['57000', 5_700_000n],
    ['1.234', 123_400n],
    ['-0,25', -25n],
    ['61.500,5 €', 6_150_050n],
    ['1,234', null],
    ['57.00,00', null],
    ['1e3', null],
    ['eins', null],
  ])('with the text %s is a number', (written, hundredths) => {
    expect(hundredthsOf(text(written))).toBe(hundredths);
  });

  it.each([
    ['0.5', 50n],
    ['1.234', null],
    ['4166.666666666667', null],
    ['1e+21', null],
  ])('with the number %s keeps two decimals or is refused', (written, hundredths) => {
    expect(hundredthsOf(number(written))).toBe(hundredths);
  });

  it('knows days in both forms and refuses those that do not exist', () => {
    expect([dayOf(text('31.12.2016')), dayOf(text('2016-12-31'))].map(String)).toEqual([
      '2016-12-31',
      '2016-12-31',
    ]);
    expect([dayOf(text('30.02.2016')), dayOf(number('42370')), dayOf(null)]).toEqual([null, null, null]);
  });
});
