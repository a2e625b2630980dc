import { isAtWork, type Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { PersonId } from '../kernel/ids.js';
import { mayBecome, type Lifecycle } from '../kernel/lifecycle.js';
import { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import type { FinancingType } from '../programmes/guideline.rules.js';
import { itemWords, type SettlementItemFacts } from './settlement-item.rules.js';

export type SettlementState =
  'due' | 'submitted' | 'in_check' | 'queried' | 'examined' | 'accepted' | 'reduced';

/** A settlement report: filled in by the recipient, checked, examined, accepted by another person; a query hands it back. */
export const settlementLifecycle: Lifecycle<SettlementState> = {
  due: ['submitted'],
  submitted: ['in_check', 'queried'],
  in_check: ['queried', 'examined'],
  queried: ['submitted'],
  examined: ['accepted', 'reduced'],
  accepted: [],
  reduced: [],
};

/** What an examination ends in: the grant stays, is reduced, or is revoked. */
export const consequences = ['grant_kept', 'reduction', 'revocation'] as const;
export type Consequence = (typeof consequences)[number];

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
}

/** Everything that keeps a report from being complete, in one notice. */
export function judgeSubmission(report: ReportFacts): Violation[] {
  const { text } = report;
  const violations: Violation[] = [];
  const missing = (code: string, basis: string, detail: Text) =>
    violations.push(violation(code, basis, detail));
  if (text.narrative === null) {
    missing('narrative-missing', PROOF, {
      de: 'Der Sachbericht fehlt.',
      en: 'The narrative report is missing.',
    });
  }
  if (text.postMonthsHundredths === null) {
    missing('post-months-missing', PROOF, {
      de: 'Die besetzten Stellenmonate fehlen.',
      en: 'The post months that were filled are missing.',
    });
  }
  violations.push(
    ...missingFigures(report.items),
    ...unfinanced(report.items),
    ...stateIncomeDiffers(report),
  );
  if (!text.auditOfficeCertified) {
    missing('audit-office-missing', 'Nr. 8.2 ANBest-I (entsprechend)', {
      de: 'Die Bescheinigung der örtlichen Rechnungsprüfung fehlt.',
      en: 'The certificate of the local audit office is missing.',
    });
  }
  if (!text.confirmed) {
    missing('not-confirmed', PROOF, {
      de: 'Die Bestätigung fehlt, dass die Ausgaben notwendig waren und die Angaben mit den Büchern übereinstimmen.',
      en: 'The confirmation is missing that the expenditure was necessary and the figures agree with the books.',
    });
  }
  return violations;
}

function missingFigures(items: readonly SettlementItemFacts[]): Violation[] {
  return items.flatMap((item) => {
    const { de, en } = itemWords(item);
    if (item.settled === null) {
      return [
        violation('figure-missing', PROOF, {
          de: `Der abgerechnete Betrag fehlt: ${de}.`,
          en: `The settled amount is missing: ${en}.`,
        }),
      ];
    }
    return item.kind === 'expenditure' && item.eligible === null
      ? [
          violation('eligible-missing', PROOF, {
            de: `Der zuwendungsfähige Teil fehlt: ${de}.`,
            en: `The eligible part is missing: ${en}.`,
          }),
        ]
      : [];
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

function stateIncomeDiffers({ items, paid }: ReportFacts): Violation[] {
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

/** Whoever hands a report back says what is missing. */
export function judgeCheck(complete: boolean, note: string | null): Violation[] {
  return complete || note !== null
    ? []
    : [
        violation(
          'query-needs-note',
          EXAMINATION,
          { de: 'Eine Rückfrage nennt, was fehlt.', en: 'A query says what is missing.' },
          '/note',
        ),
      ];
}

export interface ExaminedFacts {
  readonly examined: {
    readonly submittedBy: PersonId | null;
    readonly examinedBy: PersonId | null;
    readonly purposeReached: boolean | null;
    readonly consequence: Consequence | null;
  };
  readonly items: readonly SettlementItemFacts[];
  /** State money the decision granted for the year. */
  readonly granted: Money;
  readonly financingType: FinancingType;
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
  if (examined.purposeReached !== true || examined.consequence !== 'grant_kept') {
    objection('examination-against-acceptance', EXAMINATION, {
      de: 'Nach dem Prüfungsvermerk bleibt die Zuwendung nicht in voller Höhe; sie zu kürzen oder zu widerrufen ist ein eigener Bescheid.',
      en: 'By the examination note the grant does not stay whole; to reduce or revoke it takes a decision of its own.',
    });
  }
  if (report.openDrawdowns > 0) {
    objection('drawdowns-open', null, {
      de: 'Es laufen noch Mittelabrufe; erst müssen sie ausgezahlt oder erledigt sein.',
      en: 'Drawdowns are still running; they must be paid or ended first.',
    });
  }
  return [...violations, ...grantNotReached(report)];
}

function grantNotReached({ financingType, granted, items }: ExaminedFacts): Violation[] {
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
      de: `Zuwendungsfähig sind ${eligible.format('de')}, bewilligt ${granted.format('de')}: die Zuwendung ermäßigt sich um ${granted.minus(kept).format('de')}. Das ist eine Kürzung, keine Abnahme.`,
      en: `${eligible.format('en')} is eligible, ${granted.format('en')} was granted: the grant falls by ${granted.minus(kept).format('en')}. That is a reduction, not an acceptance.`,
    }),
  ];
}

/** Why the report cannot take this step; null when it can. */
export function settlementHindrance(from: SettlementState, to: SettlementState): Text | null {
  return mayBecome(settlementLifecycle, from, to)
    ? null
    : {
        de: `Der Verwendungsnachweis ist ${stateWords[from].de} und kann nicht ${stateWords[to].de} werden.`,
        en: `The settlement report is ${stateWords[from].en} and cannot be ${stateWords[to].en}.`,
      };
}

const stateWords: Readonly<Record<SettlementState, Text>> = {
  due: { de: 'noch nicht eingereicht', en: 'due' },
  submitted: { de: 'eingereicht', en: 'submitted' },
  in_check: { de: 'in Prüfung', en: 'in check' },
  queried: { de: 'mit Rückfrage zurückgegeben', en: 'queried' },
  examined: { de: 'geprüft', en: 'examined' },
  accepted: { de: 'abgenommen', en: 'accepted' },
  reduced: { de: 'mit Kürzung abgeschlossen', en: 'reduced' },
};
