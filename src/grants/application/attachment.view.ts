import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { AttachmentId, PersonId } from '../../kernel/ids.js';
import { attachmentTypes } from '../../documents/attachment.rules.js';
import {
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from '../../platform/http/fields.js';
import { attachmentKinds, type AttachmentKind } from '../../programmes/call.rules.js';
import type { Attached } from './application-attachment.service.js';

/** What a file is for, and how it is called. */
export class UploadQuery {
  @ChoiceField({
    de: 'Art der Anlage',
    en: 'Kind of attachment',
    of: attachmentKinds,
    optional: true,
    example: 'other',
  })
  kind: AttachmentKind = 'other';

  @TextField({
    de: 'Dateiname mit passender Endung; ohne Angabe nach dem Inhalt benannt',
    en: 'File name with a fitting ending; when left out it is named by its content',
    max: 200,
    pattern: /^[^/\\:*?"<>|]+$/,
    optional: true,
    example: 'Kostenaufstellung.pdf',
  })
  fileName: string | null = null;
}

export class AttachmentView {
  @IdField({ de: 'Anlage', en: 'Attachment' }) id!: AttachmentId;
  @ChoiceField({
    de: 'Art der Anlage',
    en: 'Kind of attachment',
    of: attachmentKinds,
    example: 'cost_estimate',
  })
  kind!: string;
  @TextField({ de: 'Dateiname', en: 'File name', max: 200, example: 'Kostenaufstellung.pdf' })
  fileName!: string;
  @ChoiceField({
    de: 'Was der Inhalt ist, am Inhalt festgestellt',
    en: 'What the content is, found by the content',
    of: attachmentTypes,
    example: 'application/pdf',
  })
  mediaType!: string;
  @IntegerField({ de: 'Größe', en: 'Size', unit: 'Byte', min: 1, example: 48_213 }) sizeBytes!: number;
  @TextField({
    de: 'SHA-256 der Datei',
    en: 'SHA-256 of the file',
    min: 64,
    max: 64,
    example: '0'.repeat(64),
  })
  sha256!: string;
  @FlagField({
    de: 'Teil einer Einreichung; die Datei bleibt dann, auch wenn sie entfernt wird',
    en: 'Part of a submission; the file then stays even when it is removed',
    example: false,
  })
  submitted!: boolean;
  @DayField({ de: 'Hochgeladen am', en: 'Uploaded on', example: '2016-02-12' }) uploadedOn!: CalendarDate;
  @InstantField({ de: 'Aufgezeichnet', en: 'Recorded at' }) uploadedAt!: string;
  @IdField({ de: 'Hochgeladen von (Person)', en: 'Person who uploaded it' }) uploadedBy!: PersonId;
  @IntegerField({ de: 'Version', en: 'Version', min: 1, example: 1 }) version!: number;

  static of(attachment: Attached): AttachmentView {
    const { id, kind, fileName, mediaType, sizeBytes, sha256, keptAt } = attachment;
    const { uploadedOn, uploadedAt, uploadedBy, version } = attachment;
    return {
      ...{ id, kind, fileName, mediaType, sizeBytes, sha256, submitted: keptAt !== null },
      ...{ uploadedOn, uploadedAt, uploadedBy, version },
    };
  }
}

export class AttachmentsView {
  @ListField({ de: 'Anlagen, die älteste zuerst', en: 'Attachments, oldest first', of: AttachmentView })
  items!: AttachmentView[];
}
