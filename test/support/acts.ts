import { passed } from './guideline.js';
import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import type { Application, Decision, Desk, Thing, Trade } from './trade.js';

/** An amount of a decision as the API tells it. */
export interface Amount {
  readonly id: string;
  readonly fundingYear: number;
  readonly source: string;
  readonly amountCents: number;
  readonly formerCents: number | null;
  readonly standsCents: number;
  readonly challengedCents: number;
  readonly annulledCents: number;
  readonly suit: string;
  readonly validity: string;
  readonly finalOn: string | null;
  readonly toBeRepaidCents: number | null;
}

export interface ActDecision extends Omit<Decision, 'amounts'> {
  readonly kind: string;
  readonly fileNumber: string;
  readonly amounts: readonly Amount[];
  readonly toBeRepaidCents: number;
  readonly remedyEndsOn: string | null;
  readonly receivedOn: string | null;
  readonly basisId: string | null;
}

export interface Course {
  readonly decision: ActDecision;
  readonly suits: readonly { readonly state: string; readonly endedOn: string | null }[];
  readonly hearings: readonly { readonly state: string; readonly statement: string | null }[];
  readonly chain: readonly { readonly id: string; readonly kind: string; readonly state: string }[];
}

export interface CaseGrant {
  readonly grantedCents: number;
  readonly finalCents: number;
  readonly amounts: readonly {
    readonly source: string;
    readonly amountCents: number;
    readonly decisionId: string;
  }[];
}

/** What the state gives in cash by a decision. */
export function cashOf(decision: ActDecision): Amount {
  const found = decision.amounts.find(({ source }) => source === 'state_integration');
  if (found === undefined) throw new Error('the decision grants no money');
  return found;
}

/** The codes of all objections in an answer. */
export function codesOf(answer: { readonly body: unknown }): string[] {
  const { errors = [] } = answer.body as { errors?: { code: string }[] };
  return errors.map(({ code }) => code);
}

/** The chain of acts after a decision's notice, as clerk and second person play it. */
export class Acts {
  private numbers = 0;

  constructor(private readonly trade: Trade) {}

  get clerk(): Desk {
    return this.trade.clerk;
  }

  async now(decision: Thing, by: Desk = this.clerk): Promise<ActDecision> {
    return by.sees<ActDecision>(`/decisions/${decision.id}`);
  }

  course(decision: Thing, by: Desk = this.clerk): Promise<Course> {
    return by.sees<Course>(`/decisions/${decision.id}/course`);
  }

  /** One step in the life of a decision, as it is now. */
  async tries(decision: Thing, verb: string, body?: object, by: Desk = this.clerk): Promise<Awaited<Test>> {
    return by.tries('/decisions', await this.now(decision, by), verb, body);
  }

  async does<T = Course>(decision: Thing, verb: string, body?: object, by: Desk = this.clerk): Promise<T> {
    const answer = await this.tries(decision, verb, body, by);
    if (answer.status >= 300)
      throw new Error(`${verb} answered ${String(answer.status)}: ${JSON.stringify(answer.body, null, 2)}`);
    return answer.body as T;
  }

  wording(changes: object = {}): object {
    const fileNumber = `36.02-KI-ACT-${String(++this.numbers)}`;
    return {
      fileNumber,
      reasons: 'Die Verhältnisse haben sich geändert.',
      remedyInformation: true,
      ...changes,
    };
  }

  /** Released by the second person and handed over. */
  async issues(act: Thing, on: string, mode = 'handover'): Promise<ActDecision> {
    await this.does(act, 'release', undefined, this.trade.second);
    return this.does<ActDecision>(act, 'notify', { mode, on });
  }

  amends(decision: Thing, changes: object): Promise<ActDecision> {
    return this.does<ActDecision>(decision, 'amend', this.wording(changes));
  }

  sues(decision: Thing, broughtOn: string, amounts: object[] | null = null): Promise<Course> {
    return this.does(decision, 'record-suit', suit(broughtOn, amounts));
  }

  async hears(decision: Thing, purpose: string, dueOn: string): Promise<Course> {
    const reasons = 'Eine Stelle war nicht besetzt.';
    return this.does(decision, 'open-hearing', { purpose, reasons, dueOn });
  }

  takenBack(changes: object): object {
    return this.wording({
      ...{ ground: 'requirement_broken', knowledgeReasons: 'Mit der Äußerung der Kommune.', ...changes },
    });
  }

  /** An application checked and recommended, ready to be decided. */
  async readied(application: Application): Promise<Application> {
    const checked = await this.clerk.does('/applications', application, 'check', passed());
    return this.clerk.does<Application>('/applications', checked, 'recommend', {
      recommendation: 'Wie beantragt',
    });
  }

  /** Drafted by the clerk; `changes` says what is not as asked for. */
  drafts(application: Application, changes: object = {}): Promise<ActDecision> {
    const fileNumber = `36.02-KI-D-${String(++this.numbers)}`;
    return this.clerk.makes<ActDecision>('/decisions', {
      ...{ applicationId: application.id, kind: 'grant', fileNumber, remedyInformation: true },
      ...changes,
    });
  }

  inForce(caseId: string, query = '', by: Desk = this.clerk): Promise<CaseGrant> {
    return by.sees<CaseGrant>(`/cases/${caseId}/grant${query}`);
  }

  /** What of the year's budget the programme has promised, and what is free. */
  async budget(): Promise<{ readonly committedCents: number; readonly freeCents: number }> {
    const { items } = await this.trade.ministry.sees<{
      items: { programme: string; committedCents: number; freeCents: number }[];
    }>('/budget/overview?fundingYear=2016');
    const row = items.find(({ programme }) => programme === 'KI');
    if (row === undefined) throw new Error('the programme has no budget');
    return row;
  }
}

export function suit(broughtOn: string, amounts: object[] | null = null): object {
  return {
    broughtOn,
    court: 'Verwaltungsgericht Münster',
    fileNumber: `3 K ${randomUUID().slice(0, 4)}`,
    amounts,
  };
}
