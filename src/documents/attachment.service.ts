import { Injectable } from '@nestjs/common';
import { fileTypeFromFile } from 'file-type';
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import { notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type AttachmentId, type CaseId, type CentreId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { SpooledFile } from '../platform/spooled-file.js';
import type { Attachment } from './attachment.entity.js';
import { AttachmentRepository, type AttachedFacts, type NewAttachment } from './attachment.repository.js';
import { judgeFile, nameFor } from './attachment.rules.js';

const CHUNK_BYTES = 262_144;

/** What a file is attached to. */
export interface Holder {
  readonly id: string;
  readonly caseId: CaseId;
  readonly centreId: CentreId;
}

/** Keeps files for whoever holds them. What they mean there is not known here. */
@Injectable()
export class AttachmentService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly attachments: AttachmentRepository,
  ) {}

  /** Looks at the content, then writes it piece by piece. @throws Failure 422 for what it is not, or may not be */
  async add(
    unit: Unit,
    holder: Holder,
    file: SpooledFile,
    { kind, fileName }: { kind: string; fileName: string | null },
  ): Promise<Attachment> {
    const mediaType = (await fileTypeFromFile(file.path))?.mime ?? null;
    const objections = judgeFile({ declared: file.declaredType, detected: mediaType, fileName });
    if (objections.length > 0 || mediaType === null) throw ruleViolated(objections);
    const { sizeBytes, sha256 } = file;
    const id = newId<AttachmentId>();
    const row = {
      ...{ id, holderId: holder.id, caseId: holder.caseId, centreId: holder.centreId },
      ...{ kind, fileName: fileName ?? nameFor(mediaType), mediaType, sizeBytes, sha256 },
      uploadedOn: unit.today,
    };
    await this.attachments.insert(unit, row);
    await this.write(unit, row, file.path);
    return this.reread(unit, holder.id, id);
  }

  list(tx: ReadTx, holderId: string): Promise<Attachment[]> {
    return this.attachments.list(tx, holderId);
  }

  facts(tx: ReadTx, holderId: string): Promise<AttachedFacts[]> {
    return this.attachments.facts(tx, holderId);
  }

  /** @throws Failure 404 */
  async require(tx: ReadTx, holderId: string, id: AttachmentId): Promise<Attachment> {
    const found = await this.attachments.find(tx, holderId, id);
    if (found === null) throw notFound();
    return found;
  }

  /** Takes a file away, whose version the caller has checked; its bytes go too, unless a submission names it. */
  async remove(unit: Unit, holderId: string, id: AttachmentId): Promise<Attachment> {
    const found = await this.require(unit, holderId, id);
    if (found.removedAt !== null) throw stateConflict(REMOVED);
    await this.attachments.remove(unit, id);
    found.version += 1;
    concerns(unit, found);
    return found;
  }

  /** What is attached now becomes part of a submission. */
  keep(unit: Unit, holderId: string): Promise<void> {
    return this.attachments.keep(unit, holderId);
  }

  /** The bytes, one piece and one short transaction at a time: a slow reader holds neither memory nor connection. */
  async *bytes(actor: Actor, id: AttachmentId): AsyncGenerator<Buffer> {
    for (let position = 1; ; position++) {
      const content = await this.commands.read(actor, (tx) => this.attachments.chunk(tx, id, position));
      if (content === null) return;
      yield content;
    }
  }

  private async write(unit: Unit, row: NewAttachment, path: string): Promise<void> {
    const file = await open(path, 'r');
    try {
      for (let position = 1; ; position++) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, null);
        if (bytesRead === 0) return;
        const content = buffer.subarray(0, bytesRead);
        const sha256 = createHash('sha256').update(content).digest('hex');
        await this.attachments.addChunk(unit, row, { position, content, sha256 });
      }
    } finally {
      await file.close();
    }
  }

  private async reread(unit: Unit, holderId: string, id: AttachmentId): Promise<Attachment> {
    const attachment = await this.require(unit, holderId, id);
    concerns(unit, attachment);
    return attachment;
  }
}

function concerns(unit: Unit, { id, version, centreId, caseId }: Attachment): void {
  unit.concerns({ type: 'attachment', id, version, centreId, caseId });
}

const REMOVED = { de: 'Die Anlage ist schon entfernt.', en: 'The attachment has been removed already.' };
