import { CalendarDate } from '../../kernel/calendar-date.js';
import type { Confidence } from '../../kernel/confidence.js';
import { Money } from '../../kernel/money.js';
import type { ChecklistItem, GuidelineDraft, Provision } from '../../programmes/guideline.rules.js';

const VVG_7_4 = 'VVG Nr. 7.4 zu § 44 LHO (Abdruck von 2012)';
const NOT_SEEN = 'In keiner eingesehenen Fassung gefunden';

type Procedure = Pick<
  GuidelineDraft,
  | 'shareRule'
  | 'shareRuleSource'
  | 'shareRuleConfidence'
  | 'rounding'
  | 'roundingSource'
  | 'roundingConfidence'
  | 'proofDueMonth'
  | 'proofDueDay'
  | 'proofDueMonths'
  | 'proofDueSource'
  | 'proofDueConfidence'
  | 'paymentDates'
  | 'checklist'
  | 'copyThresholds'
  | 'earlyStartBans'
>;

const LHO = 'Landeshaushaltsordnung NRW, Bekanntmachung der Neufassung vom 26.04.1999, §§ 23 und 44';
const VV_PART_ONE =
  'Finanzministerium NRW, Landeshaushaltsordnung, Abdruck Dezember 2012, VV zu § 44 LHO Teil I';

/**
 * What is asked of every application. No guideline's own list was seen: two questions rest on the budget code and its
 * rules, the others are those a grant cannot do without.
 */
const assumedChecklist: readonly ChecklistItem[] = [
  {
    code: 'state_interest',
    provision: '§§ 23, 44 LHO',
    textDe:
      'Das Land hat ein erhebliches Interesse, das ohne die Zuwendung nicht oder nicht so erreicht würde.',
    textEn: 'The state has a considerable interest that would not, or not as well, be met without the grant.',
    source: LHO,
    confidence: 'verified',
  },
  {
    code: 'not_begun',
    provision: 'VV zu § 44 LHO, Teil I',
    textDe: 'Das Vorhaben ist nicht begonnen, oder es kehrt jährlich unter gleichen Bedingungen wieder.',
    textEn: 'The project has not begun, or it recurs every year on unchanged conditions.',
    source: `${VV_PART_ONE}; dass es für Gemeinden ebenso gilt, ist abgeleitet`,
    confidence: 'derived',
  },
  {
    code: 'eligible_recipient',
    provision: 'Richtlinie, Zuwendungsempfänger',
    textDe: 'Antragsteller ist der Träger des Zentrums; das Zentrum besteht im Bewilligungszeitraum.',
    textEn: 'The applicant is the body behind the centre; the centre exists during the grant period.',
    source: `${NOT_SEEN}; angenommen`,
    confidence: 'assumed',
  },
  {
    code: 'posts_plausible',
    provision: 'Richtlinie, Stellen',
    textDe: 'Art, Umfang und Besetzung der beantragten Stellen sind nachvollziehbar.',
    textEn: 'Category, size and occupancy of the posts applied for are plausible.',
    source: `${NOT_SEEN}; angenommen`,
    confidence: 'assumed',
  },
  {
    code: 'financing_secured',
    provision: 'VVG zu § 44 LHO',
    textDe: 'Die Gesamtfinanzierung ist gesichert, andere Mittel sind angegeben.',
    textEn: 'The whole of the financing is secured, other money is stated.',
    source: `${NOT_SEEN}; angenommen`,
    confidence: 'assumed',
  },
];

