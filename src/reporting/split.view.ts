import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId, Id, PublishedFigureId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  InstantField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { explanations, type Explanation } from './reconciliation.rules.js';
import type { CentreSplit } from './split.repository.js';
import { splitSources, type Split, type SplitSource } from './split.rules.js';
import type { Reconciliation, StatewideAnswer } from './split.service.js';

const PAID = {
  de: 'Ausgezahlt; null, wo das Land nichts auszahlt',
  en: 'Paid; null where the Land pays nothing out',
  nullable: true,
} as const;
const MODELLED = {
  de: 'Beruht ganz oder teilweise auf modellierten Angaben',
  en: 'Rests on modelled figures, in full or in part',
};

/** One source by stage. */
export class SplitView {
  @ChoiceField({ de: 'Quelle', en: 'Source', of: splitSources, example: 'state_integration' })
  source!: SplitSource;
  @CentsField({ de: 'Geplant (Finanzierungsplan)', en: 'Planned (financing plan)', example: 17_000_000 })
  plannedCents!: Money;
  @CentsField({ de: 'Bewilligt', en: 'Committed', example: 17_000_000 }) committedCents!: Money;
  @CentsField({ ...PAID, example: 17_000_000 }) paidCents!: Money | null;
  @CentsField({ de: 'Abgerechnet', en: 'Settled', example: 17_000_000 }) settledCents!: Money;
  @FlagField({ ...MODELLED, example: false }) modelled!: boolean;

  static of({ source, planned, committed, paid, settled, modelled }: Split): SplitView {
    return {
      source,
      plannedCents: planned,
      committedCents: committed,
      paidCents: paid,
      settledCents: settled,
      modelled,
    };
  }
}

export class CentreSplitView extends SplitView {
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @TextField({ de: 'Amtlicher Gemeindeschlüssel', en: 'Municipality key', example: '05558000' }) ags!: string;
  @TextField({ de: 'Name des Zentrums', en: 'Name of the centre', example: 'Kreis Coesfeld' })
  centreName!: string;

  static override of(split: CentreSplit): CentreSplitView {
    const { centreId, ags, centreName } = split;
    return Object.assign(SplitView.of(split), { centreId, ags, centreName });
  }
}

/** A published figure, as reports repeat it. */
export class FigureView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: PublishedFigureId;
  @TextField({ de: 'Was gezählt wurde', en: 'What was counted', example: 'ki.total' }) subject!: string;
  @TextField({ de: 'Wessen Geld', en: 'Whose money', example: 'state' }) source!: string;
  @CentsField({ de: 'Veröffentlichter Betrag', en: 'Amount as published', example: 1_450_000_000 })
  publishedCents!: Money;
  @CentsField({ de: 'Gerundet auf', en: 'Rounded to', example: 10_000_000 }) roundedToCents!: Money;
  @TextField({ de: 'Wort der Rundung', en: 'Word used for the rounding', nullable: true, example: 'rund' })
  roundingText!: string | null;
  @TextField({ de: 'Fundstelle', en: 'Publication', example: 'Lokalpresse' }) publication!: string;
  @DayField({
    de: 'Tag der Veröffentlichung; null, wenn unbekannt',
    en: 'Day of publication; null where unknown',
    nullable: true,
    example: null,
  })
  publishedOn!: CalendarDate | null;

  static of({
    id,
    subject,
    source,
    amount,
    roundedTo,
    ...row
  }: StatewideAnswer['published'][number]): FigureView {
    const { roundingText, publication, publishedOn } = row;
    return {
      id,
      subject,
      source,
      publishedCents: amount,
      roundedToCents: roundedTo,
      roundingText,
      publication,
      publishedOn,
    };
  }
}

