import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type {
  Deadline,
  FundedPost,
  GuidelineDraft,
  HostType,
  PostCategory,
  Provision,
  StatedRate,
} from '../../programmes/guideline.rules.js';
import { ALWAYS, assumedProcedure, generalProvisions } from './guideline-procedure.js';

const AGENCY = 'bra.nrw.de, Kommunales Integrationsmanagement';
const COPY = 'Kopie der früheren Seite der Behörde auf ufaauto24.com (schwache Quelle)';
const HEINSBERG =
  'Kreis Heinsberg, Sitzungsvorlage: Weiterleitung in Höhe der tatsächlichen Personalkosten, höchstens 55.000 Euro je VZÄ';
const COESFELD = 'Kreis Coesfeld, Sitzungsvorlage 2023: 57.000 Euro je Stelle';
const NO_NUMBER =
  'Eine Zahl geförderter Stellen je Kommune wurde nicht gefunden; Kreis Coesfeld 2023: 3,5 + 0,5 und 12';
const NO_TEXT = 'Richtlinie vom 12.12.2024, MBl. NRW. Nr. 43: Beträge nicht gefunden';

const START = CalendarDate.of(2020, 11, 25);
const RISE = CalendarDate.of(2023, 1, 1);
const NEW = CalendarDate.of(2025, 1, 1);

function posts(...categories: readonly PostCategory[]): FundedPost[] {
  const hostTypes: readonly HostType[] = ['kreis', 'stadt'];
  return hostTypes.flatMap((hostType) =>
    categories.map((category) => ({
      hostType,
      category,
      fteHundredths: null,
      funder: 'integration_ministry' as const,
      source: NO_NUMBER,
      confidence: 'missing' as const,
    })),
  );
}

type Worth = Pick<StatedRate, 'amount' | 'confidence' | 'source' | 'validFrom' | 'validTo'>;
const specialist = (worth: Worth): StatedRate => ({
  ...{ category: 'specialist', perFteHundredths: 100, inKind: false },
  ...worth,
});
const assistant = (worth: Worth): StatedRate => ({
  ...{ category: 'assistant', perFteHundredths: 50, inKind: false },
  ...worth,
});
const early = { validFrom: START, validTo: RISE } as const;
const late = { validFrom: RISE, validTo: null } as const;
const missing = {
  amount: null,
  confidence: 'missing',
  source: NO_TEXT,
  validFrom: NEW,
  validTo: null,
} as const;

const noDoubleFunding: Provision = {
  ...{ ...ALWAYS, code: 'no_double_funding' },
  provision: '§ 9 Abs. 4 TIntG',
  textDe:
    'Dieselbe Maßnahme wird nicht zugleich aus Mitteln der EU, des Bundes, des Landes oder Dritter gefördert.',
  textEn:
    'The same measure is not funded at the same time by the EU, the federation, the Land or third parties.',
  source: 'Teilhabe- und Integrationsgesetz, § 9',
  confidence: 'verified',
};

const provisions = [noDoubleFunding, ...generalProvisions('assumed')];

const application = (deadline: Omit<Deadline, 'kind'>): Deadline => ({ kind: 'application', ...deadline });

const version = {
  financingTypeConfidence: 'assumed',
  fundedShareHundredths: null,
  ...assumedProcedure,
  confidence: 'derived',
  provisions,
} as const;

