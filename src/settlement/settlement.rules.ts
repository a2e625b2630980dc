import { isAtWork, type Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { PersonId } from '../kernel/ids.js';
import type { Lifecycle } from '../kernel/lifecycle.js';
import { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import type { FinancingType } from '../programmes/guideline.rules.js';
import { judgePostMonths } from './post-months.rules.js';
import { itemWords, type SettlementItemFacts } from './settlement-item.rules.js';

export type SettlementState = 'due' | 'submitted' | 'in_check' | 'queried' | 'examined' | 'accepted';

/**
 * A settlement report: filled in by the recipient, checked, examined, accepted by another person. Until then it can
 * go back into examination, and a query hands it back to the recipient.
 */
export const settlementLifecycle: Lifecycle<SettlementState> = {
  due: ['submitted'],
  submitted: ['in_check', 'queried'],
  in_check: ['queried', 'examined'],
  queried: ['submitted'],
  examined: ['in_check', 'queried', 'accepted'],
  accepted: [],
};

/**
 * What an examination ends in: the grant stays. To reduce or to revoke it takes a decision of its own, with a claim
 * that follows from it; as long as there is none, an examination cannot say so.
 */
export const consequences = ['grant_kept'] as const;
export type Consequence = (typeof consequences)[number];

/** What the authority notes on a report: found complete, handed back with a query, examined. */
export const noteKinds = ['complete', 'query', 'examination'] as const;
export type NoteKind = (typeof noteKinds)[number];

const PROOF = 'Nr. 7 ANBest-G';
const EXAMINATION = 'Nr. 11 VVG zu § 44 LHO';

/** The report lies with the recipient and may be written. */
export function isWithRecipient(state: SettlementState): boolean {
  return state === 'due' || state === 'queried';
}

/** Due and not there. A report that came and was sent back with a query did arrive. */
export function isOverdue(
  { state, dueOn }: { readonly state: SettlementState; readonly dueOn: CalendarDate },
  today: CalendarDate,
): boolean {
  return state === 'due' && dueOn.isBefore(today);
}

/** What a report says beside its figures. */
export interface ReportText {
  readonly narrative: string | null;
  readonly postMonthsHundredths: number | null;
  readonly auditOfficeCertified: boolean;
  readonly confirmed: boolean;
}

export interface ReportFacts {
  readonly text: ReportText;
  readonly items: readonly SettlementItemFacts[];
  /** What the cash office paid for this decision and year. */
  readonly paid: Money;
  /** Posts the decision grants, in hundredths of a full-time equivalent; null where it grants no posts. */
  readonly grantedFteHundredths: number | null;
}

/** Everything that keeps a report from being complete, in one notice. */
export function judgeSubmission(report: ReportFacts): Violation[] {
  const { text } = report;
  const violations: Violation[] = [];
  const missing = (code: string, field: keyof ReportText, detail: Text, basis = PROOF) =>
    violations.push(violation(code, basis, detail, `/${field}`));
  if (text.narrative === null) {
    missing('narrative-missing', 'narrative', {
      de: 'Der Sachbericht fehlt.',
      en: 'The narrative report is missing.',
    });
  }
  if (text.postMonthsHundredths === null) {
    missing('post-months-missing', 'postMonthsHundredths', {
      de: 'Die besetzten Stellenmonate fehlen.',
      en: 'The post months that were filled are missing.',
    });
  }
  violations.push(
    ...judgePostMonths(text.postMonthsHundredths, report.grantedFteHundredths),
    ...missingFigures(report.items),
    ...unfinanced(report.items),
    ...stateIncomeDiffers(report),
  );
  if (!text.auditOfficeCertified) {
    const certificate = {
      de: 'Die Bescheinigung der örtlichen Rechnungsprüfung fehlt.',
      en: 'The certificate of the local audit office is missing.',
    };
    missing('audit-office-missing', 'auditOfficeCertified', certificate, 'Nr. 8.2 ANBest-I (entsprechend)');
  }
  if (!text.confirmed) {
    missing('not-confirmed', 'confirmed', {
      de: 'Die Bestätigung fehlt, dass die Ausgaben notwendig waren und die Angaben mit den Büchern übereinstimmen.',
      en: 'The confirmation is missing that the expenditure was necessary and the figures agree with the books.',
    });
  }
  return violations;
}

function missingFigures(items: readonly SettlementItemFacts[]): Violation[] {
  return items.flatMap((item, index) => {
    const { de, en } = itemWords(item);
    const found: Violation[] = [];
    if (item.settled === null) {
      const detail = {
        de: `Der abgerechnete Betrag fehlt: ${de}.`,
        en: `The settled amount is missing: ${en}.`,
      };
      found.push(violation('figure-missing', PROOF, detail, `/items/${index}/settledCents`));
    }
    if (item.kind === 'expenditure' && item.eligible === null) {
      const detail = {
        de: `Der zuwendungsfähige Teil fehlt: ${de}.`,
        en: `The eligible part is missing: ${en}.`,
      };
      found.push(violation('eligible-missing', PROOF, detail, `/items/${index}/eligibleCents`));
    }
    return found;
  });
}

/** Every euro spent came from somewhere; more income than expenditure is possible and shows. */
function unfinanced(items: readonly SettlementItemFacts[]): Violation[] {
  if (items.some(({ settled }) => settled === null)) {
    return [];
  }
  const income = cashOf(items, 'income', 'settled');
  const expenditure = cashOf(items, 'expenditure', 'settled');
  return expenditure.compare(income) <= 0
    ? []
    : [
        violation('expenditure-not-financed', PROOF, {
          de: `Ausgaben von ${expenditure.format('de')} stehen Einnahmen von nur ${income.format('de')} gegenüber; der Eigenanteil gehört zu den Einnahmen.`,
          en: `Expenditure of ${expenditure.format('en')} faces income of only ${income.format('en')}; the recipient's own share is income too.`,
        }),
      ];
}

function stateIncomeDiffers({ items, paid }: Pick<ReportFacts, 'items' | 'paid'>): Violation[] {
  const stated = items.find(
    ({ kind, category }) => kind === 'income' && category === 'state_integration',
  )?.settled;
  return stated === undefined || stated === null || stated.equals(paid)
    ? []
    : [
        violation('state-income-differs', PROOF, {
          de: `Angegeben sind ${stated.format('de')} Landesmittel, ausgezahlt wurden ${paid.format('de')}.`,
          en: `${stated.format('en')} of state money is stated, ${paid.format('en')} was paid.`,
        }),
      ];
}

/** Sum of the money in a column of the report; seconded staff is no money. */
export function cashOf(
  items: readonly SettlementItemFacts[],
  kind: SettlementItemFacts['kind'],
  column: 'settled' | 'eligible',
): Money {
  return Money.sum(
    items.filter((item) => item.kind === kind && !item.inKind).map((item) => item[column] ?? Money.zero),
  );
}

type Acting = Pick<Actor, 'personId' | 'onBehalfOf'>;

/** Whoever submitted the report does not examine it. */
export function judgeExaminer(
  report: { readonly submittedBy: PersonId | null },
  acting: Acting,
): Violation[] {
  return isAtWork(report.submittedBy, acting)
    ? [
        violation('four-eyes', EXAMINATION, {
          de: 'Wer den Verwendungsnachweis eingereicht hat, prüft ihn nicht.',
          en: 'Whoever submitted the settlement report does not examine it.',
        }),
      ]
    : [];
}

/** Whoever sends an examined report back into examination tells the examiner why. */
export function judgeCheck(state: SettlementState, note: string | null): Violation[] {
  return state !== 'examined' || note !== null
    ? []
    : [
        violation(
          'return-needs-note',
          EXAMINATION,
          {
            de: 'Wer einen geprüften Nachweis in die Prüfung zurückgibt, nennt den Grund.',
            en: 'Whoever sends an examined report back into examination gives the reason.',
          },
          '/note',
        ),
      ];
}

/** The figures of a report beside what was granted and paid. */
export interface GrantFacts extends Pick<ReportFacts, 'items' | 'paid'> {
  /** State money the decision granted for the year. */
  readonly granted: Money;
  readonly financingType: FinancingType;
}

/**
 * Every objection to an examination note that keeps the whole grant. Judged when the note is written: one that could
 * not be accepted would only stand in the way.
 */
export function judgeExamination(
  report: GrantFacts & { readonly submittedBy: PersonId | null },
  note: { readonly purposeReached: boolean },
  acting: Acting,
): Violation[] {
  return [
    ...judgeExaminer(report, acting),
    ...(note.purposeReached ? [] : [PURPOSE_NOT_REACHED]),
    ...grantNotKept(report),
  ];
}

/** What follows where the grant does not stay whole; what this version cannot do yet, is said. */
const OWN_DECISION: Text = {
  de: 'Kürzung und Widerruf (§ 49 Abs. 3 VwVfG NRW) sind eigene Bescheide nach Anhörung (decision.openHearing, decision.revoke); so lange bleibt der Nachweis in Prüfung. Sind Angaben zu berichtigen, geht er mit einer Rückfrage zurück (settlement.query).',
  en: 'A reduction or revocation (section 49 (3) VwVfG NRW) is a decision of its own after a hearing (decision.openHearing, decision.revoke); until then the report stays in check. Where figures need correcting, a query hands it back (settlement.query).',
};

const PURPOSE_NOT_REACHED = violation(
  'purpose-not-reached',
  EXAMINATION,
  {
    de: `Wo der Zuwendungszweck verfehlt ist, bleibt die Zuwendung nicht. ${OWN_DECISION.de}`,
    en: `Where the purpose was missed the grant is not kept. ${OWN_DECISION.en}`,
  },
  '/purposeReached',
);

export interface ExaminedFacts extends GrantFacts {
  readonly examined: {
    readonly submittedBy: PersonId | null;
    readonly examinedBy: PersonId | null;
  };
  /** Drawdowns that still run: requested, certified, or ordered and not yet paid. */
  readonly openDrawdowns: number;
}

/**
 * What remains of a fixed amount: all of it while eligible expenditure reaches it, otherwise the expenditure
 * (`assumed`, Nr. 2 ANBest-G not seen in full).
 */
export function keptOfFixedAmount(granted: Money, eligible: Money): Money {
  return Money.min(granted, eligible);
}

/** Every objection to accepting the report with the whole grant kept. */
export function judgeAcceptance(report: ExaminedFacts, acting: Acting): Violation[] {
  const { examined } = report;
  const violations: Violation[] = [];
  const objection = (code: string, basis: string | null, detail: Text) =>
    violations.push(violation(code, basis, detail));
  if (isAtWork(examined.examinedBy, acting) || isAtWork(examined.submittedBy, acting)) {
    objection('four-eyes', EXAMINATION, {
      de: 'Wer den Verwendungsnachweis geprüft oder eingereicht hat, nimmt ihn nicht ab.',
      en: 'Whoever examined or submitted the settlement report does not accept it.',
    });
  }
  if (report.openDrawdowns > 0) {
    objection('drawdowns-open', null, {
      de: 'Es laufen noch Mittelabrufe; erst müssen sie ausgezahlt oder erledigt sein.',
      en: 'Drawdowns are still running; they must be paid or ended first.',
    });
  }
  return [...violations, ...grantNotKept(report)];
}

/** Why the figures do not bear the whole grant, or are no longer those of the books. */
function grantNotKept(report: GrantFacts): Violation[] {
  return [...stateIncomeDiffers(report), ...paidAboveGrant(report), ...grantNotReached(report)];
}

/** What was paid and taken back since is owed to the state: settled, the claim would be lost. */
function paidAboveGrant({ granted, paid }: GrantFacts): Violation[] {
  if (paid.compare(granted) <= 0) return [];
  const owed = paid.minus(granted);
  return [
    violation('repayment-open', '§ 49a Abs. 1 VwVfG NRW', {
      de: `Ausgezahlt sind ${paid.format('de')}, bewilligt nur noch ${granted.format('de')}: ${owed.format('de')} sind zu erstatten. Die Rückforderung kennt diese Fassung noch nicht; der Nachweis bleibt in Prüfung.`,
      en: `${paid.format('en')} was paid, only ${granted.format('en')} is still granted: ${owed.format('en')} is to be repaid. This version does not know the recovery yet; the report stays in check.`,
    }),
  ];
}

function grantNotReached({ financingType, granted, items }: GrantFacts): Violation[] {
  if (financingType !== 'fixed_amount') {
    return [
      violation('financing-type-not-settled', null, {
        de: `Die Abrechnung der Finanzierungsart „${financingType}“ ist noch nicht hinterlegt.`,
        en: `The settlement of the financing type "${financingType}" is not laid down yet.`,
      }),
    ];
  }
  const eligible = cashOf(items, 'expenditure', 'eligible');
  const kept = keptOfFixedAmount(granted, eligible);
  if (kept.equals(granted)) {
    return [];
  }
  return [
    violation('eligible-below-grant', 'Nr. 2 ANBest-G', {
      de: `Zuwendungsfähig sind ${eligible.format('de')}, bewilligt ${granted.format('de')}: die Zuwendung ermäßigt sich um ${granted.minus(kept).format('de')}. ${OWN_DECISION.de}`,
      en: `${eligible.format('en')} is eligible, ${granted.format('en')} was granted: the grant falls by ${granted.minus(kept).format('en')}. ${OWN_DECISION.en}`,
    }),
  ];
}