export class StatewideView {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @DayField({ de: 'Stichtag', en: 'As of this day', example: '2017-12-31' }) asOf!: CalendarDate;
  @InstantField({
    de: 'Wie es zu diesem Zeitpunkt erfasst war; null für alles Erfasste',
    en: 'As recorded until this instant; null for everything recorded',
    nullable: true,
    example: null,
  })
  knownAt!: string | null;
  @ListField({ de: 'Je Quelle', en: 'By source', of: SplitView }) items!: SplitView[];
  @CentsField({ de: 'Geplant, alle Quellen', en: 'Planned, all sources', example: 17_000_000 })
  totalPlannedCents!: Money;
  @CentsField({ de: 'Bewilligt, alle Quellen', en: 'Committed, all sources', example: 17_000_000 })
  totalCommittedCents!: Money;
  @CentsField({ de: 'Ausgezahlt', en: 'Paid', example: 17_000_000 }) totalPaidCents!: Money;
  @CentsField({ de: 'Abgerechnet, alle Quellen', en: 'Settled, all sources', example: 17_000_000 })
  totalSettledCents!: Money;
  @CentsField({
    de: 'Soll aller Konten des Jahres',
    en: 'Debits of all accounts of the year',
    example: 51_000_000,
  })
  debitsCents!: Money;
  @CentsField({
    de: 'Haben aller Konten des Jahres; gleich dem Soll, oder das Buch stimmt nicht',
    en: 'Credits of all accounts of the year; equal to the debits, or the ledger is broken',
    example: 51_000_000,
  })
  creditsCents!: Money;
  @ListField({ de: 'Was dazu veröffentlicht wurde', en: 'What was published about it', of: FigureView })
  publishedFigures!: FigureView[];

  static of({
    fundingYear,
    asOf,
    knownAt,
    splits,
    debits,
    credits,
    published,
  }: StatewideAnswer): StatewideView {
    return {
      fundingYear,
      asOf,
      knownAt,
      items: splits.map((split) => SplitView.of(split)),
      totalPlannedCents: Money.sum(splits.map(({ planned }) => planned)),
      totalCommittedCents: Money.sum(splits.map(({ committed }) => committed)),
      totalPaidCents: Money.sum(splits.map(({ paid }) => paid ?? Money.zero)),
      totalSettledCents: Money.sum(splits.map(({ settled }) => settled)),
      debitsCents: debits,
      creditsCents: credits,
      publishedFigures: published.map((figure) => FigureView.of(figure)),
    };
  }
}

const BOOKED = {
  de: 'Bewilligt nach Angaben der Träger; null, wo nichts zu vergleichen ist',
  en: 'Committed as reported; null where there is nothing to compare with',
  nullable: true,
} as const;

export class ReconciliationLineView extends FigureView {
  @CentsField({ ...BOOKED, example: 1_374_418_032 }) bookedCents!: Money | null;
  @CentsField({
    de: 'Bewilligt auf modellierter Grundlage',
    en: 'Committed on modelled plans',
    nullable: true,
    example: 0,
  })
  modelledCents!: Money | null;
  @CentsField({
    de: 'Veröffentlicht abzüglich gebucht und modelliert',
    en: 'Published less booked and modelled',
    signed: true,
    nullable: true,
    example: 75_581_968,
  })
  differenceCents!: Money | null;
  @ChoiceField({ de: 'Erklärung', en: 'Explanation', of: explanations, example: 'unexplained' })
  explanation!: Explanation;

  static ofLine({
    figure,
    booked,
    modelled,
    difference,
    explanation,
  }: Reconciliation['lines'][number]): ReconciliationLineView {
    return Object.assign(FigureView.of(figure), {
      bookedCents: booked,
      modelledCents: modelled,
      differenceCents: difference,
      explanation,
    });
  }
}

export class CandidateView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: Id<'ReconciliationCandidate'>;
  @TextField({
    de: 'Mögliche Erklärung, deutsch',
    en: 'Possible explanation in German',
    example: 'KOMM-AN-Stellen',
  })
  textDe!: string;
  @TextField({
    de: 'Mögliche Erklärung, englisch',
    en: 'Possible explanation in English',
    example: 'KOMM-AN posts',
  })
  textEn!: string;
  @TextField({ de: 'Worauf sich das stützt', en: 'What it rests on', example: 'Presseinformation 90/2/2016' })
  source!: string;

  static of({ id, textDe, textEn, source }: Reconciliation['candidates'][number]): CandidateView {
    return { id, textDe, textEn, source };
  }
}

export class ReconciliationView {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @DayField({ de: 'Stichtag', en: 'As of this day', example: '2017-12-31' }) asOf!: CalendarDate;
  @ListField({ de: 'Je veröffentlichter Zahl', en: 'By published figure', of: ReconciliationLineView })
  items!: ReconciliationLineView[];
  @ListField({
    de: 'Was eine Abweichung erklären könnte; nichts davon wird behauptet',
    en: 'What might explain a difference; none of it is asserted',
    of: CandidateView,
  })
  candidates!: CandidateView[];

  static of({ fundingYear, asOf, lines, candidates }: Reconciliation): ReconciliationView {
    return {
      fundingYear,
      asOf,
      items: lines.map((line) => ReconciliationLineView.ofLine(line)),
      candidates: candidates.map((candidate) => CandidateView.of(candidate)),
    };
  }
}
