import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { PersonId } from '../../kernel/ids.js';
import {
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from '../../platform/http/fields.js';
import type { ApplicationSubmission } from './application-submission.entity.js';

export class SubmissionView {
  @IntegerField({ de: 'Nummer der Einreichung', en: 'Number of the submission', example: 1 }) number!: number;
  @DayField({ de: 'Eingereicht am', en: 'Submitted on', example: '2015-10-15' }) submittedOn!: CalendarDate;
  @InstantField({ de: 'Aufgezeichnet', en: 'Recorded at' }) submittedAt!: string;
  @IdField({ de: 'Eingereicht von (Person)', en: 'Person who submitted' }) submittedBy!: PersonId;
  @TextField({
    de: 'Eingefrorener Inhalt als kanonisches JSON (RFC 8785)',
    en: 'Frozen content as canonical JSON (RFC 8785)',
    max: 1_000_000,
    example: '{"application":{}}',
  })
  content!: string;
  @TextField({
    de: 'SHA-256 des Inhalts',
    en: 'SHA-256 of the content',
    min: 64,
    max: 64,
    example: '0'.repeat(64),
  })
  sha256!: string;

  static of({
    number,
    submittedOn,
    submittedAt,
    submittedBy,
    content,
    sha256,
  }: ApplicationSubmission): SubmissionView {
    return { number, submittedOn, submittedAt, submittedBy, content, sha256 };
  }
}

export class VersionsView {
  @ListField({ de: 'Einreichungen, die älteste zuerst', en: 'Submissions, oldest first', of: SubmissionView })
  items!: SubmissionView[];
}
