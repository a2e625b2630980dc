import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { PersonId } from '../../kernel/ids.js';
import {
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
} from '../../platform/http/fields.js';
import { WordsView } from '../derivation.view.js';
import type { EarlyStart } from './early-start.entity.js';
import { PROMISES_NOTHING } from './early-start.rules.js';

/** A consent to an early start, and what it does not say. */
export class EarlyStartView {
  @DayField({ de: 'Beginn frühestens am', en: 'May begin on', example: '2016-03-01' })
  startsOn!: CalendarDate;
  @TextField({
    de: 'Begründung',
    en: 'Reason',
    max: 4000,
    multiline: true,
    example: 'Die Stellen müssen zum Schuljahr besetzt sein.',
  })
  reason!: string;
  @ObjectField({ de: 'Was die Zustimmung nicht ist', en: 'What the consent is not', of: WordsView })
  promise!: WordsView;
  @IntegerField({ de: 'Einreichung, zu der zugestimmt ist', en: 'Submission consented to', example: 1 })
  submission!: number;
  @DayField({ de: 'Zugestimmt am', en: 'Consented on', example: '2016-02-20' }) consentedOn!: CalendarDate;
  @InstantField({ de: 'Zugestimmt', en: 'Consented' }) consentedAt!: string;
  @IdField({ de: 'Zugestimmt von (Person)', en: 'Person who consented' }) consentedBy!: PersonId;

  static of({
    startsOn,
    reason,
    submission,
    consentedOn,
    consentedAt,
    consentedBy,
  }: EarlyStart): EarlyStartView {
    const promise = WordsView.of(PROMISES_NOTHING);
    return { startsOn, reason, promise, submission, consentedOn, consentedAt, consentedBy };
  }
}
