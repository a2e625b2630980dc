import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { difference } from './difference.rules.js';

const post = {
  ...{ position: 3, category: 'specialist', fteHundredths: 50, expectedExpenditureCents: null },
  ...{ occupiedFrom: '2016-02-12', occupiedTo: '2017-01-01' },
};
const measure = {
  ...{ position: 2, kind: 'measure', text: 'Fachtage', fundingYear: 2016, units: 2 },
  expectedExpenditureCents: 300_000,
};
const share = { fundingYear: 2016, source: 'municipal', amountCents: 200_000, modelled: false, origin: null };
const attachment = {
  ...{ id: 'a1', kind: 'cost_estimate', mediaType: 'application/pdf', sizeBytes: 1200 },
  sha256: 'f'.repeat(64),
};
function reckoned(fundingYear: number, amountCents: number) {
  return {
    ...{ fundingYear, guidelineVersionId: 'g' },
    lines: [{ position: 3, source: 'state_integration', inKind: false, amountCents }],
    totals: [{ source: 'state_integration', inKind: false, amountCents: 100 }],
  };
}
const content = {
  application: { id: 'x', periodFrom: '2016-02-12', periodTo: '2017-01-01', fundingYear: 2016 },
  posts: [post],
  measures: [measure],
  financingPlan: [share],
  attachments: [attachment],
  calculation: [reckoned(2016, 100)],
};
const told = (later: object, earlier: object = content) =>
  difference(JSON.stringify(earlier), JSON.stringify(later));
const words = (later: object, earlier: object = content) =>
  told(later, earlier).map(({ words: { de, en } }) => [de, en]);

