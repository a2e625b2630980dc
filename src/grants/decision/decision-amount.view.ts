import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { BudgetLineId } from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import type { Money } from '../../kernel/money.js';
import { fundingSources, type FundingSource } from '../../financing/plan.rules.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  YearField,
} from '../../platform/http/fields.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import { amountValidities, type AmountValidity } from './decision.rules.js';
import { amountSuitLifecycle, effectiveAmount, type AmountSuit } from './in-force.rules.js';

export class DecisionAmountView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: DecisionAmount['id'];
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line', nullable: true }) lineId!: BudgetLineId | null;
  @FlagField({ de: 'Unbar: abgeordnete Lehrkräfte', en: 'In kind: seconded teachers', example: false })
  inKind!: boolean;
  @FlagField({ de: 'Modelliert', en: 'Modelled', example: false }) modelled!: boolean;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 17_000_000 }) amountCents!: Money;
  @ChoiceField({
    de: 'Geltung: im Entwurf noch nicht, ab der Freigabe in Kraft',
    en: 'Validity: not yet in a draft, in force from the release',
    of: amountValidities,
    example: 'in_force',
  })
  validity!: AmountValidity;
  @DayField({
    de: 'Bestandskräftig ab, soweit nicht angefochten',
    en: 'Final on, as far as it is not challenged',
    nullable: true,
    example: '2016-03-16',
  })
  finalOn!: CalendarDate | null;
  @IdField({ de: 'Tritt an die Stelle von Betrag', en: 'Takes the place of amount', nullable: true })
  replacesId!: DecisionAmount['id'] | null;
  @CentsField({ de: 'Was bisher galt', en: 'What stood so far', nullable: true, example: null })
  formerCents!: Money | null;
  @ChoiceField({
    de: 'Klage um diesen Betrag',
    en: 'Suit about this amount',
    of: statesOf(amountSuitLifecycle),
    example: 'no_suit',
  })
  suit!: AmountSuit;
  @CentsField({
    de: 'Angefochtener Teil dessen, was der Bescheid hier gibt oder nimmt',
    en: 'Challenged part of what the decision gives or takes here',
    example: 0,
  })
  challengedCents!: Money;
  @CentsField({ de: 'Davon vom Gericht aufgehoben', en: 'Of that, set aside by the court', example: 0 })
  annulledCents!: Money;
  @CentsField({
    de: 'Was nach dem Urteil gilt',
    en: 'What stands after the ruling',
    example: 17_000_000,
  })
  standsCents!: Money;
  @CentsField({
    de: 'Über das Verbleibende hinaus abgerufen: wäre zu erstatten; null, wo nichts genommen wird',
    en: 'Called beyond what is left: would have to be paid back; null where nothing is taken',
    source: '§ 49a Abs. 1 VwVfG NRW',
    nullable: true,
    example: null,
  })
  toBeRepaidCents!: Money | null;

  static of(row: DecisionAmount): DecisionAmountView {
    const { id, fundingYear, source, lineId, inKind, modelled, validity, finalOn, replacesId, suit } = row;
    return {
      ...{ id, fundingYear, source, lineId, inKind, modelled, validity, finalOn, replacesId, suit },
      ...{ amountCents: row.amount, formerCents: row.replaced, standsCents: effectiveAmount(row) },
      ...{ challengedCents: row.challenged, annulledCents: row.annulled, toBeRepaidCents: row.toBeRepaid },
    };
  }
}
