import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, DecisionId, Id } from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import { Money } from '../../kernel/money.js';
import { fundingSources, type FundingSource } from '../../financing/plan.rules.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { takingsBack, type TakingBack } from './act.rules.js';
import type { CaseGrant, DecisionCourse } from './course.service.js';
import { DecisionSummaryView, DecisionView } from './decision.view.js';
import type { Hearing } from './hearing.entity.js';
import { hearingLifecycle, type HearingState } from './hearing.rules.js';
import type { Suit } from './suit.entity.js';
import { suitLifecycle, type SuitState } from './suit.rules.js';

export class SuitView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: Id<'Suit'>;
  @DayField({ de: 'Erhoben am', en: 'Brought on', example: '2016-02-22' }) broughtOn!: CalendarDate;
  @TextField({ de: 'Gericht', en: 'Court', example: 'Verwaltungsgericht Münster' }) court!: string;
  @TextField({ de: 'Aktenzeichen des Gerichts', en: 'File number of the court', example: '3 K 512/16' })
  fileNumber!: string;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(suitLifecycle), example: 'suit_recorded' })
  state!: SuitState;
  @DayField({ de: 'Beendet am', en: 'Ended on', nullable: true, example: null })
  endedOn!: CalendarDate | null;

  static of({ id, broughtOn, court, fileNumber, state, endedOn }: Suit): SuitView {
    return { id, broughtOn, court, fileNumber, state, endedOn };
  }
}

export class HearingView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: Id<'Hearing'>;
  @ChoiceField({ de: 'Wozu', en: 'About', of: takingsBack, example: 'revocation' }) purpose!: TakingBack;
  @TextField({
    de: 'Vorhalt',
    en: 'What was put to it',
    max: 8000,
    multiline: true,
    example: 'Stelle unbesetzt.',
  })
  reasons!: string;
  @DayField({ de: 'Eröffnet am', en: 'Opened on', example: '2016-02-29' }) openedOn!: CalendarDate;
  @DayField({ de: 'Äußerung bis', en: 'Answer until', example: '2016-03-31' }) dueOn!: CalendarDate;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(hearingLifecycle), example: 'open' })
  state!: HearingState;
  @DayField({ de: 'Abgeschlossen am', en: 'Closed on', nullable: true, example: null })
  closedOn!: CalendarDate | null;
  @DayField({
    de: 'Von der Kommune selbst beantwortet am',
    en: 'Answered by the municipality itself on',
    nullable: true,
    example: null,
  })
  answeredOn!: CalendarDate | null;
  @TextField({
    de: 'Äußerung; null, wenn keine einging',
    en: 'What was said; null where nothing was',
    max: 8000,
    multiline: true,
    nullable: true,
    example: null,
  })
  statement!: string | null;

  static of(hearing: Hearing): HearingView {
    const { id, purpose, reasons, openedOn, dueOn, state, closedOn, answeredOn, statement } = hearing;
    return { id, purpose, reasons, openedOn, dueOn, state, closedOn, answeredOn, statement };
  }
}

export class DecisionCourseView {
  @ObjectField({ de: 'Der Bescheid', en: 'The decision', of: DecisionView }) decision!: DecisionView;
  @ListField({ de: 'Klagen gegen ihn', en: 'Suits against it', of: SuitView }) suits!: SuitView[];
  @ListField({ de: 'Anhörungen zu ihm', en: 'Hearings about it', of: HearingView }) hearings!: HearingView[];
  @ListField({
    de: 'Alle Bescheide des Falls, der älteste zuerst',
    en: 'All decisions of the case, oldest first',
    of: DecisionSummaryView,
  })
  chain!: DecisionSummaryView[];

  static of(course: DecisionCourse): DecisionCourseView {
    return {
      decision: DecisionView.of(course),
      suits: course.suits.map((suit) => SuitView.of(suit)),
      hearings: course.hearings.map((hearing) => HearingView.of(hearing)),
      chain: course.chain.map((decision) => DecisionSummaryView.summaryOf(decision)),
    };
  }
}

export class GrantedAmountView {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @IdField({ de: 'Bescheid, der den Betrag festsetzt', en: 'Decision that fixes the amount' })
  decisionId!: DecisionId;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 1_234_500 }) amountCents!: Money;
  @CentsField({
    de: 'Davon an diesem Tag bestandskräftig',
    en: 'Of that, final on this day',
    source: '§ 74 Abs. 1, § 58 Abs. 2 VwGO',
    example: 1_234_500,
  })
  finalCents!: Money;
}

export class CaseGrantView {
  @IdField({ de: 'Fall', en: 'Case' }) caseId!: CaseId;
  @DayField({ de: 'Was an diesem Tag galt', en: 'What was in force on this day', example: '2016-12-31' })
  on!: CalendarDate;
  @InstantField({
    de: 'Nach dem zu diesem Zeitpunkt erfassten Stand; null für den jetzigen',
    en: 'As far as it was recorded at this instant; null for now',
    nullable: true,
    example: null,
  })
  knownAt!: string | null;
  @IntegerField({ de: 'Bescheide des Falls', en: 'Decisions of the case', example: 2 }) decisions!: number;
  @CentsField({ de: 'Landesmittel in Geld', en: 'State money in cash', example: 1_234_500 })
  grantedCents!: Money;
  @CentsField({ de: 'Davon bestandskräftig', en: 'Of that, final', example: 1_234_500 }) finalCents!: Money;
  @ListField({ de: 'Beträge', en: 'Amounts', of: GrantedAmountView }) amounts!: GrantedAmountView[];

  static of({ caseId, asOf, chain, amounts }: CaseGrant): CaseGrantView {
    const cash = amounts.filter(({ row }) => row.source === 'state_integration');
    return {
      ...{ caseId, on: asOf.on, knownAt: asOf.knownAt, decisions: chain.length },
      grantedCents: Money.sum(cash.map(({ amount }) => amount)),
      finalCents: Money.sum(cash.map(({ final }) => final)),
      amounts: amounts.map(({ row, amount, final }) => ({
        ...{ fundingYear: row.fundingYear, source: row.source, decisionId: row.decisionId },
        ...{ amountCents: amount, finalCents: final },
      })),
    };
  }
}
