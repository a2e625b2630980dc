import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Id, PublishedFigureId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { CentsField, ChoiceField, DayField, IdField, TextField, YearField } from '../platform/http/fields.js';
import type { PublishedFigure, ReconciliationCandidate } from './published-figure.entity.js';
import { publishedSources, type PublishedSource } from './published-figure.rules.js';

export class PublishedFigureView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: PublishedFigureId;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @TextField({ de: 'Was gezählt wurde', en: 'What was counted', example: 'ki.total' }) subject!: string;
  @ChoiceField({ de: 'Wessen Geld', en: 'Whose money', of: publishedSources, example: 'state' })
  source!: PublishedSource;
  @CentsField({ de: 'Veröffentlichter Betrag', en: 'Amount as published', example: 1_450_000_000 })
  amountCents!: Money;
  @CentsField({ de: 'Gerundet auf', en: 'Rounded to', example: 10_000_000 }) roundedToCents!: Money;
  @TextField({ de: 'Wort der Rundung', en: 'Word used for the rounding', nullable: true, example: 'rund' })
  roundingText!: string | null;
  @TextField({ de: 'Fundstelle', en: 'Publication', example: 'Lokalpresse, Besuch der Staatssekretärin' })
  publication!: string;
  @TextField({ de: 'Adresse', en: 'Address', nullable: true, example: null }) url!: string | null;
  @DayField({
    de: 'Tag der Veröffentlichung; null, wenn unbekannt',
    en: 'Day of publication; null where unknown',
    nullable: true,
    example: null,
  })
  publishedOn!: CalendarDate | null;

  static of({ amount, roundedTo, ...row }: PublishedFigure): PublishedFigureView {
    const { id, fundingYear, subject, source, roundingText, publication, url, publishedOn } = row;
    return {
      id,
      fundingYear,
      subject,
      source,
      amountCents: amount,
      roundedToCents: roundedTo,
      roundingText,
      publication,
      url,
      publishedOn,
    };
  }
}

export class ReconciliationCandidateView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: Id<'ReconciliationCandidate'>;
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
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

  static of({
    id,
    fundingYear,
    textDe,
    textEn,
    source,
  }: ReconciliationCandidate): ReconciliationCandidateView {
    return { id, fundingYear, textDe, textEn, source };
  }
}
