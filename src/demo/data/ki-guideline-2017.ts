import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { FundedPost, GuidelineDraft, HostType } from '../../programmes/guideline.rules.js';
import { assumedProcedure, generalProvisions } from './guideline-procedure.js';

const DECREE_2017 =
  'Änderungserlass vom 24.04.2017, MBl. NRW. 2017 Nr. 15, Nr. 5.4.1.1: bis zu 6 (Kreise) oder 5 (Städte) Fachkräfte und eine halbe Verwaltungsassistenz';
const AGENCY = 'lum.nrw.de, Förderprogramm Kommunale Integrationszentren (Richtlinie vom 27.03.2018)';
const TEACHERS =
  'sgk.nrw, Archiv 28949: 1,5 (Kreis) oder 1,0 (Stadt) zusätzliche abgeordnete Lehrkräfte ab 2017, befristet bis 2019';
const TWO_TEACHERS =
  'Pressemitteilungen des Landes: zwei Lehrerstellen je Zentrum zu je rund 50.000 Euro; Fortgeltung nach Ablauf der befristeten Stellen angenommen';

/** Posts from 2017 on; the teachers differ while the additional ones last. */
export function postsSince2017(hostType: HostType, additionalTeachers: boolean): FundedPost[] {
  const seen = { hostType, source: DECREE_2017, confidence: 'verified' } as const;
  const more = hostType === 'kreis' ? 150 : 100;
  return [
    {
      ...seen,
      category: 'specialist',
      fteHundredths: hostType === 'kreis' ? 600 : 500,
      funder: 'integration_ministry',
    },
    { ...seen, category: 'assistant', fteHundredths: 50, funder: 'integration_ministry' },
    {
      hostType,
      category: 'teacher',
      fteHundredths: additionalTeachers ? 200 + more : 200,
      funder: 'school_ministry',
      source: additionalTeachers ? TEACHERS : TWO_TEACHERS,
      confidence: additionalTeachers ? 'derived' : 'assumed',
    },
  ];
}

const always = { validFrom: CalendarDate.of(2017, 1, 1), validTo: null } as const;

const version: Omit<GuidelineDraft, 'title' | 'legalInstrument' | 'validFrom' | 'validTo' | 'posts'> = {
  programme: 'KI',
  financingType: 'fixed_amount',
  financingTypeSource: `${AGENCY}: Festbetragsfinanzierung „bis zu“; Nr. 5.4.1.1 nennt zugleich die tatsächlichen Ausgaben als Bemessungsgrundlage`,
  financingTypeConfidence: 'verified',
  fundedShareHundredths: null,
  ...assumedProcedure,
  source: `${DECREE_2017}; ${AGENCY}`,
  confidence: 'derived',
  note: 'Festbetrag je Stelle, bemessen nach tatsächlichen Ausgaben: gekürzt wird erst, wenn diese unter dem Festbetrag liegen (angenommen).',
  rates: [
    {
      ...always,
      category: 'specialist',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: 100,
      inKind: false,
      source: AGENCY,
      confidence: 'verified',
    },
    {
      ...always,
      category: 'assistant',
      amount: Money.ofCents(2_000_000),
      perFteHundredths: 50,
      inKind: false,
      source: AGENCY,
      confidence: 'verified',
    },
    {
      ...always,
      category: 'teacher',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: 100,
      inKind: true,
      source: TWO_TEACHERS,
      confidence: 'derived',
    },
  ],
  materials: [
    {
      ...always,
      code: 'interpreter_pool',
      kind: 'ceiling',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: null,
      source: `${AGENCY}: bis zu 50.000 Euro für einen Pool von Dolmetscherinnen und Dolmetschern`,
      confidence: 'verified',
    },
  ],
  deadlines: [],
  provisions: generalProvisions('verified'),
};

/** From 2017 on more posts, and fewer for a city than for a Kreis; published in April, applied to the whole year. */
export const kiGuideline2017: GuidelineDraft = {
  ...version,
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2017',
  legalInstrument: 'Richtlinie vom 25.06.2012 in der Fassung vom 24.04.2017, MBl. NRW. 2017 Nr. 15',
  validFrom: CalendarDate.of(2017, 1, 1),
  validTo: CalendarDate.of(2018, 1, 1),
  posts: [...postsSince2017('kreis', true), ...postsSince2017('stadt', true)],
};

/** The guideline of 2018, while the additional teachers lasted. That it applied from January is assumed. */
export const kiGuideline2018: GuidelineDraft = {
  ...version,
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2018',
  legalInstrument: 'Richtlinie vom 27.03.2018, MBl. NRW. 2018 Nr. 9 S. 177, BASS 11-02 Nr. 10',
  validFrom: CalendarDate.of(2018, 1, 1),
  validTo: CalendarDate.of(2020, 1, 1),
  posts: [...postsSince2017('kreis', true), ...postsSince2017('stadt', true)],
};

/** The same guideline after the additional teachers' posts had ended. */
export const kiGuideline2020: GuidelineDraft = {
  ...version,
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2018, Stand 2020',
  legalInstrument: 'Richtlinie vom 27.03.2018, MBl. NRW. 2018 Nr. 9 S. 177, BASS 11-02 Nr. 10',
  validFrom: CalendarDate.of(2020, 1, 1),
  validTo: CalendarDate.of(2021, 1, 1),
  posts: [...postsSince2017('kreis', false), ...postsSince2017('stadt', false)],
  note: 'Eigene Fassung der Daten, weil die zusätzlichen Lehrerstellen bis Ende 2019 befristet waren; dass sie nicht verlängert wurden, ist angenommen.',
};