describe('the difference between two submissions', () => {
  it('says what is bigger, in the words of the trade', () => {
    expect(told({ ...content, posts: [{ ...post, fteHundredths: 100 }] })).toEqual([
      {
        pointer: '/posts/3/fteHundredths',
        words: {
          de: 'Stelle 3: 1,00 statt 0,50 Vollzeitäquivalente',
          en: 'Post 3: 1.00 instead of 0.50 full-time equivalents',
        },
      },
    ]);
  });

  it.each([
    [
      'an end, by its last day',
      { posts: [{ ...post, occupiedTo: '2016-12-01' }] },
      'Stelle 3: besetzt bis einschließlich 30.11.2016 statt 31.12.2016',
      'Post 3: occupied until and including 2016-11-30 instead of 2016-12-31',
    ],
    [
      'what was not stated before',
      { posts: [{ ...post, expectedExpenditureCents: 5_000_000 }] },
      'Stelle 3: erwartete Ausgaben 50.000,00 EUR statt keine Angabe',
      'Post 3: expected expenditure EUR 50,000.00 instead of nothing',
    ],
    [
      'a share of the plan',
      { financingPlan: [{ ...share, amountCents: 300_000 }] },
      'Finanzierungsplan, Kommune, 2016: 3.000,00 EUR statt 2.000,00 EUR',
      'Financing plan, Municipality, 2016: EUR 3,000.00 instead of EUR 2,000.00',
    ],
    [
      'a post more',
      { posts: [post, { ...post, position: 4 }] },
      'Stelle 4 (Fachkraft, 0,50 Vollzeitäquivalente, besetzt ab 12.02.2016, besetzt bis einschließlich 31.12.2016) kommt hinzu',
      'Post 4 (specialist, 0.50 full-time equivalents, occupied from 2016-02-12, occupied until and including 2016-12-31) is added',
    ],
    [
      'a share of the plan for a year more',
      { financingPlan: [share, { ...share, fundingYear: 2017 }] },
      'Finanzierungsplan, Kommune, 2017 (2.000,00 EUR, modelliert nein) kommt hinzu',
      'Financing plan, Municipality, 2017 (EUR 2,000.00, modelled no) is added',
    ],
    [
      'a measure of the same year and kind more',
      { measures: [measure, { ...measure, position: 3, text: 'Fachtage' }] },
      'Vorhaben 3, Maßnahme, 2016 (Fachtage, Zahl der Einheiten 2, erwartete Ausgaben 3.000,00 EUR) kommt hinzu',
      'Measure 3, measure, 2016 (Fachtage, number of units 2, expected expenditure EUR 3,000.00) is added',
    ],
    [
      'a measure put off to another year',
      { measures: [{ ...measure, fundingYear: 2017 }] },
      'Vorhaben 2, Maßnahme, 2017: Haushaltsjahr 2017 statt 2016',
      'Measure 2, measure, 2017: funding year 2017 instead of 2016',
    ],
    [
      'another kind of expenditure',
      { measures: [{ ...measure, kind: 'material' }] },
      'Vorhaben 2, Sachausgaben, 2016: Sachausgaben statt Maßnahme',
      'Measure 2, material expenditure, 2016: material expenditure instead of measure',
    ],
    [
      'an attachment less',
      { attachments: [] },
      `Anlage, Kostenaufstellung (Art application/pdf, 1200 Byte, SHA-256 ${'f'.repeat(64)}) entfällt`,
      `Attachment, cost estimate (type application/pdf, 1200 bytes, SHA-256 ${'f'.repeat(64)}) is left out`,
    ],
    [
      'what the guideline gives',
      { calculation: [reckoned(2016, 200)] },
      'Berechnung, Stelle 3, Land (Integrationsministerium), 2016: 2,00 EUR statt 1,00 EUR',
      'Calculation, Post 3, State (integration ministry), 2016: EUR 2.00 instead of EUR 1.00',
    ],
    [
      'a field nobody has words for yet',
      { application: { ...content.application, novelty: 'x' } },
      'Antrag: novelty x statt keine Angabe',
      'Application: novelty x instead of nothing',
    ],
  ])('tells %s', (_, changes, de, en) => {
    expect(words({ ...content, ...changes })).toEqual([[de, en]]);
  });

  it('is told part by part and by the numbers of posts, whether they changed, came or went', () => {
    const at = (...positions: number[]) => positions.map((position) => ({ ...post, position }));
    const earlier = { ...content, posts: at(2, 10, 11), attachments: [] };
    const later = { ...content, posts: [...at(9, 11), { ...post, position: 2, fteHundredths: 1 }] };
    expect(told({ ...later, measures: [measure, { ...measure, position: 3 }] }, earlier)).toMatchObject(
      ['/attachments/a1', '/measures/3', '/posts/2/fteHundredths', '/posts/9', '/posts/10'].map(
        (pointer) => ({
          pointer,
        }),
      ),
    );
  });

  const scalar = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null));
  const shaped = fc.record({
    application: fc.record({ id: fc.string(), periodFrom: scalar, novelty: scalar }),
    posts: fc.uniqueArray(
      fc.record({ position: fc.integer({ min: 1, max: 9 }), fteHundredths: fc.nat(), occupiedFrom: scalar }),
      { selector: ({ position }) => position, maxLength: 6 },
    ),
    measures: fc.uniqueArray(
      fc.record({
        position: fc.integer({ min: 1, max: 4 }),
        kind: fc.constantFrom('measure', 'material'),
        fundingYear: fc.integer({ min: 2016, max: 2018 }),
        text: fc.string(),
        units: fc.option(fc.nat()),
      }),
      { selector: ({ position }) => position, maxLength: 4 },
    ),
    financingPlan: fc.uniqueArray(
      fc.record({
        fundingYear: fc.integer({ min: 2016, max: 2018 }),
        source: fc.constantFrom('municipal', 'third_party', 'state_school'),
        amountCents: fc.nat(),
      }),
      { selector: ({ source, fundingYear }) => `${source} ${String(fundingYear)}`, maxLength: 6 },
    ),
    calculation: fc.uniqueArray(
      fc.record({
        fundingYear: fc.integer({ min: 2016, max: 2018 }),
        guidelineVersionId: scalar,
        totals: fc.uniqueArray(fc.record({ source: fc.constantFrom('municipal'), amountCents: fc.nat() }), {
          selector: ({ source }) => source,
          maxLength: 1,
        }),
      }),
      { selector: ({ fundingYear }) => fundingYear, maxLength: 3 },
    ),
  });
  type Shaped = ReturnType<(typeof shaped)['generate']>['value'];

  /** Every value with its place, written down once more and in another way. */
  const flat = (of: Shaped): Map<string, unknown> => {
    const found = new Map<string, unknown>();
    const put = (at: string, item: object) => {
      for (const [name, value] of Object.entries(item))
        if (!Array.isArray(value)) found.set(`${at}/${name}`, value);
    };
    put('/application', of.application);
    for (const one of of.posts) put(`/posts/${String(one.position)}`, one);
    for (const one of of.financingPlan) put(`/financingPlan/${one.source}+${String(one.fundingYear)}`, one);
    for (const one of of.measures) put(`/measures/${String(one.position)}`, one);
    for (const one of of.calculation) {
      const year = `/calculation/${String(one.fundingYear)}`;
      put(year, one);
      for (const total of one.totals) put(`${year}/totals/${total.source}`, total);
    }
    return found;
  };

  it('of a version with itself is empty', () => {
    fc.assert(fc.property(shaped, (one) => told(one, one).length === 0));
  });

  it('misses no value that changed and names none that did not', () => {
    fc.assert(
      fc.property(shaped, shaped, (one, other) => {
        const [before, after] = [flat(one), flat(other)];
        const pointers = told(other, one).map(({ pointer }) => pointer);
        expect(new Set(pointers).size).toBe(pointers.length);
        for (const place of new Set([...before.keys(), ...after.keys()])) {
          const item = place.slice(0, place.lastIndexOf('/'));
          const differs = JSON.stringify(before.get(place)) !== JSON.stringify(after.get(place));
          if (differs) expect(pointers.some((one_) => one_ === place || one_ === item)).toBe(true);
          else expect(pointers).not.toContain(place);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('is told the other way round by the other order', () => {
    fc.assert(
      fc.property(shaped, shaped, (one, other) => {
        const there = told(other, one).map(({ pointer }) => pointer);
        const back = told(one, other).map(({ pointer }) => pointer);
        expect(back).toEqual(there);
      }),
    );
  });
});
