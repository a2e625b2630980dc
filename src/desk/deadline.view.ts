import { roles, type Role } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import type { CaseId, CentreId } from '../kernel/ids.js';
import {
  ChoiceField,
  DayField,
  IdField,
  IntegerField,
  ObjectField,
  TextField,
} from '../platform/http/fields.js';
import { deadlineKinds, type DeadlineKind } from './deadline.rules.js';
import type { Deadline } from './deadline.service.js';

export class DeadlineSubjectView {
  @TextField({ de: 'Art', en: 'Type', example: 'decision' }) type!: string;
  @IdField({ de: 'Kennung', en: 'Id' }) id!: string;
  @IdField({ de: 'Zentrum', en: 'Centre', nullable: true }) centreId!: CentreId | null;
  @TextField({ de: 'Name des Zentrums', en: 'Name of the centre', nullable: true, example: 'Kreis Coesfeld' })
  centreName!: string | null;
  @IdField({ de: 'Fall', en: 'Case', nullable: true }) caseId!: CaseId | null;
  @TextField({ de: 'Programm', en: 'Programme', nullable: true, example: 'KI' }) programme!: string | null;
  @TextField({ de: 'Aktenzeichen', en: 'File number', nullable: true, example: '36.02-KI-2016-1' })
  fileNumber!: string | null;
}

export class DeadlineView {
  @ChoiceField({ de: 'Art der Frist', en: 'Kind of deadline', of: deadlineKinds, example: 'remedy_period' })
  kind!: DeadlineKind;
  @ObjectField({ de: 'Worum es geht', en: 'What it is about', of: DeadlineSubjectView })
  subject!: DeadlineSubjectView;
  @ChoiceField({ de: 'Wessen Frist es ist', en: 'Whose deadline it is', of: roles, example: 'municipality' })
  whose!: Role;
  @TextField({
    de: 'Ereignis, von dem an sie läuft',
    en: 'Event it runs from, in German',
    example: 'Bekanntgabe',
  })
  eventDe!: string;
  @TextField({ de: 'Ereignis auf Englisch', en: 'Event it runs from, in English', example: 'Notification' })
  eventEn!: string;
  @DayField({ de: 'Tag des Ereignisses', en: 'Day of the event', example: '2016-02-12' })
  eventOn!: CalendarDate;
  @TextField({ de: 'Rechtsgrundlage', en: 'Legal basis', example: '§ 74 Abs. 1 VwGO' }) basis!: string;
  @ChoiceField({
    de: 'Wie gut die Regel belegt ist',
    en: 'How well the rule is sourced',
    of: confidences,
    example: 'derived',
  })
  confidence!: Confidence;
  @DayField({ de: 'Ende nach dem Kalender', en: 'End by the calendar', example: '2016-03-12' })
  endsOn!: CalendarDate;
  @DayField({
    de: 'Letzter Tag, auf den nächsten Werktag verschoben, wo das Recht es tut',
    en: 'Last day, moved to the next working day where the law moves it',
    example: '2016-03-14',
  })
  dueOn!: CalendarDate;
  @IntegerField({
    de: 'Tage bis dahin; negativ, wenn versäumt',
    en: 'Days until then; negative when missed',
    signed: true,
    example: 7,
  })
  daysLeft!: number;
  @TextField({ de: 'Frist', en: 'Deadline, in German', example: 'Ende der Klagefrist' }) textDe!: string;
  @TextField({ de: 'Frist auf Englisch', en: 'Deadline, in English', example: 'End of the period' })
  textEn!: string;
  @TextField({
    de: 'Was daraus folgt',
    en: 'What follows, in German',
    example: 'Der Bescheid wird unanfechtbar.',
  })
  consequenceDe!: string;
  @TextField({
    de: 'Was daraus folgt, auf Englisch',
    en: 'What follows, in English',
    example: 'The decision becomes final.',
  })
  consequenceEn!: string;

  static of(deadline: Deadline): DeadlineView {
    const { kind, subjectType: type, subjectId: id, centreId, centreName, caseId, programme } = deadline;
    const { fileNumber, facts, rule, endsOn, dueOn, daysLeft } = deadline;
    const { whose, event, basis, confidence, text, consequence } = rule;
    return {
      ...{ kind, subject: { type, id, centreId, centreName, caseId, programme, fileNumber }, whose },
      ...{ eventDe: event.de, eventEn: event.en, eventOn: facts.eventOn, basis, confidence },
      ...{ endsOn, dueOn, daysLeft, textDe: text.de, textEn: text.en },
      ...{ consequenceDe: consequence.de, consequenceEn: consequence.en },
    };
  }
}
