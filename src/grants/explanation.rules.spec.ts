import { describe, expect, it } from '@jest/globals';
import { explain } from './explanation.rules.js';

const common = { basis: null, confidence: 'assumed' as const };
const postStep = (rule: string, counted: string, of: string, result: string) => ({
  ...common,
  label: { de: 'Fachkraft: Satz × VZÄ', en: 'specialist: rate × FTE' },
  rule,
  operands: [
    ...[
      { name: 'post', value: '1' },
      { name: 'rateCents', value: '5000000' },
    ],
    ...[
      { name: 'fteHundredths', value: '300' },
      { name: 'perFteHundredths', value: '100' },
    ],
    ...[
      { name: 'occupiedFrom', value: '2016-02-12' },
      { name: 'occupiedTo', value: '2017-01-01' },
    ],
    ...[
      { name: 'occupiedUnits', value: counted },
      { name: 'unitsOfYear', value: of },
    ],
  ],
  result,
});

describe('the reckoning in sentences', () => {
  it('shows the sum of a post so that it can be done again by hand', () => {
    const [sentence] = explain([postStep('fixed_amount.actual_days', '324', '366', '810000000/61')]);
    expect(sentence).toEqual({
      de: 'Stelle 1, Fachkraft: 50.000,00 EUR ÷ 1,00 VZÄ × 3,00 VZÄ × 324 ÷ 366 Tage (12.02.2016 bis einschließlich 31.12.2016) ≈ 132.786,89 EUR',
      en: 'Post 1, specialist: EUR 50,000.00 ÷ 1.00 FTE × 3.00 FTE × 324 ÷ 366 days (2016-02-12 to 2016-12-31 inclusive) ≈ EUR 132,786.89',
    });
  });

  it('says what rate and counting rest on, and how well that is sourced', () => {
    const step = postStep('fixed_amount.actual_days', '324', '366', '810000000/61');
    const grounds = [
      { name: 'rateSource', value: 'Landtag, Vorlage 16/1' },
      { name: 'rateConfidence', value: 'derived' },
      { name: 'shareRuleConfidence', value: 'assumed' },
    ];
    const [sentence] = explain([{ ...step, operands: [...step.operands, ...grounds] }]);
    expect(sentence?.de).toMatch(/; Satz: Landtag, Vorlage 16\/1 \(abgeleitet\); Zählweise: angenommen$/);
    expect(sentence?.en).toMatch(/; rate: Landtag, Vorlage 16\/1 \(derived\); way of counting: assumed$/);
  });

  it('names the units of the share rule, and a whole result is equal', () => {
    const [sentence] = explain([postStep('fixed_amount.months_begun', '12', '12', '15000000/1')]);
    expect(sentence?.de).toContain('× 12 ÷ 12 angefangene Monate');
    expect(sentence?.de).toMatch(/= 150\.000,00 EUR$/);
  });

  it('shows sums and the spread of cents by post', () => {
    const sum = {
      ...common,
      ...{ label: { de: 'Summe', en: 'Sum' }, rule: 'half_away_from_zero', result: '15049180' },
      operands: [
        { name: '1', value: '810000000/61' },
        { name: '2', value: '108000000/61' },
      ],
    };
    expect(explain([sum])[0]?.de).toBe(
      'Summe: Stelle 1 132.786,89 EUR + Stelle 2 17.704,92 EUR = 150.491,80 EUR',
    );
  });
});
