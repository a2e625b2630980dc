import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ChoiceField, DayField, IntegerField, TextField } from '../../platform/http/fields.js';
import { changeConsequences, changeKinds, type ChangeConsequence, type ChangeKind } from './change.rules.js';

export class NotifyChangeDto {
  @ChoiceField({
    de: 'Was sich geändert hat: Finanzierung, Zweck, Stellenbesetzung, Zeitraum oder anderes',
    en: 'What has changed: financing, purpose, staffing, period or something else',
    source: 'Nr. 5 ANBest-G',
    of: changeKinds,
    example: 'staffing',
  })
  kind!: ChangeKind;
  @TextField({
    de: 'Die Änderung in Worten; Namen von Personen gehören nicht hierher',
    en: 'The change in words; names of persons do not belong here',
    max: 4000,
    multiline: true,
    example: 'Die dritte Fachkraftstelle ist unbesetzt; sie ist ausgeschrieben.',
  })
  what!: string;
  @DayField({
    de: 'Seit welchem Tag; nicht in der Zukunft',
    en: 'Since which day; not in the future',
    example: '2016-06-01',
  })
  sinceOn!: CalendarDate;
}

export class AcknowledgeChangeDto {
  @IntegerField({
    de: 'Nummer der Änderungsmitteilung',
    en: 'Number of the change',
    min: 1,
    max: 9999,
    example: 1,
  })
  change!: number;
  @ChoiceField({
    de: 'Folge: keine, Änderungsbescheid, Rücknahme oder Widerruf wird geprüft',
    en: 'Consequence: none, amendment, withdrawal or revocation is examined',
    of: changeConsequences,
    example: 'amendment',
  })
  consequence!: ChangeConsequence;
  @TextField({
    de: 'Begründung',
    en: 'Reason',
    max: 4000,
    multiline: true,
    example: 'Die Zuwendung wird um die unbesetzten Monate gekürzt.',
  })
  reason!: string;
}
