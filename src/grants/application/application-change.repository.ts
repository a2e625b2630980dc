import { Injectable } from '@nestjs/common';
import type { ApplicationId } from '../../kernel/ids.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import { ChangeAnswer, ToldChange } from './application-change.entity.js';
import type { DecidedFacts } from './change.rules.js';

/** Rows as they are born: instants are the database's own, persons are stamped by it. */
export type NewChange = Omit<ToldChange, 'toldAt' | 'toldBy'>;
export type NewChangeAnswer = Omit<ChangeAnswer, 'acknowledgedAt' | 'acknowledgedBy'>;

/** A change and what the authority made of it; null while it is open. */
export interface ToldAndAcknowledged {
  readonly change: ToldChange;
  readonly answer: ChangeAnswer | null;
}

/** What is told of a grant after its notice; rows are added and never changed. */
@Injectable()
export class ApplicationChangeRepository {
  async add(tx: Tx, change: NewChange): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ToldChange)
      .values(change)
      .updateEntity(false)
      .execute();
  }

  async answer(tx: Tx, answer: NewChangeAnswer): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ChangeAnswer)
      .values(answer)
      .updateEntity(false)
      .execute();
  }

  /** In the order in which they were told. */
  async changes(tx: ReadTx, applicationId: ApplicationId): Promise<ToldAndAcknowledged[]> {
    const changes = await tx.manager
      .createQueryBuilder(ToldChange, 'c')
      .where('c.applicationId = :applicationId', { applicationId })
      .orderBy('c.number')
      .getMany();
    if (changes.length === 0) return [];
    const answers = await tx.manager
      .createQueryBuilder(ChangeAnswer, 'a')
      .where('a.applicationId = :applicationId', { applicationId })
      .getMany();
    return changes.map((change) => ({
      change,
      answer: answers.find(({ changeId }) => changeId === change.id) ?? null,
    }));
  }

  /**
   * The decision on the application, not what changed it later; null where there is none that the asker may see. Kept
   * from being closed until the command is over.
   */
  async decided(tx: Tx, applicationId: ApplicationId): Promise<DecidedFacts | null> {
    const [decided] = await tx.rows<DecidedFacts>(
      `select state, kind from decision
        where application_id = $1 and basis_id is null and state <> 'discarded' for share`,
      [applicationId],
    );
    return decided ?? null;
  }
}
