import { describe, expect, it } from '@jest/globals';
import { guidelineFacts } from '../../../test/support/guideline.js';
import { fundingYear, yearPeriod } from '../../kernel/funding-year.js';
import { Money } from '../../kernel/money.js';
import { Period } from '../../kernel/period.js';
import { calculateGrant, judgeFacts } from '../../programmes/funding.rules.js';
import type { FundingFacts } from '../../programmes/funding-facts.rules.js';
import { judgeDraft } from '../../programmes/guideline-draft.rules.js';
import type { GuidelineDraft, HostType, ProgrammeCode } from '../../programmes/guideline.rules.js';
import { guidelines, kiGuidelines } from './guidelines.js';

const periodOf = ({ validFrom, validTo }: GuidelineDraft) => Period.of(validFrom, validTo);
const holding = (programme: ProgrammeCode, year: number) =>
  guidelines.filter(
    (one) => one.programme === programme && periodOf(one).contains(yearPeriod(fundingYear(year)).from),
  );

/** All posts of a version, filled all year, at a cost no rate reaches. */
function filled(version: GuidelineDraft, hostType: HostType, year: number): FundingFacts {
  const occupied = yearPeriod(fundingYear(year));
  return {
    ...{ version: guidelineFacts(version), hostType, fundingYear: fundingYear(year) },
    posts: version.posts
      .filter((post) => post.hostType === hostType)
      .map(({ category, fteHundredths }) => ({
        ...{ key: category, category, fteHundredths: fteHundredths ?? 100, occupied },
        expenditure: Money.ofCents(100_000_000),
      })),
  };
}

describe('the guidelines as they are entered', () => {
  it.each(guidelines.map((version) => [version.title, version] as const))(
    '%s has no objection',
    (_, version) => {
      expect(judgeDraft(version)).toEqual([]);
    },
  );

  it('never hold two at a time', () => {
    const clashes = guidelines.flatMap((one, index) =>
      guidelines
        .slice(0, index)
        .filter((other) => other.programme === one.programme && periodOf(other).overlaps(periodOf(one))),
    );
    expect(clashes.map(({ title }) => title)).toEqual([]);
  });

  it('leave no year of base funding since 2013 without one', () => {
    const years = Array.from({ length: 13 }, (_, index) => 2013 + index);
    expect(years.filter((year) => holding('KI', year).length !== 1)).toEqual([]);
  });

  it('name source and confidence of every value', () => {
    const parts = guidelines.flatMap((version) => [
      ...[version, ...version.posts, ...version.rates, ...version.materials, ...version.deadlines],
      ...version.provisions,
      ...version.checklist,
      ...version.copyThresholds,
      ...version.earlyStartBans,
      ...[
        version.financingTypeSource,
        version.shareRuleSource,
        version.roundingSource,
        version.proofDueSource,
      ].map((source) => ({ source, confidence: 'said' })),
    ]);
    expect(parts.length).toBeGreaterThan(200);
    expect(parts.filter(({ source, confidence }) => source.length < 10 || confidence.length === 0)).toEqual(
      [],
    );
  });

  it.each<[number, string, string]>([
    [2013, 'EUR 170,000.00', 'EUR 170,000.00'],
    [2016, 'EUR 170,000.00', 'EUR 170,000.00'],
    [2017, 'EUR 320,000.00', 'EUR 270,000.00'],
    [2019, 'EUR 320,000.00', 'EUR 270,000.00'],
    [2020, 'EUR 320,000.00', 'EUR 270,000.00'],
    [2021, 'EUR 352,500.00', 'EUR 297,500.00'],
    [2022, 'EUR 352,500.00', 'EUR 297,500.00'],
    [2023, 'EUR 364,500.00', 'EUR 307,500.00'],
    [2024, 'EUR 364,500.00', 'EUR 307,500.00'],
  ])('give at most, in %d, %s to a Kreis and %s to a city', (year, kreis, stadt) => {
    const [version] = holding('KI', year);
    if (version === undefined) throw new Error('no version');
    const most = (hostType: HostType) =>
      calculateGrant(filled(version, hostType, year))
        .totals.find(({ inKind }) => !inKind)
        ?.amount.format('en');
    expect([most('kreis'), most('stadt')]).toEqual([kreis, stadt]);
  });

  it.each<[ProgrammeCode, number]>([
    ['KI', 2025],
    ['KI', 2026],
    ['KOMM_AN_I', 2025],
    ['KIM_1', 2025],
    ['KIM_2', 2026],
  ])('refuse %s in %d and name what is missing, with the guideline', (programme, year) => {
    const [version] = holding(programme, year);
    if (version === undefined) throw new Error('no version');
    const missing = judgeFacts(filled(version, 'kreis', year));
    expect(new Set(missing.map(({ code }) => code))).toEqual(new Set(['rate-missing']));
    expect(missing[0]?.basis).toBe(version.legalInstrument);
    expect(missing[0]?.detail.de).toContain('nicht gefunden');
  });

  it('show the contradiction between decree and agency after 2020 instead of hiding it', () => {
    const [of2021, of2023] = [holding('KI', 2021)[0], holding('KI', 2023)[0]];
    expect([of2021?.financingType, of2021?.financingTypeConfidence]).toEqual(['full_funding', 'verified']);
    expect([of2023?.financingType, of2023?.financingTypeConfidence]).toEqual(['full_funding', 'assumed']);
    expect(of2021?.note).toContain('Festbetrag');
    expect(of2023?.note).toContain('Widerspruch');
    expect(kiGuidelines).toHaveLength(7);
  });
});
