import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { GuidelineDraft, HostType } from '../../programmes/guideline.rules.js';
import { assumedProcedure, generalProvisions } from './guideline-procedure.js';
import { postsSince2017 } from './ki-guideline-2017.js';

const DECREE_2020 =
  'Änderungserlass vom 30.10.2020, MBl. NRW. 2020 S. 769, BASS 19311: Nr. 5.2 Vollfinanzierung statt Festbetragsfinanzierung, „Höchstbetrag der Vollfinanzierung“';
const AGENCY = 'pufii.de, Link 2012 (Bezirksregierung Arnsberg, ohne Datum, 2022 oder später)';
const TEACHERS =
  'Pressemitteilungen des Landes: zwei Lehrerstellen zu je rund 50.000 Euro; Fortgeltung angenommen';
const CONTRADICTION =
  'Widerspruch der Quellen: Der Erlass vom 30.10.2020 stellt auf Vollfinanzierung mit Höchstbetrag um, die Seite der Bewilligungsbehörde schreibt zu 57.000 Euro weiter „Festbetrag bis zu“. Gerechnet wird nach dem Erlass, Stelle für Stelle das Kleinere von Ausgaben und Höchstbetrag (angenommen).';

const posts = (['kreis', 'stadt'] as const satisfies readonly HostType[]).flatMap((hostType) =>
  postsSince2017(hostType, false),
);

/** Full funding with a ceiling per post; first applied to the budget year 2021 (assumed). */
export const kiGuideline2021: GuidelineDraft = {
  programme: 'KI',
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2020',
  legalInstrument: 'Richtlinie vom 27.03.2018 in der Fassung vom 30.10.2020, MBl. NRW. 2020 S. 769',
  validFrom: CalendarDate.of(2021, 1, 1),
  validTo: CalendarDate.of(2023, 1, 1),
  financingType: 'full_funding',
  financingTypeSource: DECREE_2020,
  financingTypeConfidence: 'verified',
  fundedShareHundredths: null,
  ...assumedProcedure,
  source: `${DECREE_2020}; Anwendung ab dem Haushaltsjahr 2021 angenommen`,
  confidence: 'derived',
  note: `${CONTRADICTION} Ab wann 57.000 Euro galten (2022 oder 2023) und durch welchen Rechtsakt, wurde nicht gefunden; bis Ende 2022 sind 55.000 Euro angesetzt.`,
  posts,
  rates: rates({ specialist: 5_500_000, source: DECREE_2020, from: CalendarDate.of(2021, 1, 1) }),
  materials: [
    {
      code: 'interpreter_pool',
      kind: 'ceiling',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: null,
      source: 'Wie bis 2020; im Erlass vom 30.10.2020 nicht erwähnt, Fortgeltung angenommen',
      confidence: 'assumed',
      validFrom: CalendarDate.of(2021, 1, 1),
      validTo: null,
    },
  ],
  deadlines: [],
  provisions: generalProvisions('assumed'),
};

/** The new text of 2023, which took in KOMM-AN. Its amounts come from the agency's page, its start is assumed. */
export const kiGuideline2023: GuidelineDraft = {
  ...kiGuideline2021,
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2023',
  legalInstrument: 'Richtlinie vom 10.03.2023, MBl. NRW. 2023 S. 225, BASS 19829',
  validFrom: CalendarDate.of(2023, 1, 1),
  validTo: CalendarDate.of(2025, 1, 1),
  financingTypeSource: `${DECREE_2020}; Nr. 5.2 der Neufassung nicht eingesehen; die Seite der Behörde schreibt „Festbetrag bis zu“`,
  financingTypeConfidence: 'assumed',
  source: `${AGENCY}; Neufassung in BASS 19829 eingesehen bis zu den ersten Nummern; Anwendung ab Januar 2023 angenommen`,
  note: `${CONTRADICTION} Der Rechtsakt, der 57.000 Euro einführte, wurde nicht gefunden (2022 oder 2023).`,
  rates: rates({ specialist: 5_700_000, source: AGENCY, from: CalendarDate.of(2023, 1, 1) }),
  materials: [
    {
      code: 'interpreter_pool',
      kind: 'ceiling',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: null,
      source: `${AGENCY}: bis zu 50.000 Euro für einen Laiensprachmittlerpool; schriftliches Konzept nötig (Erlass vom 19.12.2022, BASS 19760)`,
      confidence: 'verified',
      validFrom: CalendarDate.of(2023, 1, 1),
      validTo: null,
    },
  ],
};

function rates({
  specialist,
  source,
  from,
}: {
  specialist: number;
  source: string;
  from: CalendarDate;
}): GuidelineDraft['rates'] {
  const always = { validFrom: from, validTo: null } as const;
  return [
    {
      ...always,
      category: 'specialist',
      amount: Money.ofCents(specialist),
      perFteHundredths: 100,
      inKind: false,
      source,
      confidence: 'verified',
    },
    {
      ...always,
      category: 'assistant',
      amount: Money.ofCents(2_250_000),
      perFteHundredths: 50,
      inKind: false,
      source,
      confidence: 'verified',
    },
    {
      ...always,
      category: 'teacher',
      amount: Money.ofCents(5_000_000),
      perFteHundredths: 100,
      inKind: true,
      source: TEACHERS,
      confidence: 'assumed',
    },
  ];
}
