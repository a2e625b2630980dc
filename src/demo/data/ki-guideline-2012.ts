import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { FundedPost, GuidelineDraft, HostType } from '../../programmes/guideline.rules.js';
import { ALWAYS, assumedProcedure, generalProvisions } from './guideline-procedure.js';

const PRESS =
  'Pressemitteilungen des Landes: 170.000 Euro für 3,5 Personalstellen je Zentrum, dazu zwei Lehrerstellen zu je rund 50.000 Euro';
const SPLIT = `${PRESS}; die Aufteilung 3 × 50.000 + 20.000 ist errechnet und stimmt mit den Sätzen der späteren Fassungen überein`;
const HEINSBERG = 'Kreis Heinsberg, Sitzungsvorlage zum Kommunalen Integrationszentrum';
const POSTS = `${HEINSBERG}: 5,5 Stellen = 2 abgeordnete Lehrkräfte + 3,5 geförderte Stellen; 3 Fachkräfte + 0,5 Verwaltungsassistenz errechnet`;

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
  financingTypeSource: `${PRESS}: „pauschal“`,
  financingTypeConfidence: 'derived',
  fundedShareHundredths: null,
  ...assumedProcedure,
  source:
    'Fundstelle zitiert im Änderungserlass vom 24.04.2017 und in BASS; Pauschale je Stelle nach Pressemitteilungen des Landes; ab 2017 andere Stellenzahl',
  confidence: 'derived',
  note: 'Der Inhalt der Änderungen vom 23.03.2015 und 26.04.2016 wurde nicht eingesehen; dass sie Sätze und Stellen ließen, ist angenommen.',
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
  materials: [],
  deadlines: [],
  provisions: [
    {
      ...{ ...ALWAYS, code: 'all_posts_filled' },
      provision: 'Richtlinie 2012, Stellen',
      textDe:
        'Gefördert wird nur, wer alle 5,5 Stellen besetzt; Leitung und Stellvertretung arbeiten in Vollzeit; das Zentrum ist eine geschlossene Einheit, sein Personal wird nicht anderweitig eingesetzt.',
      textEn:
        'Funding requires all 5.5 posts; head and deputy work full time; the centre is a closed unit, its staff is not used elsewhere.',
      source: HEINSBERG,
      confidence: 'verified',
    },
    ...generalProvisions('verified'),
  ],
};
