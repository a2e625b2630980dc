import { Injectable } from '@nestjs/common';
import { newId, type AttachmentId } from '../kernel/ids.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { Attachment } from './attachment.entity.js';

/** What every office may know of an attachment: not its name, not its bytes. */
export interface AttachedFacts {
  readonly id: AttachmentId;
  readonly kind: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

export type NewAttachment = Omit<
  Attachment,
  'uploadedAt' | 'uploadedBy' | 'keptAt' | 'removedAt' | 'version'
>;

interface NewChunk {
  readonly position: number;
  readonly content: Buffer;
  readonly sha256: string;
}

@Injectable()
export class AttachmentRepository {
  async insert(tx: Tx, row: NewAttachment): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(Attachment)
      .values({ ...row, version: 1 })
      .updateEntity(false)
      .execute();
  }

  async addChunk(
    tx: Tx,
    { id, caseId, centreId }: NewAttachment,
    { position, content, sha256 }: NewChunk,
  ): Promise<void> {
    await tx.rows(
      `insert into attachment_chunk (id, attachment_id, case_id, centre_id, position, content, sha256)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [newId(), id, caseId, centreId, position, content, sha256],
    );
  }

  /** Live ones, in the order in which they came. */
  list(tx: ReadTx, holderId: string): Promise<Attachment[]> {
    return tx.manager
      .createQueryBuilder(Attachment, 'a')
      .where('a.holderId = :holderId and a.removedAt is null', { holderId })
      .orderBy('a.id')
      .getMany();
  }

  /** The same as everybody who may read the case may know them. */
  async facts(tx: ReadTx, holderId: string): Promise<AttachedFacts[]> {
    const rows = await tx.rows<Omit<AttachedFacts, 'sizeBytes'> & { readonly sizeBytes: string }>(
      `select id, kind, media_type as "mediaType", size_bytes as "sizeBytes", sha256
         from attachment where holder_id = $1 and removed_at is null order by id`,
      [holderId],
    );
    // bigint comes as text; a size is far below what a number holds exactly.
    return rows.map((row) => ({ ...row, sizeBytes: Number(row.sizeBytes) }));
  }

  /** Also what was removed, as long as a submission names it. */
  find(tx: ReadTx, holderId: string, id: AttachmentId): Promise<Attachment | null> {
    return tx.manager
      .createQueryBuilder(Attachment, 'a')
      .where('a.id = :id and a.holderId = :holderId', { id, holderId })
      .andWhere('(a.removedAt is null or a.keptAt is not null)')
      .getOne();
  }

  async chunk(tx: ReadTx, id: AttachmentId, position: number): Promise<Buffer | null> {
    const [found] = await tx.rows<{ content: Buffer | null }>(
      'select content from attachment_chunk where attachment_id = $1 and position = $2',
      [id, position],
    );
    return found?.content ?? null;
  }

  async remove(tx: Tx, id: AttachmentId): Promise<void> {
    await tx.rows(
      'update attachment set removed_at = transaction_timestamp(), version = version + 1 where id = $1',
      [id],
    );
    await tx.rows(
      `update attachment_chunk c set content = null, version = c.version + 1
         from attachment a where a.id = c.attachment_id and a.id = $1 and a.kept_at is null`,
      [id],
    );
  }

  /** From now on a submission names these. */
  async keep(tx: Tx, holderId: string): Promise<void> {
    await tx.rows(
      `update attachment set kept_at = transaction_timestamp(), version = version + 1
        where holder_id = $1 and removed_at is null and kept_at is null`,
      [holderId],
    );
  }
}
