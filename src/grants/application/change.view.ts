import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { PersonId } from '../../kernel/ids.js';
import {
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
} from '../../platform/http/fields.js';
import type { ChangeAnswer } from './application-change.entity.js';
import type { ToldAndAcknowledged } from './application-change.repository.js';
import { changeConsequences, changeKinds, type ChangeConsequence, type ChangeKind } from './change.rules.js';

export class ChangeAnswerView {
  @ChoiceField({ de: 'Folge', en: 'Consequence', of: changeConsequences, example: 'amendment' })
  consequence!: ChangeConsequence;
  @TextField({
    de: 'Begründung',
    en: 'Reason',
    max: 4000,
    multiline: true,
    example: 'Die Zuwendung wird um die unbesetzten Monate gekürzt.',
  })
  reason!: string;
  @DayField({ de: 'Beantwortet am', en: 'Acknowledged on', example: '2016-06-27' })
  acknowledgedOn!: CalendarDate;
  @InstantField({ de: 'Beantwortet', en: 'Acknowledged' }) acknowledgedAt!: string;
  @IdField({ de: 'Beantwortet von (Person)', en: 'Person who acknowledged' }) acknowledgedBy!: PersonId;

  static of({ consequence, reason, ...acknowledged }: ChangeAnswer): ChangeAnswerView {
    const { acknowledgedOn, acknowledgedAt, acknowledgedBy } = acknowledged;
    return { consequence, reason, acknowledgedOn, acknowledgedAt, acknowledgedBy };
  }
}

export class ToldChangeView {
  @IntegerField({ de: 'Nummer', en: 'Number', example: 1 }) number!: number;
  @ChoiceField({ de: 'Was sich geändert hat', en: 'What has changed', of: changeKinds, example: 'staffing' })
  kind!: ChangeKind;
  @TextField({
    de: 'Die Änderung in Worten',
    en: 'The change in words',
    max: 4000,
    multiline: true,
    example: 'Die dritte Fachkraftstelle ist unbesetzt; sie ist ausgeschrieben.',
  })
  what!: string;
  @DayField({ de: 'Seit', en: 'Since', example: '2016-06-01' }) sinceOn!: CalendarDate;
  @DayField({ de: 'Mitgeteilt am', en: 'Told on', example: '2016-06-20' }) toldOn!: CalendarDate;
  @InstantField({ de: 'Mitgeteilt', en: 'Told' }) toldAt!: string;
  @IdField({ de: 'Mitgeteilt von (Person)', en: 'Person who told' }) toldBy!: PersonId;
  @ObjectField({
    de: 'Antwort der Bewilligungsbehörde; null, solange sie aussteht',
    en: 'Answer of the granting authority; null while it is awaited',
    of: ChangeAnswerView,
    nullable: true,
  })
  answer!: ChangeAnswerView | null;

  static of({ change, answer }: ToldAndAcknowledged): ToldChangeView {
    const { number, kind, what, sinceOn, toldOn, toldAt, toldBy } = change;
    return {
      ...{ number, kind, what, sinceOn, toldOn, toldAt, toldBy },
      answer: answer === null ? null : ChangeAnswerView.of(answer),
    };
  }
}
