import type { BudgetLineId, PersonId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  IdField,
  IntegerField,
  ListField,
  YearField,
} from '../platform/http/fields.js';
import type { BudgetYear, BudgetYearId } from './budget-year.entity.js';
import type { ClosedYear, OpenedYear } from './budget-year.service.js';
import { yearStates, type LineClosing, type YearState } from './year.rules.js';

export class BudgetYearView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: BudgetYearId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2017 }) fundingYear!: number;
  @ChoiceField({ de: 'Stand', en: 'State', of: yearStates, example: 'open' }) state!: YearState;
  @IdField({ de: 'Eröffnet von (Person)', en: 'Person who opened' }) openedBy!: PersonId;
  @IdField({ de: 'Geschlossen von (Person)', en: 'Person who closed', nullable: true })
  closedBy!: PersonId | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 1 }) version!: number;

  static of({ id, fundingYear, state, openedBy, closedBy, version }: BudgetYear): BudgetYearView {
    return { id, fundingYear, state, openedBy, closedBy, version };
  }
}

export class OpenedYearView extends BudgetYearView {
  @CentsField({
    de: 'In früheren Jahren zugesagt und nun auf den Ansatz übernommen',
    en: 'Promised in earlier years, now moved onto the appropriation',
    example: 15_049_180,
  })
  broughtForwardCents!: Money;
  @IntegerField({ de: 'Fälle', en: 'Cases', example: 1 }) cases!: number;

  static opened({ year, broughtForward, cases }: OpenedYear): OpenedYearView {
    const { id, fundingYear, state, openedBy, closedBy, version } = year;
    const brought = { broughtForwardCents: broughtForward, cases };
    return { id, fundingYear, state, openedBy, closedBy, version, ...brought };
  }
}

export class LineClosingView {
  @IdField({ de: 'Haushaltsstelle', en: 'Budget line' }) lineId!: BudgetLineId;
  @CentsField({ de: 'Weder zugesagt noch gesperrt', en: 'Neither promised nor blocked', example: 18_625_684 })
  freeCents!: Money;
  @CentsField({ de: 'Davon verfällt', en: 'Of this, lapses', example: 0 }) lapsesCents!: Money;
  @CentsField({
    de: 'Davon übertragbar, mit Einwilligung und Deckung',
    en: 'Of this, may be carried over with consent and cover',
    source: '§ 45 LHO NRW',
    example: 18_625_684,
  })
  mayBeCarriedOverCents!: Money;
  @CentsField({ de: 'Gesperrt und verfallen', en: 'Blocked, and lapses', example: 0 })
  blockedLapsesCents!: Money;
  @CentsField({
    de: 'Bewilligt, noch nicht abgerufen; bleibt',
    en: 'Committed and not called; stays',
    example: 0,
  })
  openCommitmentsCents!: Money;
  @CentsField({
    de: 'Ungenutzte Verpflichtungsermächtigungen, verfallen',
    en: 'Unused commitment authorisations, lapse',
    example: 0,
  })
  authorisationLapsesCents!: Money;
  @CentsField({
    de: 'Nicht übertragener Rest des vorvorigen Jahres',
    en: 'Remainder of two years ago',
    example: 0,
  })
  remainderLapsesCents!: Money;

  static of(line: LineClosing): LineClosingView {
    return {
      lineId: line.lineId,
      freeCents: line.free,
      lapsesCents: line.lapses,
      mayBeCarriedOverCents: line.mayBeCarriedOver,
      blockedLapsesCents: line.blockedLapses,
      openCommitmentsCents: line.openCommitments,
      authorisationLapsesCents: line.authorisationLapses,
      remainderLapsesCents: line.remainderLapses,
    };
  }
}

export class ClosedYearView extends BudgetYearView {
  @ListField({ de: 'Je Haushaltsstelle', en: 'Per budget line', of: LineClosingView })
  lines!: LineClosingView[];

  static closed({ year, lines }: ClosedYear): ClosedYearView {
    const { id, fundingYear, state, openedBy, closedBy, version } = year;
    const told = lines.map((line) => LineClosingView.of(line));
    return { id, fundingYear, state, openedBy, closedBy, version, lines: told };
  }
}
