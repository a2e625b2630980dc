import { CalendarDate } from '../../kernel/calendar-date.js';
import type { FundedPost, GuidelineDraft, HostType, PostCategory } from '../../programmes/guideline.rules.js';
import { ALWAYS, assumedProcedure, generalProvisions } from './guideline-procedure.js';

const SEEN = 'Richtlinie vom 03.04.2025, BASS 20166, eingesehen bis zu den ersten Nummern';
const NOT_FOUND = `${SEEN}; Stellenzahl und Beträge nicht gefunden`;
const PORTAL = 'nordrhein-westfalen-foerdert.nrw, Förderung Kommunaler Integrationszentren 2026';

const FROM = CalendarDate.of(2025, 1, 1);
const categories: readonly PostCategory[] = ['specialist', 'assistant', 'teacher'];

function posts(hostType: HostType): FundedPost[] {
  return categories.map((category) => ({
    hostType,
    category,
    fteHundredths: null,
    funder: category === 'teacher' ? 'school_ministry' : 'integration_ministry',
    source: NOT_FOUND,
    confidence: 'missing',
  }));
}

/** The guideline of 2025 exists; its amounts were looked for and not found, so nothing can be computed under it. */
export const kiGuideline2025: GuidelineDraft = {
  programme: 'KI',
  title: 'Förderung Kommunaler Integrationszentren, Fassung 2025',
  legalInstrument: 'Richtlinie vom 03.04.2025, BASS 11-02 Nr. 10',
  validFrom: FROM,
  validTo: null,
  financingType: 'full_funding',
  financingTypeSource:
    'funding-finder.org: „Projektförderung mit Voll- oder Festbetragsfinanzierung“; der Wortlaut fehlt',
  financingTypeConfidence: 'assumed',
  fundedShareHundredths: null,
  ...assumedProcedure,
  source: `${SEEN}; Anwendung ab Januar 2025 angenommen`,
  confidence: 'assumed',
  note: 'Alle Beträge dieser Fassung fehlen. Ob Voll- oder Festbetragsfinanzierung gilt, ist offen. Bis die Beträge in einer neuen Fassung stehen, wird nach ihr nichts berechnet.',
  posts: [...posts('kreis'), ...posts('stadt')],
  rates: categories.map((category) => ({
    category,
    amount: null,
    perFteHundredths: category === 'assistant' ? 50 : 100,
    inKind: category === 'teacher',
    source: NOT_FOUND,
    confidence: 'missing',
    validFrom: FROM,
    validTo: null,
  })),
  materials: [
    {
      code: 'interpreter_pool',
      kind: 'ceiling',
      amount: null,
      perFteHundredths: null,
      source: NOT_FOUND,
      confidence: 'missing',
      validFrom: FROM,
      validTo: null,
    },
  ],
  deadlines: [
    {
      kind: 'application',
      fundingYear: 2026,
      yearOffset: -1,
      month: 10,
      day: 31,
      source: `${PORTAL}: Antragsfrist 17.04.2025 bis 31.10.2025`,
      confidence: 'verified',
    },
  ],
  provisions: [
    {
      ...{ ...ALWAYS, code: 'independent_centre' },
      provision: 'Fördervoraussetzungen 2026',
      textDe:
        'Das Zentrum ist innerhalb der Verwaltung eigenständig; ein vom Rat oder Kreistag beschlossenes Integrationskonzept liegt vor; Schwerpunkte werden in einem Zyklus von zwei Jahren festgelegt; die Kommune trägt Verwaltungskosten und Material.',
      textEn:
        'The centre is independent within the administration; an integration concept adopted by the council exists; priorities are set in a two-year cycle; the municipality bears administrative costs and material.',
      source: PORTAL,
      confidence: 'verified',
    },
    ...generalProvisions('assumed'),
  ],
};
