import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Money } from '../kernel/money.js';
import { CentsField, ChoiceField, DayField, TextField, YearField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { publishedSources, type PublishedFacts, type PublishedSource } from './published-figure.rules.js';

const SUBJECT = /^[a-z][A-Za-z]*([.][a-z][A-Za-z]*)*$/;

export class RecordPublishedFigureDto {
  @YearField({
    de: 'Haushaltsjahr, von dem die Zahl spricht',
    en: 'Budget year the figure speaks of',
    example: 2016,
  })
  fundingYear!: number;
  @TextField({
    de: 'Was gezählt wurde',
    en: 'What was counted',
    max: 60,
    pattern: SUBJECT,
    example: 'ki.total',
  })
  subject!: string;
  @ChoiceField({ de: 'Wessen Geld', en: 'Whose money', of: publishedSources, example: 'state' })
  source!: PublishedSource;
  @CentsField({ de: 'Veröffentlichter Betrag', en: 'Amount as published', example: 1_450_000_000 })
  amountCents!: Money;
  @CentsField({ de: 'Gerundet auf', en: 'Rounded to', min: 1, example: 10_000_000 }) roundedToCents!: Money;
  @TextField({
    de: 'Wort der Rundung',
    en: 'Word used for the rounding',
    max: 60,
    optional: true,
    nullable: true,
    example: 'rund',
  })
  roundingText: string | null = null;
  @TextField({
    de: 'Fundstelle',
    en: 'Publication',
    max: 500,
    example: 'Lokalpresse, Besuch der Staatssekretärin',
  })
  publication!: string;
  @TextField({
    de: 'Adresse',
    en: 'Address',
    max: 1000,
    pattern: /^https?:\/\/\S+$/,
    optional: true,
    nullable: true,
    example: null,
  })
  url: string | null = null;
  @DayField({
    de: 'Tag der Veröffentlichung, falls bekannt',
    en: 'Day of publication, if known',
    optional: true,
    nullable: true,
    example: null,
  })
  publishedOn: CalendarDate | null = null;

  static facts({ amountCents, roundedToCents, ...rest }: RecordPublishedFigureDto): PublishedFacts {
    return { ...rest, amount: amountCents, roundedTo: roundedToCents };
  }
}

export class NameCandidateDto {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016 }) fundingYear!: number;
  @TextField({
    de: 'Mögliche Erklärung, deutsch',
    en: 'Possible explanation in German',
    max: 1000,
    example: 'KOMM-AN-Stellen',
  })
  textDe!: string;
  @TextField({
    de: 'Mögliche Erklärung, englisch',
    en: 'Possible explanation in English',
    max: 1000,
    example: 'KOMM-AN posts',
  })
  textEn!: string;
  @TextField({
    de: 'Worauf sich das stützt',
    en: 'What it rests on',
    max: 500,
    example: 'Presseinformation 90/2/2016',
  })
  source!: string;
}

export class PublishedFigureQuery extends PageQuery {
  @YearField({ de: 'Haushaltsjahr', en: 'Budget year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;
}
