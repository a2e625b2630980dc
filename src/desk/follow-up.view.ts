import type { Role } from '../kernel/actor.js';
import { roles } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, FollowUpId, PersonId } from '../kernel/ids.js';
import {
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  TextField,
} from '../platform/http/fields.js';
import type { FollowUp } from './follow-up.entity.js';
import {
  followUpStates,
  followUpSubjects,
  type FollowUpState,
  type FollowUpSubject,
} from './follow-up.rules.js';

export class FollowUpView {
  @IdField({ de: 'Wiedervorlage', en: 'Follow-up' }) id!: FollowUpId;
  @ChoiceField({ de: 'Stelle', en: 'Office', of: roles, example: 'granting_authority' }) office!: Role;
  @ChoiceField({ de: 'Art der Sache', en: 'Type of the thing', of: followUpSubjects, example: 'decision' })
  subjectType!: FollowUpSubject;
  @IdField({ de: 'Kennung der Sache', en: 'Id of the thing' }) subjectId!: string;
  @IdField({ de: 'Zentrum', en: 'Centre', nullable: true }) centreId!: CentreId | null;
  @IdField({ de: 'Fall', en: 'Case', nullable: true }) caseId!: CaseId | null;
  @DayField({ de: 'Tag der Wiedervorlage', en: 'Day of the follow-up', example: '2016-06-01' })
  dueOn!: CalendarDate;
  @TextField({
    de: 'Vermerk; null, wenn er mit einer Person gelöscht wurde',
    en: 'Note; null where it was erased with a person',
    multiline: true,
    nullable: true,
    example: 'Nachfragen.',
  })
  note!: string | null;
  @IdField({
    de: 'Für wen; null: für alle der Stelle',
    en: 'For whom; null: for the whole office',
    nullable: true,
  })
  forPersonId!: PersonId | null;
  @IdField({ de: 'Angelegt von', en: 'Created by' }) createdBy!: PersonId;
  @InstantField({ de: 'Angelegt', en: 'Created at' }) createdAt!: string;
  @ChoiceField({ de: 'Offen oder erledigt', en: 'Open or done', of: followUpStates, example: 'open' })
  state!: FollowUpState;
  @DayField({ de: 'Erledigt am', en: 'Done on', nullable: true, example: null }) doneOn!: CalendarDate | null;
  @IdField({ de: 'Erledigt von', en: 'Done by', nullable: true, example: null }) doneBy!: PersonId | null;
  @TextField({
    de: 'Bemerkung zur Erledigung',
    en: 'Remark on what was done',
    multiline: true,
    nullable: true,
    example: null,
  })
  remark!: string | null;
  @IntegerField({ de: 'Version', en: 'Version', min: 1, example: 1 }) version!: number;

  static of(followUp: FollowUp): FollowUpView {
    const { id, office, subjectType, subjectId, centreId, caseId, dueOn, note, forPersonId } = followUp;
    const { createdBy, createdAt, doneAt, doneOn, doneBy, remark, version } = followUp;
    return {
      ...{ id, office, subjectType, subjectId, centreId, caseId, dueOn, note, forPersonId },
      ...{ createdBy, createdAt, state: doneAt === null ? 'open' : 'done', doneOn, doneBy, remark, version },
    };
  }
}
