import type { CalendarDate } from '../kernel/calendar-date.js';
import type { BudgetLineId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import { accountKey, type AccountKey } from '../ledger/chart.rules.js';
import { step, type Posting } from '../ledger/posting.rules.js';
import type { ProposalWords } from './proposal.rules.js';

export const AUTHORISATION: Text = {
  de: 'Die Verpflichtungsermächtigung',
  en: 'The commitment authorisation',
};

export const authorisationWords: ProposalWords = {
  noun: 'commitmentAuthorisation',
  instead: {
    de: 'Was von ihr bis zum Ende des Jahres ihrer Ausbringung nicht gebraucht wird, verfällt (§ 45 LHO NRW).',
    en: 'What is not used of it by the end of its issue year lapses (§ 45 LHO NRW).',
  },
};

export interface AuthorisationFacts {
  readonly lineId: BudgetLineId;
  readonly programme: string;
  /** The year in which it may be used; unused it lapses with it. */
  readonly issueYear: number;
  /** The year whose money may be promised. */
  readonly dueYear: number;
}

/** It promises money of a later year, in its issue year, which is not over (§ 38 LHO NRW). */
export function judgeAuthorisation(
  { issueYear, dueYear }: Pick<AuthorisationFacts, 'issueYear' | 'dueYear'>,
  today: CalendarDate,
): Violation[] {
  const objections: Violation[] = [];
  if (dueYear <= issueYear) {
    objections.push(
      violation(
        'due-not-later',
        '§ 38 LHO NRW',
        {
          de: 'Eine Verpflichtungsermächtigung gilt für spätere Haushaltsjahre als das ihrer Ausbringung.',
          en: 'A commitment authorisation is for budget years later than its issue year.',
        },
        '/dueYear',
      ),
    );
  }
  if (issueYear < today.year) {
    objections.push(
      violation(
        'issue-year-over',
        '§ 45 LHO NRW',
        {
          de: 'Das Jahr der Ausbringung ist vorbei: Eine ungenutzte Ermächtigung verfällt mit ihm.',
          en: 'The issue year is over: an unused authorisation lapses with it.',
        },
        '/issueYear',
      ),
    );
  }
  return objections;
}

export function authorisationPosting(
  { lineId, programme, issueYear, dueYear, amount }: AuthorisationFacts & { readonly amount: Money },
  effectiveOn: CalendarDate,
): Posting {
  const dimensions = { lineId, programme, issueYear, fundingYear: dueYear };
  return step('commitmentAuthorisation.release', ['authorisation_outside', 'authorised'], dimensions, {
    amount,
    effectiveOn,
  });
}

/** What a decision draws on: the allotment of a year that has begun, or leave to promise money of a later one. */
export function commitmentStages(
  dimensions: Omit<AccountKey, 'stage' | 'issueYear'>,
  today: CalendarDate,
): [AccountKey, AccountKey] {
  if (dimensions.fundingYear <= today.year) {
    return [accountKey('allocated', dimensions), accountKey('committed', dimensions)];
  }
  const promised = { ...dimensions, issueYear: today.year };
  return [accountKey('authorised', promised), accountKey('promised', promised)];
}
