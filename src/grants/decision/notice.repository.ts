import { Injectable } from '@nestjs/common';
import type { RecipientKind } from '../../centres/centres.rules.js';
import { CalendarDate } from '../../kernel/calendar-date.js';
import type { BudgetLineId, CaseId, CentreId, DecisionId, Id } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { NoticeFacts } from './notice-facts.rules.js';
import type { Decision } from './decision.entity.js';

/** A notice as it was made known. */
export interface StoredNotice {
  readonly content: Buffer;
  readonly sha256: string;
}

interface HeadRow {
  readonly recipient: string;
  readonly kind: RecipientKind;
  readonly centre: string;
  readonly ags: string;
  readonly appliedOn: string | null;
}

export type Head = Pick<NoticeFacts, 'recipient' | 'centre' | 'appliedOn'>;

@Injectable()
export class NoticeRepository {
  async insert(
    tx: Tx,
    row: StoredNotice & {
      readonly id: Id<'DecisionNotice'>;
      readonly decisionId: DecisionId;
      readonly caseId: CaseId;
      readonly centreId: CentreId;
    },
  ): Promise<void> {
    const { id, decisionId, caseId, centreId, content, sha256 } = row;
    await tx.rows(
      `insert into decision_notice (id, decision_id, case_id, centre_id, content, sha256)
       values ($1, $2, $3, $4, $5, $6)`,
      [id, decisionId, caseId, centreId, content, sha256],
    );
  }

  async find(tx: ReadTx, decisionId: DecisionId): Promise<StoredNotice | null> {
    const [row] = await tx.rows<StoredNotice>(
      'select content, sha256 from decision_notice where decision_id = $1',
      [decisionId],
    );
    return row ?? null;
  }

  /** Whom the notice addresses, for which centre, on an application of which day: names as they are at this moment. */
  async head(tx: ReadTx, { id }: Pick<Decision, 'id'>): Promise<Head | null> {
    const [row] = await tx.rows<HeadRow>(
      `select r.name as recipient, r.kind, c.name as centre, c.ags, s.submitted_on::text as "appliedOn"
         from decision d
         join recipient r on r.id = d.recipient_id
         join centre c on c.id = d.centre_id
         left join application_submission s on s.application_id = d.application_id and s.number = d.submission
        where d.id = $1`,
      [id],
    );
    if (row === undefined) return null;
    const { recipient, kind, centre, ags, appliedOn } = row;
    return {
      recipient: { name: recipient, kind },
      centre: { name: centre, ags },
      appliedOn: appliedOn === null ? null : CalendarDate.parse(appliedOn),
    };
  }

  /** The places in the budget by their ids: Kapitel and Titel as the budget names them. */
  async lines(tx: ReadTx, ids: readonly BudgetLineId[]): Promise<Map<BudgetLineId, string>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.rows<{ id: BudgetLineId; name: string }>(
      `select id, 'Kapitel ' || chapter || ', Titel ' || title || ' (' || name || ')' as name
         from budget_line where id = any($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
