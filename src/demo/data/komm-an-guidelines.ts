import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { FundedPost, GuidelineDraft, HostType, StatedRate } from '../../programmes/guideline.rules.js';
import { assumedProcedure, generalProvisions } from './guideline-procedure.js';

const AGENCY = 'bra.nrw.de, KOMM-AN, Programmteil I: 1, 1,5 oder 2 Stellen, je bis zu 57.000 Euro';
const NO_RATE = 'Betrag der Jahre vor 2023 nicht gefunden; wie bei der Grundförderung der Zentren angenommen';
const NO_TEXT = 'Richtlinie vom 03.04.2025 (Nr. 2.3), BASS 20166: Beträge nicht gefunden';

const day = (year: number) => CalendarDate.of(year, 1, 1);

function posts(confidence: 'verified' | 'assumed'): FundedPost[] {
  return (['kreis', 'stadt'] as const satisfies readonly HostType[]).map((hostType) => ({
    hostType,
    category: 'specialist',
    // The most of three tiers; which one a centre is in follows the distribution key.
    fteHundredths: 200,
    funder: 'integration_ministry',
    source: AGENCY,
    confidence,
  }));
}

type Worth = Pick<StatedRate, 'amount' | 'confidence' | 'source'>;

function rate(worth: Worth, from: CalendarDate, to: CalendarDate | null = null): StatedRate {
  const about = { category: 'specialist', perFteHundredths: 100, inKind: false } as const;
  return { ...about, ...worth, validFrom: from, validTo: to };
}

function material(worth: Worth, from: CalendarDate): GuidelineDraft['materials'] {
  const about = { code: 'material', kind: 'lump_sum', perFteHundredths: 100 } as const;
  return [{ ...about, ...worth, validFrom: from, validTo: null }];
}

const missing = (source: string): Worth => ({ amount: null, confidence: 'missing', source });
const assumed = (cents: number): Worth => ({
  amount: Money.ofCents(cents),
  confidence: 'assumed',
  source: NO_RATE,
});

const version = {
  programme: 'KOMM_AN_I',
  financingType: 'fixed_amount',
  financingTypeSource:
    'Berichtigung vom 11.12.2019: Festbetragsfinanzierung; für frühere und spätere Jahre ebenso angenommen',
  financingTypeConfidence: 'derived',
  fundedShareHundredths: null,
  ...assumedProcedure,
  confidence: 'derived',
  note: 'Wie viele der höchstens 2,0 Stellen ein Zentrum erhält, folgt dem Verteilschlüssel „FlüAG 2016“; bekannt ist er nur für einzelne Kreise.',
  deadlines: [],
} as const;

/** KOMM-AN part I, from its first year to the merger with the KI guideline and beyond. */
export const kommAnGuidelines: readonly GuidelineDraft[] = [
  {
    ...version,
    title: 'KOMM-AN NRW, Programmteil I, 2016 und 2017',
    legalInstrument:
      'Richtlinie vom 25.06.2012 in der Fassung vom 26.04.2016 (Nr. 2.2), MBl. NRW. 2016 S. 383',
    validFrom: day(2016),
    validTo: day(2018),
    source:
      'Änderungserlass vom 24.04.2017 nennt Nr. 2.2 KOMM-AN; dass sie 2016 eingefügt wurde, ist angenommen',
    posts: posts('assumed'),
    rates: [rate(assumed(5_000_000), day(2016))],
    materials: material(missing('Sachausgaben vor 2023 nicht gefunden'), day(2016)),
    provisions: generalProvisions('verified'),
  },
  {
    ...version,
    title: 'KOMM-AN NRW, Programmteil I, 2018 bis 2021',
    legalInstrument: 'Richtlinie KOMM-AN KI NRW vom 21.12.2017, MBl. NRW. 2018 Nr. 3 S. 30',
    validFrom: day(2018),
    validTo: day(2022),
    source: 'recht.nrw.de, Richtlinie vom 21.12.2017, geändert am 27.11.2019 (MBl. NRW. S. 754)',
    posts: posts('assumed'),
    rates: [rate(assumed(5_000_000), day(2018), day(2021)), rate(assumed(5_500_000), day(2021))],
    materials: material(missing('Sachausgaben vor 2023 nicht gefunden'), day(2018)),
    provisions: generalProvisions('verified'),
  },
  {
    ...version,
    title: 'KOMM-AN NRW, Programmteil I, 2022',
    legalInstrument: 'Richtlinie KOMM-AN vom 01.01.2022, MBl. NRW. 2022 S. 65, geändert am 30.08.2022',
    validFrom: day(2022),
    validTo: day(2023),
    source: 'recht.nrw.de, Richtlinie 2022 bis 2026 mit Verzeichnis der Anlagen',
    posts: posts('assumed'),
    rates: [rate(assumed(5_500_000), day(2022))],
    materials: material(missing('Sachausgaben vor 2023 nicht gefunden'), day(2022)),
    provisions: generalProvisions('assumed'),
  },
  {
    ...version,
    title: 'KOMM-AN NRW, Programmteil I, seit der Zusammenführung 2023',
    legalInstrument: 'Richtlinie vom 10.03.2023 (KOMM-AN Teile I und II), MBl. NRW. 2023 S. 225',
    validFrom: day(2023),
    validTo: day(2025),
    source: `${AGENCY}; Zusammenführung nach BASS 19829; Beginn im Januar 2023 angenommen`,
    posts: posts('verified'),
    rates: [rate({ amount: Money.ofCents(5_700_000), confidence: 'verified', source: AGENCY }, day(2023))],
    materials: material(
      {
        amount: Money.ofCents(1_000_000),
        confidence: 'derived',
        source:
          'bra.nrw.de, KOMM-AN, Programmteil I: 10.000, 15.000 oder 20.000 Euro Sachausgaben je nach Stufe',
      },
      day(2023),
    ),
    provisions: generalProvisions('assumed'),
  },
  {
    ...version,
    title: 'KOMM-AN NRW, Programmteil I, seit 2025',
    legalInstrument: 'Richtlinie vom 03.04.2025 (Nr. 2.3), BASS 11-02 Nr. 10',
    validFrom: day(2025),
    validTo: null,
    source: NO_TEXT,
    confidence: 'assumed',
    posts: posts('assumed').map((post) => ({
      ...post,
      fteHundredths: null,
      source: NO_TEXT,
      confidence: 'missing' as const,
    })),
    rates: [rate(missing(NO_TEXT), day(2025))],
    materials: material(missing(NO_TEXT), day(2025)),
    provisions: generalProvisions('assumed'),
  },
];
