import { Controller, Get, Post, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { create as contentDisposition } from 'content-disposition';
import { Readable } from 'node:stream';
import { attachmentTypes } from '../../documents/attachment.rules.js';
import type { ApplicationId, AttachmentId } from '../../kernel/ids.js';
import { Invoke } from '../../platform/http/invoke.js';
import { Operation } from '../../platform/http/operation.js';
import { Path } from '../../platform/http/path.js';
import { Spooled, SpoolUpload } from '../../platform/http/streamed-upload.js';
import type { Answer } from '../../platform/invocation.js';
import type { SpooledFile } from '../../platform/spooled-file.js';
import { ApplicationAttachmentService } from './application-attachment.service.js';
import { AttachmentsView, AttachmentView, UploadQuery } from './attachment.view.js';

@Controller('applications')
export class AttachmentController {
  constructor(private readonly attachments: ApplicationAttachmentService) {}

  @Post(':id/attachments')
  @UseInterceptors(SpoolUpload)
  @ApiConsumes(...attachmentTypes)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Operation({
    id: 'attachment.upload',
    de: 'Anlage hochladen, solange der Antrag beim Antragsteller liegt',
    en: 'Upload an attachment while the application lies with its applicant',
    detail: {
      de: 'Der Körper der Anfrage ist die Datei selbst: PDF, PNG, JPEG, XLSX oder DOCX. Was sie ist, wird am Inhalt festgestellt. Auf Schadsoftware wird nicht geprüft.',
      en: 'The body of the request is the file itself: PDF, PNG, JPEG, XLSX or DOCX. What it is is found by its content. It is not scanned for malware.',
    },
    answers: AttachmentView,
    creates: true,
    errors: ['not-found', 'rule-violated', 'state-conflict', 'body-too-large', 'unsupported-media-type'],
    // A file's name may name a person: what answers it is not kept.
    key: 'none',
  })
  upload(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Query() { kind, fileName }: UploadQuery,
    @Spooled() file: SpooledFile | null,
  ): Promise<Answer> {
    return this.attachments.upload(
      invoke.presenting((attachment) => ({
        status: 201,
        body: AttachmentView.of(attachment),
        version: attachment.version,
        location: `/api/v1/applications/${id}/attachments/${attachment.id}`,
      })),
      id,
      file,
      { kind, fileName },
    );
  }

  @Get(':id/attachments')
  @Operation({
    id: 'attachment.list',
    de: 'Anlagen eines Antrags auflisten',
    en: 'List the attachments of an application',
    answers: AttachmentsView,
    errors: ['not-found'],
  })
  async list(@Invoke() invoke: Invoke, @Path('id') id: ApplicationId): Promise<AttachmentsView> {
    const attachments = await this.attachments.list(invoke.actor, id);
    return { items: attachments.map((attachment) => AttachmentView.of(attachment)) };
  }

  @Get(':id/attachments/:attachmentId')
  @Operation({
    id: 'attachment.read',
    de: 'Anlage herunterladen',
    en: 'Download an attachment',
    produces: attachmentTypes,
    errors: ['not-found'],
  })
  async read(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Path('attachmentId') attachmentId: AttachmentId,
  ): Promise<StreamableFile> {
    const { attachment, bytes } = await this.attachments.read(invoke.actor, id, attachmentId);
    return new StreamableFile(Readable.from(bytes, { objectMode: false }), {
      type: attachment.mediaType,
      disposition: contentDisposition(attachment.fileName),
      length: attachment.sizeBytes,
    });
  }

  @Post(':id/attachments/:attachmentId/remove')
  @Operation({
    id: 'attachment.remove',
    de: 'Anlage entfernen, solange der Antrag beim Antragsteller liegt',
    en: 'Remove an attachment while the application lies with its applicant',
    detail: {
      de: 'War sie schon Teil einer Einreichung, bleibt sie dort; sonst wird auch ihr Inhalt gelöscht.',
      en: 'If it was part of a submission it stays there; otherwise its content is deleted too.',
    },
    answers: AttachmentView,
    status: 200,
    errors: ['not-found', 'state-conflict'],
    ifMatch: true,
    key: 'none',
  })
  remove(
    @Invoke() invoke: Invoke,
    @Path('id') id: ApplicationId,
    @Path('attachmentId') attachmentId: AttachmentId,
  ): Promise<Answer> {
    return this.attachments.remove(
      invoke.presenting((attachment) => ({
        status: 200,
        body: AttachmentView.of(attachment),
        version: attachment.version,
      })),
      id,
      attachmentId,
    );
  }
}