/** The numbers on procedure of no guideline were seen, so every one of these is assumed, in each version. */
export const assumedProcedure: Procedure = {
  shareRule: 'actual_days',
  shareRuleSource: `${NOT_SEEN}; tagesgenau angenommen, ebenso möglich: Monate zu 30 Tagen, angefangene Monate`,
  shareRuleConfidence: 'assumed',
  rounding: 'half_away_from_zero',
  roundingSource: `${NOT_SEEN}; kaufmännisch auf Cent, einmal je Bescheid, Jahr und Quelle, angenommen`,
  roundingConfidence: 'assumed',
  proofDueMonth: 3,
  proofDueDay: 31,
  proofDueMonths: 3,
  proofDueSource: `${NOT_SEEN}; ANBest-G Nr. 7.1 nennt nur die Frist für Investitionen; 31. März, bei später Bewilligung drei Monate nach Freigabe, angenommen`,
  proofDueConfidence: 'assumed',
  paymentDates: [
    { month: 5, day: 1, cumulativeHundredths: 5000, basis: VVG_7_4, confidence: 'assumed' },
    { month: 10, day: 1, cumulativeHundredths: 10_000, basis: VVG_7_4, confidence: 'assumed' },
  ],
  checklist: assumedChecklist,
  // Later decrees may have changed or ended it: none was seen.
  copyThresholds: [
    {
      thresholdCents: Money.ofCents(5_000_000),
      source:
        'VVG zu § 44 LHO (Abdruck von 2012): Abdruck von Bescheid und Antrag an den Landesrechnungshof über 50.000 EUR, soweit nicht darauf verzichtet ist; Fortgeltung angenommen',
      confidence: 'assumed',
      validFrom: CalendarDate.of(2012, 1, 1),
      validTo: null,
    },
  ],
  // Base funding recurs every year, and the years before the first one played are not in the books, so that no centre
  // could be shown to carry on: the prohibition is not stated.
  earlyStartBans: [],
};

const PRINT = 'Finanzministerium NRW, Landeshaushaltsordnung, Abdruck Dezember 2012';

/** No day is known on which one of them began to apply; the rules they stand in did before 2012. */
export const ALWAYS = { reach: 'general', validFrom: CalendarDate.of(2012, 1, 1), validTo: null } as const;

/**
 * The general ancillary provisions for municipalities. They were read in the print of 2012; that text was replaced in
 * 2020 and 2022, so for later versions it is only assumed that they stayed.
 */
export function generalProvisions(read: Confidence): Provision[] {
  const source = read === 'assumed' ? `${PRINT}; 2020 und 2022 neu gefasst, Fortgeltung angenommen` : PRINT;
  return [
    {
      ...{ ...ALWAYS, code: 'anbest_g' },
      provision: 'VVG Nr. 5.1 zu § 44 LHO',
      textDe:
        'Die ANBest-G sind unverändert Bestandteil des Bescheids; besondere Nebenbestimmungen sind zulässig.',
      textEn: 'The ANBest-G are part of the notice unchanged; special ancillary provisions are allowed.',
      source,
      confidence: read,
    },
    {
      ...{ ...ALWAYS, code: 'payment_when_final' },
      provision: 'VVG Nr. 7 zu § 44 LHO',
      textDe:
        'Ausgezahlt wird erst nach Bestandskraft und nur, soweit die Mittel innerhalb von zwei Monaten für fällige Zahlungen gebraucht werden.',
      textEn:
        'Money is paid only once the notice is final, and only as far as it is needed for payments due within two months.',
      source,
      confidence: read,
    },
    {
      ...{ ...ALWAYS, code: 'proof_of_use' },
      provision: 'ANBest-G Nr. 7',
      textDe:
        'Der Verwendungsnachweis besteht aus Sachbericht und Zahlen in der Gliederung des Finanzierungsplans; alle Einnahmen und Ausgaben werden angegeben.',
      textEn:
        'Proof of use consists of a report and figures in the structure of the financing plan; all income and expenditure is stated.',
      source,
      confidence: read,
    },
    {
      ...{ ...ALWAYS, code: 'vouchers_kept' },
      provision: 'ANBest-G Nr. 7, Aufbewahrung',
      textDe: 'Belege sind fünf Jahre nach Vorlage des Verwendungsnachweises aufzubewahren.',
      textEn: 'Vouchers are kept for five years after the proof of use was submitted.',
      source,
      confidence: read,
    },
    {
      ...{ ...ALWAYS, code: 'duty_to_notify' },
      provision: 'ANBest-G, Mitteilungspflichten',
      textDe:
        'Weitere Zuwendungen, Änderungen des Zwecks und nicht fristgerecht verbrauchte Mittel sind unverzüglich mitzuteilen.',
      textEn: 'Further grants, changes of purpose and money not used in time are reported without delay.',
      source: 'Fachwissen, Wortlaut nicht eingesehen',
      confidence: 'assumed',
    },
  ];
}
