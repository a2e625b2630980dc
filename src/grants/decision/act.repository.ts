import { Injectable } from '@nestjs/common';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, DecisionId, Id } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { AuditCopy } from './audit-copy.rules.js';
import { DecisionAmount } from './decision-amount.entity.js';
import { Decision } from './decision.entity.js';
import type { AmountValidity } from './decision.rules.js';
import { GrantYear } from './grant-year.entity.js';
import { Hearing } from './hearing.entity.js';
import type { AmountSuit } from './in-force.rules.js';
import type { KeptProvisions } from './provision.rules.js';
import type { AmountPart, SuitOutcome } from './suit.rules.js';
import { Suit } from './suit.entity.js';

/** An amendment, withdrawal or revocation as it is drafted. */
export type NewAct = Pick<
  Decision,
  | 'id'
  | 'caseId'
  | 'applicationId'
  | 'submission'
  | 'centreId'
  | 'recipientId'
  | 'programme'
  | 'fundingYear'
  | 'kind'
  | 'fileNumber'
  | 'guidelineVersionId'
  | 'reasons'
  | 'remedyInformation'
  | 'basisId'
  | 'hearingId'
  | 'ground'
  | 'knownOn'
  | 'knowledgeReasons'
> &
  AuditCopy &
  KeptProvisions;
export type NewActAmount = Pick<
  DecisionAmount,
  | 'id'
  | 'decisionId'
  | 'caseId'
  | 'centreId'
  | 'fundingYear'
  | 'lineId'
  | 'source'
  | 'inKind'
  | 'modelled'
  | 'amount'
  | 'replacesId'
  | 'replaced'
  | 'toBeRepaid'
>;
export type NewSuit = Pick<
  Suit,
  'id' | 'decisionId' | 'caseId' | 'centreId' | 'broughtOn' | 'court' | 'fileNumber'
>;
export type NewHearing = Pick<
  Hearing,
  'id' | 'decisionId' | 'caseId' | 'centreId' | 'purpose' | 'reasons' | 'openedOn' | 'dueOn'
>;

/** What happens to a decision after its notice: acts that change it, suits, hearings. */
@Injectable()
export class ActRepository {
  async insert(tx: Tx, act: NewAct, amounts: readonly NewActAmount[]): Promise<void> {
    const values = {
      ...act,
      ...{ state: 'drafted' as const, draft: 1, version: 1, proofDueOn: null, proofMonths: null },
    };
    const insert = tx.manager.createQueryBuilder().insert();
    await insert.into(Decision).values(values).updateEntity(false).execute();
    if (amounts.length === 0) return;
    const rows = amounts.map((row) => ({ ...row, validity: 'drafted' as const, version: 1 }));
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(DecisionAmount)
      .values(rows)
      .updateEntity(false)
      .execute();
  }

  /** An act on the case that is drafted or released and not yet notified. */
  unfinished(tx: ReadTx, caseId: CaseId): Promise<Decision | null> {
    return tx.manager
      .createQueryBuilder(Decision, 'd')
      .where("d.caseId = :caseId and d.basisId is not null and d.state in ('drafted', 'released')", {
        caseId,
      })
      .getOne();
  }

  /** Every amount of a case that its decisions made known, in force or replaced, oldest first. */
  amountsOfCase(tx: ReadTx, caseId: CaseId): Promise<DecisionAmount[]> {
    return tx.manager
      .createQueryBuilder(DecisionAmount, 'a')
      .where("a.caseId = :caseId and a.validity not in ('drafted', 'discarded')", { caseId })
      .orderBy('a.fundingYear')
      .addOrderBy('a.source')
      .addOrderBy('a.id')
      .getMany();
  }

  yearsOfCase(tx: ReadTx, caseId: CaseId): Promise<GrantYear[]> {
    return tx.manager
      .createQueryBuilder(GrantYear, 'g')
      .where('g.caseId = :caseId', { caseId })
      .orderBy('g.fundingYear')
      .getMany();
  }

  /** One more thing happened to the decision: whoever saw it before is told so. */
  async touch(tx: Tx, id: DecisionId): Promise<number> {
    const [row] = await tx.rows<{ version: number }>(
      'update decision set version = version + 1 where id = $1 returning version',
      [id],
    );
    return row?.version ?? 0;
  }

