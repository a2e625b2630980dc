import { Injectable } from '@nestjs/common';
import { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, Id } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Decision } from './decision.entity.js';

/** A notice as it was made known. */
export interface StoredNotice {
  readonly content: Buffer;
  readonly sha256: string;
}

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

  /** The day of the submission that was decided on. */
  async appliedOn(
    tx: ReadTx,
    { applicationId, submission }: Pick<Decision, 'applicationId' | 'submission'>,
  ): Promise<CalendarDate | null> {
    const [row] = await tx.rows<{ day: string }>(
      'select submitted_on::text as day from application_submission where application_id = $1 and number = $2',
      [applicationId, submission],
    );
    return row === undefined ? null : CalendarDate.parse(row.day);
  }
}
