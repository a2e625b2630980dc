import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { FundedPost, GuidelineDraft, HostType } from '../../programmes/guideline.rules.js';

const PRESS =
  'Pressemitteilungen des Landes: 170.000 Euro für 3,5 Personalstellen je Zentrum, dazu zwei Lehrerstellen zu je rund 50.000 Euro';
const SPLIT = `${PRESS}; die Aufteilung 3 × 50.000 + 20.000 ist errechnet und stimmt mit den Sätzen der späteren Fassungen überein`;
const POSTS =
  'Kreis Heinsberg, Sitzungsvorlage: 5,5 Stellen = 2 abgeordnete Lehrkräfte + 3,5 geförderte Stellen; 3 Fachkräfte + 0,5 Verwaltungsassistenz errechnet';
const VVG_7_4 = 'VVG Nr. 7.4 zu § 44 LHO (Abdruck von 2012)';

function posts(hostType: HostType): FundedPost[] {
  const derived = { hostType, source: POSTS, confidence: 'derived' } as const;
  return [
    { ...derived, category: 'specialist', fteHundredths: 300, funder: 'integration_ministry' },
    { ...derived, category: 'assistant', fteHundredths: 50, funder: 'integration_ministry' },
    { ...derived, category: 'teacher', fteHundredths: 200, funder: 'school_ministry' },
  ];
}

const always = { validFrom: CalendarDate.of(2012, 6, 25), validTo: null } as const;

/**
 * The KI guideline as it applied until the end of 2016. That it exists is verified; its numbers on procedure were not
 * seen, so share rule, payment dates and the day proof falls due are assumed and say so.
 */
export const kiGuideline2012: GuidelineDraft = {
  programme: 'KI',
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2012 bis 2016',
  legalInstrument: 'Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537',
  validFrom: CalendarDate.of(2012, 6, 25),
  validTo: CalendarDate.of(2017, 1, 1),
  financingType: 'fixed_amount',
  shareRule: 'actual_days',
  shareRuleConfidence: 'assumed',
  rounding: 'half_away_from_zero',
  proofDueMonth: 3,
  proofDueDay: 31,
  proofDueConfidence: 'assumed',
  source:
    'Fundstelle zitiert im Änderungserlass vom 24.04.2017 und in BASS; Inhalt der Änderungen vom 23.03.2015 und 26.04.2016 nicht eingesehen; Pauschale je Stelle nach Pressemitteilungen des Landes; ab 2017 andere Stellenzahl',
  confidence: 'derived',
  posts: [...posts('kreis'), ...posts('stadt')],
  rates: [
    {
      ...always,
      category: 'specialist',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: 100,
      inKind: false,
      source: SPLIT,
      confidence: 'derived',
    },
    {
      ...always,
      category: 'assistant',
      amount: Money.ofCents(2_000_000),
      perFteHundredths: 50,
      inKind: false,
      source: SPLIT,
      confidence: 'derived',
    },
    {
      ...always,
      category: 'teacher',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: 100,
      inKind: true,
      source: PRESS,
      confidence: 'derived',
    },
  ],
  paymentDates: [
    { month: 5, day: 1, cumulativeHundredths: 5000, basis: VVG_7_4, confidence: 'assumed' },
    { month: 10, day: 1, cumulativeHundredths: 10_000, basis: VVG_7_4, confidence: 'assumed' },
  ],
};