  /** The amounts of an act come into force and those they replace give way. */
  async takeEffect(tx: Tx, id: DecisionId, gives: AmountValidity): Promise<void> {
    await tx.rows(
      `update decision_amount o set validity = $2, version = o.version + 1
         from decision_amount n
        where n.decision_id = $1 and n.validity = 'drafted' and o.id = n.replaces_id and o.validity = 'in_force'`,
      [id, gives],
    );
    await tx.rows(
      `update decision_amount set validity = 'in_force', version = version + 1
        where decision_id = $1 and validity = 'drafted'`,
      [id],
    );
  }

  async toBeRepaid(tx: Tx, id: DecisionAmount['id'], amount: Money): Promise<void> {
    await tx.rows('update decision_amount set to_be_repaid_cents = $2 where id = $1', [
      id,
      amount.toString(),
    ]);
  }

  async release(tx: Tx, id: DecisionId, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update decision set state = 'released', released_at = transaction_timestamp(), released_on = $2::date,
              version = version + 1
        where id = $1`,
      [id, on.toString()],
    );
  }

  /** Everything of the case that was notified is closed. */
  async close(tx: Tx, caseId: CaseId): Promise<{ id: DecisionId; version: number }[]> {
    return tx.rows(
      `update decision set state = 'closed', version = version + 1
        where case_id = $1 and state = 'notified' returning id, version`,
      [caseId],
    );
  }

  async insertSuit(tx: Tx, suit: NewSuit): Promise<void> {
    const values = { ...suit, state: 'suit_recorded' as const, version: 1 };
    await tx.manager.createQueryBuilder().insert().into(Suit).values(values).updateEntity(false).execute();
  }

  async challenge(tx: Tx, suitId: Id<'Suit'>, { amountId, cents }: AmountPart): Promise<void> {
    await tx.rows(
      `update decision_amount set suit = 'suit_recorded', suit_id = $2, challenged_cents = $3, version = version + 1
        where id = $1`,
      [amountId, suitId, cents.toString()],
    );
  }

  async endChallenge(
    tx: Tx,
    id: DecisionAmount['id'],
    { suit, annulled, on }: { suit: AmountSuit; annulled: Money; on: CalendarDate },
  ): Promise<void> {
    await tx.rows(
      `update decision_amount set suit = $2, annulled_cents = $3, suit_ended_on = $4::date, version = version + 1
        where id = $1`,
      [id, suit, annulled.toString(), on.toString()],
    );
  }

  async closeSuit(tx: Tx, id: Id<'Suit'>, outcome: SuitOutcome, endedOn: CalendarDate): Promise<void> {
    await tx.rows(
      `update suit set state = $2, closed_at = transaction_timestamp(), ended_on = $3::date, version = version + 1
        where id = $1`,
      [id, outcome, endedOn.toString()],
    );
  }

  suitsOfCase(tx: ReadTx, caseId: CaseId): Promise<Suit[]> {
    return tx.manager
      .createQueryBuilder(Suit, 's')
      .where('s.caseId = :caseId', { caseId })
      .orderBy('s.id')
      .getMany();
  }

  async insertHearing(tx: Tx, hearing: NewHearing): Promise<void> {
    const values = { ...hearing, state: 'open' as const, version: 1 };
    await tx.manager.createQueryBuilder().insert().into(Hearing).values(values).updateEntity(false).execute();
  }

  async closeHearing(
    tx: Tx,
    id: Id<'Hearing'>,
    { statement, on }: { statement: string | null; on: CalendarDate },
  ): Promise<void> {
    await tx.rows(
      `update hearing set state = 'closed', closed_at = transaction_timestamp(), closed_on = $3::date,
              statement = $2, version = version + 1
        where id = $1`,
      [id, statement, on.toString()],
    );
  }

  async answerHearing(tx: Tx, id: Id<'Hearing'>, statement: string, on: CalendarDate): Promise<void> {
    await tx.rows(
      `update hearing set answered_at = transaction_timestamp(), answered_on = $3::date, statement = $2, version = version + 1
        where id = $1`,
      [id, statement, on.toString()],
    );
  }

  /** Whether the recipient answered after this step of the act that rests on the hearing; waits for whoever is answering. */
  async isAnsweredSince(tx: Tx, actId: DecisionId, step: 'drafted' | 'released'): Promise<boolean> {
    const rows = await tx.rows(
      `select from hearing h join decision d on d.hearing_id = h.id
        where d.id = $1 and h.answered_at > d.${step}_at
          for share of h`,
      [actId],
    );
    return rows.length > 0;
  }

  hearingsOfCase(tx: ReadTx, caseId: CaseId): Promise<Hearing[]> {
    return tx.manager
      .createQueryBuilder(Hearing, 'h')
      .where('h.caseId = :caseId', { caseId })
      .orderBy('h.id')
      .getMany();
  }
}
