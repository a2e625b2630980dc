import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { GuidelineVersionId, PersonId } from '../../kernel/ids.js';
import {
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
} from '../../platform/http/fields.js';
import type { ApplicationCheckResult } from './application-check.entity.js';
import type { AskedAndAnswered, CheckWithResults, OpinionAndDeviation } from './application-desk.service.js';
import type { QueryAnswer } from './application-query.entity.js';
import { opinions, opiningOffices, type Opinion, type OpiningOffice } from './opinion.rules.js';
import { checkOutcomes, type CheckOutcome } from './check.rules.js';

export class CheckResultView {
  @IdField({ de: 'Fassung der Richtlinie, die danach fragt', en: 'Guideline version that asks it' })
  guidelineVersionId!: GuidelineVersionId;
  @TextField({ de: 'Punkt der Prüfliste', en: 'Checklist item', example: 'financing_secured' }) code!: string;
  @ChoiceField({ de: 'Ergebnis', en: 'Result', of: checkOutcomes, example: 'met' }) result!: CheckOutcome;
  @TextField({ de: 'Begründung', en: 'Reason', max: 2000, multiline: true, nullable: true, example: null })
  reason!: string | null;

  static of({ guidelineVersionId, code, result, reason }: ApplicationCheckResult): CheckResultView {
    return { guidelineVersionId, code, result, reason };
  }
}

export class CheckView {
  @IntegerField({ de: 'Geprüfte Einreichung', en: 'Submission checked', example: 1 }) submission!: number;
  @TextField({ de: 'Prüfvermerk', en: 'Note of the check', max: 4000, multiline: true }) note!: string;
  @ListField({ de: 'Ergebnisse', en: 'Results', of: CheckResultView }) results!: CheckResultView[];
  @IdField({ de: 'Geprüft von (Person)', en: 'Person who checked' }) checkedBy!: PersonId;
  @DayField({ de: 'Geprüft am', en: 'Checked on', example: '2015-11-03' }) checkedOn!: CalendarDate;

  static of({ check, results }: CheckWithResults): CheckView {
    const { submission, note, checkedBy, checkedOn } = check;
    return {
      ...{ submission, note, checkedBy, checkedOn },
      results: results.map((result) => CheckResultView.of(result)),
    };
  }
}

export class QueryAnswerView {
  @TextField({
    de: 'Antwort; null, wenn sie in der neuen Einreichung liegt',
    en: 'Answer; null where the new submission is the answer',
    max: 4000,
    multiline: true,
    nullable: true,
    example: 'Die Assistenz arbeitet halbtags, die Stelle ist besetzt.',
  })
  text!: string | null;
  @IntegerField({
    de: 'Einreichung, zu der sie gehört oder die sie ist',
    en: 'Submission it belongs to, or is',
    example: 1,
  })
  submission!: number;
  @DayField({ de: 'Beantwortet am', en: 'Answered on', example: '2016-03-01' }) answeredOn!: CalendarDate;
  @InstantField({ de: 'Beantwortet', en: 'Answered' }) answeredAt!: string;
  @IdField({ de: 'Beantwortet von (Person)', en: 'Person who answered' }) answeredBy!: PersonId;

  static of({ text, submission, answeredOn, answeredAt, answeredBy }: QueryAnswer): QueryAnswerView {
    return { text, submission, answeredOn, answeredAt, answeredBy };
  }
}

export class QueryView {
  @IntegerField({ de: 'Nummer', en: 'Number', example: 1 }) number!: number;
  @IntegerField({ de: 'Einreichung, nach der gefragt ist', en: 'Submission asked about', example: 1 })
  submission!: number;
  @TextField({
    de: 'Rückfrage',
    en: 'Question',
    max: 4000,
    multiline: true,
    example: 'Bitte erläutern Sie den Stellenumfang der Verwaltungsassistenz.',
  })
  question!: string;
  @DayField({
    de: 'Zu beantworten bis, ein Werktag in NRW',
    en: 'To be answered by, a working day in NRW',
    source: '§ 31 Abs. 3 VwVfG NRW',
    example: '2016-03-15',
  })
  dueOn!: CalendarDate;
  @DayField({ de: 'Gefragt am', en: 'Asked on', example: '2016-02-15' }) askedOn!: CalendarDate;
  @InstantField({ de: 'Gefragt', en: 'Asked' }) askedAt!: string;
  @IdField({ de: 'Gefragt von (Person)', en: 'Person who asked' }) askedBy!: PersonId;
  @ObjectField({
    de: 'Antwort; null, solange sie aussteht',
    en: 'Answer; null while it is awaited',
    of: QueryAnswerView,
    nullable: true,
  })
  answer!: QueryAnswerView | null;

  static of({ query, answer }: AskedAndAnswered): QueryView {
    const { number, submission, question, dueOn, askedOn, askedAt, askedBy } = query;
    return {
      ...{ number, submission, question, dueOn, askedOn, askedAt, askedBy },
      answer: answer === null ? null : QueryAnswerView.of(answer),
    };
  }
}

export class OpinionView {
  @IntegerField({ de: 'Beurteilte Einreichung', en: 'Submission it is about', example: 1 })
  submission!: number;
  @ChoiceField({ de: 'Stelle', en: 'Office', of: opiningOffices, example: 'school_ministry' })
  office!: OpiningOffice;
  @ChoiceField({ de: 'Stellungnahme', en: 'Opinion', of: opinions, example: 'favourable' }) opinion!: Opinion;
  @TextField({
    de: 'Begründung',
    en: 'Reason',
    max: 4000,
    multiline: true,
    example: 'Das Handlungskonzept ist schlüssig.',
  })
  reason!: string;
  @IdField({ de: 'Abgegeben von (Person)', en: 'Person who stated it' }) statedBy!: PersonId;
  @InstantField({ de: 'Abgegeben', en: 'Stated' }) statedAt!: string;
  @DayField({ de: 'Abgegeben am', en: 'Stated on', example: '2016-02-20' }) statedOn!: CalendarDate;
  @TextField({
    de: 'Warum das Votum davon abweicht; sonst null',
    en: 'Why the recommendation goes against it; otherwise null',
    max: 2000,
    multiline: true,
    nullable: true,
    example: null,
  })
  deviation!: string | null;

  static of({ opinion: stated, deviation }: OpinionAndDeviation): OpinionView {
    const { submission, office, opinion, reason, statedBy, statedAt, statedOn } = stated;
    return {
      ...{ submission, office, opinion, reason, statedBy, statedAt, statedOn },
      deviation: deviation?.reason ?? null,
    };
  }
}
