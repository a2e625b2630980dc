import type { CalendarDate } from '../kernel/calendar-date.js';
import type { BudgetLineId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { accountKey } from '../ledger/chart.rules.js';
import { step, stepBetween, type Posting } from '../ledger/posting.rules.js';
import type { ProposalWords } from './proposal.rules.js';

/** What parliament gives, and every later change of it: each is a row of its own, never an edit of another. */
export const appropriationKinds = [
  'initial',
  'supplement',
  'reduction',
  'block',
  'unblock',
  'virement',
  'carry_over',
] as const;
export type AppropriationKind = (typeof appropriationKinds)[number];

/** How each is spoken of. */
export const appropriationNames: Readonly<Record<AppropriationKind, Text>> = {
  initial: { de: 'Der Ansatz', en: 'The appropriation' },
  supplement: { de: 'Der Nachtrag', en: 'The supplement' },
  reduction: { de: 'Die Kürzung', en: 'The reduction' },
  block: { de: 'Die Sperre', en: 'The block' },
  unblock: { de: 'Die Freigabe der Sperre', en: 'The unblocking' },
  virement: { de: 'Die Umschichtung', en: 'The virement' },
  carry_over: { de: 'Die Übertragung des Ausgaberests', en: 'The carry-over' },
};

export const appropriationWords: ProposalWords = {
  noun: 'appropriation',
  instead: {
    de: 'Was freigegeben ist, ändert nur ein neuer Eintrag, etwa eine Kürzung oder Sperre (appropriation.propose).',
    en: 'What is released is changed by a new entry only, a reduction or a block for instance (appropriation.propose).',
  },
};

/** Consents are the finance ministry's, by their reference. What a kind does not need is null. */
export interface AppropriationFacts {
  readonly kind: AppropriationKind;
  readonly lineId: BudgetLineId;
  readonly fundingYear: number;
  readonly amount: Money;
  /** Of a virement: the line that gives. */
  readonly fromLineId: BudgetLineId | null;
  /** Of a carry-over: the year whose remainder is used. */
  readonly fromYear: number | null;
  readonly consentToForm: string | null;
  readonly consentToUse: string | null;
  /** Of a carry-over: where in the year's budget the money comes from. */
  readonly cover: string | null;
}

type Extra = 'fromLineId' | 'fromYear' | 'consentToForm' | 'consentToUse' | 'cover';

/** What a kind needs beside line, year and amount, and the provision it rests on. */
const needs: Readonly<
  Record<AppropriationKind, { readonly basis: string; readonly extras: readonly Extra[] }>
> = {
  initial: { basis: '§ 11 LHO NRW', extras: [] },
  supplement: { basis: '§ 33 LHO NRW', extras: [] },
  reduction: { basis: '§ 33 LHO NRW', extras: [] },
  block: { basis: '§ 41 LHO NRW', extras: [] },
  unblock: { basis: '§ 36 LHO NRW', extras: ['consentToUse'] },
  virement: { basis: '§ 46 LHO NRW', extras: ['fromLineId', 'consentToUse'] },
  carry_over: {
    basis: '§ 45 LHO NRW',
    extras: ['fromYear', 'consentToForm', 'consentToUse', 'cover'],
  },
};

const names: Readonly<Record<Extra, Text>> = {
  fromLineId: { de: 'die abgebende Haushaltsstelle', en: 'the line that gives' },
  fromYear: { de: 'das Jahr, aus dem der Rest stammt', en: 'the year the remainder comes from' },
  consentToForm: {
    de: 'die Einwilligung des Finanzministeriums in die Bildung des Rests',
    en: 'the finance ministry’s consent to form the remainder',
  },
  consentToUse: {
    de: 'die Einwilligung des Finanzministeriums in die Inanspruchnahme',
    en: 'the finance ministry’s consent to the use',
  },
  cover: { de: 'die Deckung', en: 'the cover' },
};

/** Years after its own in which a remainder may still be used: until the second following one (§ 45 LHO NRW). */
const YEARS_A_REMAINDER_LASTS = 2;

/** Every objection to a proposal; `transferable` is that of the line. */
export function judgeAppropriation(
  facts: AppropriationFacts,
  line: { readonly transferable: boolean },
): Violation[] {
  const { basis, extras } = needs[facts.kind];
  const objections = (Object.keys(names) as Extra[]).flatMap((extra) => {
    const given = facts[extra] !== null;
    if (given === extras.includes(extra)) return [];
    const name = names[extra];
    return given
      ? [
          violation(
            'not-of-this-kind',
            basis,
            about(name, 'gehört nicht hierher', 'does not belong here'),
            `/${extra}`,
          ),
        ]
      : [violation('missing-for-this-kind', basis, about(name, 'fehlt', 'is missing'), `/${extra}`)];
  });
  if (facts.fromLineId === facts.lineId) {
    objections.push(violation('virement-to-itself', basis, TO_ITSELF, '/fromLineId'));
  }
  if (facts.kind === 'carry_over') objections.push(...judgeCarryOver(facts, line));
  return objections;
}

function judgeCarryOver(
  { fromYear, fundingYear }: AppropriationFacts,
  line: { readonly transferable: boolean },
) {
  const objections: Violation[] = [];
  if (!line.transferable)
    objections.push(violation('not-transferable', '§ 19 LHO NRW', NOT_TRANSFERABLE, '/lineId'));
  const years = fromYear === null ? 1 : fundingYear - fromYear;
  if (years < 1 || years > YEARS_A_REMAINDER_LASTS) {
    objections.push(violation('remainder-out-of-time', '§ 45 LHO NRW', OUT_OF_TIME, '/fromYear'));
  }
  return objections;
}

/** The one movement of money a released row makes. @throws RangeError for facts that were not judged */
export function appropriationPosting(facts: AppropriationFacts, effectiveOn: CalendarDate): Posting {
  const { kind, lineId, fundingYear, amount, fromLineId, fromYear } = facts;
  const code = 'appropriation.release';
  const here = { lineId, fundingYear };
  const moved = { amount, effectiveOn };
  switch (kind) {
    case 'initial':
    case 'supplement':
      return step(code, ['outside', 'appropriated'], here, moved);
    case 'reduction':
      return step(code, ['appropriated', 'outside'], here, moved);
    case 'block':
      return step(code, ['appropriated', 'blocked'], here, moved);
    case 'unblock':
      return step(code, ['blocked', 'appropriated'], here, moved);
    case 'virement': {
      if (fromLineId === null) throw new RangeError('A virement names the line that gives');
      const giving = accountKey('appropriated', { lineId: fromLineId, fundingYear });
      return stepBetween(code, [giving, accountKey('appropriated', here)], moved);
    }
    case 'carry_over': {
      if (fromYear === null) throw new RangeError('A carry-over names the year of the remainder');
      const remainder = accountKey('remainder', { lineId, fundingYear: fromYear });
      return stepBetween(code, [remainder, accountKey('appropriated', here)], moved);
    }
  }
}

function about(name: Text, de: string, en: string): Text {
  return { de: `${capital(name.de)} ${de}.`, en: `${capital(name.en)} ${en}.` };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const TO_ITSELF: Text = {
  de: 'Eine Haushaltsstelle gibt nicht an sich selbst ab.',
  en: 'A budget line does not give to itself.',
};
const NOT_TRANSFERABLE: Text = {
  de: 'Die Haushaltsstelle ist nicht übertragbar.',
  en: 'The budget line is not transferable.',
};
const OUT_OF_TIME: Text = {
  de: 'Ein Ausgaberest ist bis zum zweiten folgenden Haushaltsjahr verfügbar, und nicht vor dem folgenden.',
  en: 'A remainder is available in the following budget year and the one after.',
};
