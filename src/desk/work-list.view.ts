import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId } from '../kernel/ids.js';
import {
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
} from '../platform/http/fields.js';
import { workKinds, type WorkKind } from './waiting-work.repository.js';
import type { WaitingItem } from './work-list.service.js';

export class WaitingSubjectView {
  @TextField({ de: 'Art', en: 'Type', example: 'application' }) type!: string;
  @IdField({ de: 'Kennung', en: 'Id' }) id!: string;
  @TextField({
    de: 'Wo es nachzulesen ist, unterhalb von /api/v1',
    en: 'Where it is read, below /api/v1',
    example: '/applications/0198c0de-7a11-7000-8000-000000000001',
  })
  place!: string;
  @IdField({ de: 'Zentrum', en: 'Centre', nullable: true }) centreId!: CentreId | null;
  @TextField({ de: 'Name des Zentrums', en: 'Name of the centre', nullable: true, example: 'Kreis Coesfeld' })
  centreName!: string | null;
  @IdField({ de: 'Fall', en: 'Case', nullable: true }) caseId!: CaseId | null;
  @TextField({ de: 'Programm', en: 'Programme', nullable: true, example: 'KI' }) programme!: string | null;
  @TextField({
    de: 'Aktenzeichen, sobald es einen Bescheid gibt',
    en: 'File number, once there is a decision',
    nullable: true,
    example: null,
  })
  fileNumber!: string | null;
}

export class WorkItemView {
  @ChoiceField({ de: 'Art der Arbeit', en: 'Kind of work', of: workKinds, example: 'application_to_check' })
  kind!: WorkKind;
  @ObjectField({ de: 'Worum es geht', en: 'What it is about', of: WaitingSubjectView })
  subject!: WaitingSubjectView;
  @InstantField({ de: 'Wartet seit', en: 'Waiting since' }) waitingSince!: string;
  @IntegerField({ de: 'Alter in Kalendertagen', en: 'Age in calendar days', example: 12 }) ageDays!: number;
  @TextField({
    de: 'Nächster Vorgang (operationId); Sie dürfen ihn jetzt aufrufen',
    en: 'Next operation (operationId); you may call it now',
    example: 'application.check',
  })
  operation!: string;
  @DayField({
    de: 'Tag, an dem es zu geschehen hat, soweit die Sache selbst ihn nennt; alle Fristen stehen unter /deadlines',
    en: 'Day by which it is to happen, where the thing itself names one; all deadlines stand under /deadlines',
    nullable: true,
    example: null,
  })
  due!: CalendarDate | null;
  @TextField({ de: 'Was zu tun ist', en: 'What is to be done, in German', example: 'Antrag prüfen' })
  textDe!: string;
  @TextField({
    de: 'Was zu tun ist, auf Englisch',
    en: 'What is to be done, in English',
    example: 'Check an application',
  })
  textEn!: string;
  @TextField({
    de: 'Vermerk einer Wiedervorlage; sonst null',
    en: 'Note of a follow-up; null otherwise',
    multiline: true,
    nullable: true,
    example: null,
  })
  note!: string | null;

  static of(item: WaitingItem): WorkItemView {
    const { kind, subjectType: type, subjectId: id, place, centreId, centreName, caseId, programme } = item;
    const { fileNumber, since: waitingSince, ageDays, operation, dueOn: due, text, note } = item;
    return {
      ...{ kind, subject: { type, id, place, centreId, centreName, caseId, programme, fileNumber } },
      ...{ waitingSince, ageDays, operation, due, textDe: text.de, textEn: text.en, note },
    };
  }
}
