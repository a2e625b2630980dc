import type { CalendarDate } from '../../kernel/calendar-date.js';
import { ChoiceField, DayField, IntegerField, ListField, TextField } from '../../platform/http/fields.js';
import {
  opinions,
  opiningOffices,
  proposals,
  type Deviation,
  type Opinion,
  type OpiningOffice,
  type Proposal,
} from './opinion.rules.js';
import { checkOutcomes, type CheckOutcome, type CheckResult } from './check.rules.js';

export class CheckResultDto implements CheckResult {
  @TextField({
    de: 'Kürzel des Punkts der Prüfliste; sie steht bei der Fassung der Richtlinie (guideline.read)',
    en: 'Code of the checklist item; the list stands with the guideline version (guideline.read)',
    max: 60,
    example: 'financing_secured',
  })
  code!: string;
  @ChoiceField({ de: 'Ergebnis', en: 'Result', of: checkOutcomes, example: 'met' }) result!: CheckOutcome;
  @TextField({
    de: 'Begründung; nötig, wenn nicht erfüllt oder nicht einschlägig',
    en: 'Reason; needed where it is not met or does not apply',
    max: 2000,
    multiline: true,
    optional: true,
    nullable: true,
    example: null,
  })
  reason: string | null = null;
}

export class CheckApplicationDto {
  @ListField({
    de: 'Ein Ergebnis zu jedem Punkt der Prüfliste',
    en: 'One result for each item of the checklist',
    of: CheckResultDto,
    max: 100,
  })
  results!: CheckResultDto[];
  @TextField({
    de: 'Prüfvermerk',
    en: 'Note of the check',
    max: 4000,
    multiline: true,
    example: 'Unterlagen vollständig, Stellen im Rahmen der Richtlinie.',
  })
  note!: string;
  @TextField({
    de: 'Prüfsumme der geprüften Einreichung; ist eine andere die letzte, wird nichts vermerkt',
    en: 'Hash of the submission that was checked; when another is the latest, nothing is recorded',
    min: 64,
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    optional: true,
    nullable: true,
    example: null,
  })
  sha256: string | null = null;
}

export class QueryApplicationDto {
  @TextField({
    de: 'Rückfrage an den Antragsteller',
    en: 'Question to the applicant',
    max: 4000,
    multiline: true,
    example: 'Bitte erläutern Sie den Stellenumfang der Verwaltungsassistenz.',
  })
  question!: string;
  @DayField({
    de: 'Zu beantworten bis; höchstens ein Jahr voraus, an einem arbeitsfreien Tag gilt der nächste Werktag in NRW',
    en: 'To be answered by; at most a year ahead, a non-working day moves to the next working day in NRW',
    source: '§ 31 Abs. 3 VwVfG NRW',
    example: '2016-03-15',
  })
  dueOn!: CalendarDate;
}

export class AnswerQueryDto {
  @IntegerField({ de: 'Nummer der Rückfrage', en: 'Number of the query', min: 1, max: 999, example: 1 })
  query!: number;
  @TextField({
    de: 'Antwort',
    en: 'Answer',
    max: 4000,
    multiline: true,
    example: 'Die Assistenz arbeitet halbtags, die Stelle ist besetzt.',
  })
  text!: string;
}

export class OpineDto {
  @ChoiceField({ de: 'Stellungnahme', en: 'Opinion', of: opinions, example: 'favourable' }) opinion!: Opinion;
  @TextField({
    de: 'Begründung',
    en: 'Reason',
    max: 4000,
    multiline: true,
    example: 'Das Handlungskonzept ist schlüssig.',
  })
  reason!: string;
}

export class DeviationDto implements Deviation {
  @ChoiceField({
    de: 'Wer ablehnend Stellung genommen hat',
    en: 'Who stated the unfavourable opinion',
    of: opiningOffices,
    example: 'school_ministry',
  })
  office!: OpiningOffice;
  @TextField({
    de: 'Warum das Votum davon abweicht',
    en: 'Why the recommendation goes against it',
    max: 2000,
    multiline: true,
    example: 'Die Lehrkräfte sind inzwischen abgeordnet.',
  })
  reason!: string;
}

export class RecommendApplicationDto {
  @TextField({
    de: 'Votum mit Begründung',
    en: 'Recommendation with reasons',
    max: 4000,
    multiline: true,
    example: 'Bewilligung wie beantragt.',
  })
  recommendation!: string;
  @ChoiceField({
    de: 'Was das Votum vorschlägt',
    en: 'What the recommendation proposes',
    of: proposals,
    optional: true,
    example: 'grant',
  })
  proposes: Proposal = 'grant';
  @ListField({
    de: 'Abweichungen: zu jeder ablehnenden Stellungnahme, gegen die bewilligt werden soll, der Grund',
    en: 'Deviations: the reason for each unfavourable opinion against which a grant is proposed',
    of: DeviationDto,
    max: 3,
    optional: true,
    example: [],
  })
  deviations: DeviationDto[] = [];
}
