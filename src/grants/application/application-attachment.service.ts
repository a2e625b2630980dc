import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { AttachmentService } from '../../documents/attachment.service.js';
import type { Actor } from '../../kernel/actor.js';
import { Failure, stateConflict } from '../../kernel/failure.js';
import type { ApplicationId, AttachmentId } from '../../kernel/ids.js';
import type { Text } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import type { SpooledFile } from '../../platform/spooled-file.js';
import type { AttachmentKind } from '../../programmes/call.rules.js';
import { applicationRefusal, isWithApplicant } from '../lifecycle.rules.js';
import { ApplicationPartsService } from './application-parts.service.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository } from './application.repository.js';

export type Attached = Awaited<ReturnType<AttachmentService['require']>>;

/** A download: what it is, and its bytes as they come. */
export interface Download {
  readonly attachment: Attached;
  readonly bytes: AsyncGenerator<Buffer>;
}

/** What is attached to an application; like posts and plan it may change only while that lies with its applicant. */
@Injectable()
export class ApplicationAttachmentService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
    private readonly attachments: AttachmentService,
  ) {}

  upload(
    invocation: Invocation<Attached>,
    id: ApplicationId,
    file: SpooledFile | null,
    called: { kind: AttachmentKind; fileName: string | null },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'attachment.upload', async (unit) => {
      const application = await this.parts.lock(unit, id);
      changing(unit, application, ATTACHED);
      if (file === null) throw new Failure('unsupported-media-type');
      if ((await this.attachments.list(unit, id)).length >= MOST_ATTACHMENTS) throw stateConflict(ENOUGH);
      const attachment = await this.attachments.add(unit, application, file, called);
      await this.applications.touch(unit, id);
      return attachment;
    });
  }

  remove(invocation: Invocation<Attached>, id: ApplicationId, attachmentId: AttachmentId): Promise<Answer> {
    return this.commands.run(invocation, 'attachment.remove', async (unit) => {
      const application = await this.parts.lock(unit, id);
      const { version } = await this.attachments.require(unit, id, attachmentId);
      unit.expect(version);
      changing(unit, application, CHANGED);
      const removed = await this.attachments.remove(unit, id, attachmentId);
      await this.applications.touch(unit, id);
      return removed;
    });
  }

  list(actor: Actor, id: ApplicationId): Promise<Attached[]> {
    return this.commands.read(actor, async (tx) => {
      await this.parts.require(tx, id);
      return this.attachments.list(tx, id);
    });
  }

  async read(actor: Actor, id: ApplicationId, attachmentId: AttachmentId): Promise<Download> {
    const attachment = await this.commands.read(actor, (tx) =>
      this.attachments.require(tx, id, attachmentId),
    );
    return { attachment, bytes: this.attachments.bytes(actor, attachmentId) };
  }
}

/** While it lies with its applicant: a submission freezes an application with exactly what is attached then. */
function changing(unit: Unit, { id, state, version, centreId, caseId }: Application, step: Text): void {
  if (!isWithApplicant(state)) throw stateConflict(applicationRefusal(state, step));
  unit.concerns({ type: 'application', id, version: version + 1, centreId, caseId });
}

const MOST_ATTACHMENTS = 50;
const ENOUGH: Text = {
  de: `Ein Antrag hat höchstens ${String(MOST_ATTACHMENTS)} Anlagen.`,
  en: `An application has at most ${String(MOST_ATTACHMENTS)} attachments.`,
};
const ATTACHED: Text = { de: 'ergänzt', en: 'added to' };
const CHANGED: Text = { de: 'geändert', en: 'edited' };
