import { describe, expect, it } from '@jest/globals';
import { Money } from '../../kernel/money.js';
import { judgeMeasures, measuresFrom } from './measure.rules.js';

const stated = (fundingYear: number | null) => ({
  ...{ kind: 'measure' as const, text: 'Fachtag', fundingYear, units: 2 },
  expectedExpenditure: Money.ofCents(150_000),
});

describe('planned measures', () => {
  it('without a year are for the first of the grant period', () => {
    const years = measuresFrom(2016, [stated(null), stated(2017)]).map(({ fundingYear }) => fundingYear);
    expect(years).toEqual([2016, 2017]);
  });

  it('are for years of the grant period', () => {
    const measures = measuresFrom(2016, [stated(2015), stated(2016), stated(2018)]);
    const found = judgeMeasures(measures, [2016, 2017]);
    expect(found.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['measure-outside-period', '/measures/0/fundingYear'],
      ['measure-outside-period', '/measures/2/fundingYear'],
    ]);
    expect(found[1]?.detail.de).toContain('Vorhaben 3 ist für 2018 geplant');
  });
});
