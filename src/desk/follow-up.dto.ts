import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId, PersonId } from '../kernel/ids.js';
import { ChoiceField, DayField, IdField, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import {
  followUpStates,
  followUpSubjects,
  type FollowUpState,
  type FollowUpSubject,
} from './follow-up.rules.js';

export class CreateFollowUpDto {
  @ChoiceField({ de: 'Art der Sache', en: 'Type of the thing', of: followUpSubjects, example: 'decision' })
  subjectType!: FollowUpSubject;

  @IdField({ de: 'Kennung der Sache', en: 'Id of the thing' }) subjectId!: string;

  @DayField({
    de: 'Tag der Wiedervorlage; von da an steht sie auf der Arbeitsliste',
    en: 'Day of the follow-up; from then on it stands on the work list',
    example: '2100-01-04',
  })
  dueOn!: CalendarDate;

  @TextField({
    de: 'Vermerk, nur für die eigene Stelle',
    en: 'Note, for one’s own office only',
    multiline: true,
    example: 'Nachfragen, ob die Stelle besetzt ist.',
  })
  note!: string;

  @IdField({
    de: 'Für diese Person der eigenen Stelle; ohne Angabe für alle in ihr',
    en: 'For this person of one’s own office; for everybody in it where none is named',
    optional: true,
    nullable: true,
    example: null,
  })
  forPersonId: PersonId | null = null;
}

export class CompleteFollowUpDto {
  @TextField({
    de: 'Bemerkung zur Erledigung',
    en: 'Remark on what was done',
    multiline: true,
    optional: true,
    nullable: true,
    example: 'Die Stelle ist besetzt.',
  })
  remark: string | null = null;
}

export class FollowUpQuery extends PageQuery {
  @ChoiceField({
    de: 'Offen oder erledigt',
    en: 'Open or done',
    of: followUpStates,
    optional: true,
    example: 'open',
  })
  state: FollowUpState | null = null;

  @DayField({
    de: 'Bis zu diesem Tag',
    en: 'Up to this day',
    optional: true,
    fromText: true,
    example: '2016-12-31',
  })
  until: CalendarDate | null = null;

  @IdField({ de: 'Zu dieser Sache', en: 'About this thing', optional: true }) subjectId: string | null = null;

  @IdField({ de: 'Zu diesem Zentrum', en: 'About this centre', optional: true })
  centreId: CentreId | null = null;

  @IdField({ de: 'Für diese Person', en: 'For this person', optional: true })
  forPersonId: PersonId | null = null;
}