/** KIM: part 1 is granted on application, part 2 was an earmarked lump sum until 2024. Rates of posts only. */
export const kimGuidelines: readonly GuidelineDraft[] = [
  {
    ...version,
    programme: 'KIM_1',
    title: 'Kommunales Integrationsmanagement, Baustein 1, 2020 bis 2024',
    legalInstrument: 'Richtlinie vom 25.11.2020, MBl. NRW. 2020 Nr. 32',
    validFrom: START,
    validTo: NEW,
    financingType: 'full_funding',
    financingTypeSource: `${HEINSBERG}; die Richtlinie selbst wurde dazu nicht eingesehen, „bis zu“ als Höchstbetrag verstanden`,
    source: `recht.nrw.de, Titel und Anlagen; Sätze nach ${AGENCY} und ${COPY}`,
    note: 'Seit wann 57.000 statt 55.000 Euro gelten, wurde nicht gefunden; Januar 2023 angenommen.',
    posts: posts('specialist', 'assistant'),
    rates: [
      specialist({ ...early, amount: Money.ofCents(5_500_000), source: HEINSBERG, confidence: 'derived' }),
      specialist({ ...late, amount: Money.ofCents(5_700_000), source: AGENCY, confidence: 'verified' }),
      assistant({ ...early, amount: Money.ofCents(2_250_000), source: COPY, confidence: 'assumed' }),
      assistant({ ...late, amount: Money.ofCents(2_250_000), source: AGENCY, confidence: 'verified' }),
    ],
    materials: [
      {
        ...early,
        ...{ code: 'workplace', kind: 'ceiling', amount: Money.ofCents(970_000), perFteHundredths: 100 },
        ...{ source: COPY, confidence: 'assumed' },
      },
      {
        ...late,
        ...{ code: 'workplace', kind: 'ceiling', amount: Money.ofCents(570_000), perFteHundredths: 100 },
        ...{ source: AGENCY, confidence: 'verified' },
      },
    ],
    deadlines: [
      application({
        ...{ fundingYear: 2020, yearOffset: 0, month: 12, day: 28, source: COPY, confidence: 'assumed' },
      }),
      application({
        ...{ fundingYear: null, yearOffset: -1, month: 10, day: 30, source: COPY, confidence: 'assumed' },
      }),
    ],
  },
  {
    ...version,
    programme: 'KIM_1',
    title: 'Kommunales Integrationsmanagement, Baustein 1, seit 2025',
    legalInstrument: 'Richtlinie vom 12.12.2024, MBl. NRW. 2024 Nr. 43',
    validFrom: NEW,
    validTo: null,
    financingType: 'full_funding',
    financingTypeSource: NO_TEXT,
    source: 'recht.nrw.de, Titel und Anlagen der Richtlinie vom 12.12.2024',
    confidence: 'assumed',
    note: 'Alle Beträge dieser Fassung fehlen; nach ihr wird nichts berechnet.',
    posts: posts('specialist', 'assistant'),
    rates: [specialist(missing), assistant(missing)],
    materials: [{ ...missing, code: 'workplace', kind: 'ceiling', perFteHundredths: 100 }],
    deadlines: [
      application({
        ...{ fundingYear: 2025, yearOffset: 0, month: 1, day: 16, confidence: 'verified' },
        source: 'nordrhein-westfalen-foerdert.nrw, KIM 2025: Antragsfrist 19.12.2024 bis 16.01.2025',
      }),
    ],
  },
  {
    ...version,
    programme: 'KIM_2',
    title: 'Kommunales Integrationsmanagement, Baustein 2, 2020 bis 2024',
    legalInstrument:
      'Fachbezogene Pauschale nach dem Haushaltsgesetz (Baustein 2 der Richtlinie vom 25.11.2020)',
    validFrom: START,
    validTo: NEW,
    financingType: 'fixed_amount',
    financingTypeSource: `${COPY}: fachbezogene Pauschale ohne Antrag zu festen Terminen`,
    source: `${HEINSBERG}; ${COESFELD}`,
    note: 'Bis 2022 als fachbezogene Pauschale belegt, für 2023 und 2024 angenommen: keine Zuwendung, also kein Antrag und kein Bescheid.',
    posts: posts('specialist'),
    rates: [
      specialist({ ...early, amount: Money.ofCents(5_500_000), source: HEINSBERG, confidence: 'verified' }),
      specialist({ ...late, amount: Money.ofCents(5_700_000), source: COESFELD, confidence: 'verified' }),
    ],
    materials: [],
    deadlines: [],
  },
  {
    ...version,
    programme: 'KIM_2',
    title: 'Kommunales Integrationsmanagement, Baustein 2, seit 2025 auf Antrag',
    legalInstrument: 'Richtlinie vom 12.12.2024, MBl. NRW. 2024 Nr. 43',
    validFrom: NEW,
    validTo: null,
    financingType: 'full_funding',
    financingTypeSource: NO_TEXT,
    source: 'nordrhein-westfalen-foerdert.nrw, KIM 2025: Anträge für die Bausteine 1 und 2',
    confidence: 'assumed',
    note: 'Alle Beträge dieser Fassung fehlen; nach ihr wird nichts berechnet.',
    posts: posts('specialist'),
    rates: [specialist(missing)],
    materials: [],
    deadlines: [
      application({
        ...{ fundingYear: 2025, yearOffset: 0, month: 1, day: 16, confidence: 'verified' },
        source: 'nordrhein-westfalen-foerdert.nrw, KIM 2025: Antragsfrist 19.12.2024 bis 16.01.2025',
      }),
    ],
  },
];
