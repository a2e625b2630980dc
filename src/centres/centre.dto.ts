import { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import { ChoiceField, DayField, IntegerField, ObjectField, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import {
  hostTypes,
  recipientKinds,
  regierungsbezirke,
  type HostType,
  type RecipientKind,
  type Regierungsbezirk,
} from './centres.rules.js';

export class NewRecipientDto {
  @TextField({ de: 'Name der Körperschaft', en: 'name of the body', max: 200, example: 'Kreis Coesfeld' })
  name!: string;

  @ChoiceField({ of: recipientKinds, de: 'Art der Körperschaft', en: 'kind of body', example: 'kreis' })
  kind!: RecipientKind;
}

export class CreateCentreDto {
  @TextField({
    de: 'Amtlicher Gemeindeschlüssel, acht Ziffern',
    en: 'official municipality key, eight digits',
    min: 8,
    max: 8,
    pattern: /^05\d{6}$/,
    example: '05558000',
  })
  ags!: string;

  @TextField({ de: 'Name', en: 'name', max: 200, example: 'Kreis Coesfeld' })
  name!: string;

  @ChoiceField({
    of: hostTypes,
    de: 'Stellen und Sätze wie Kreis oder Stadt',
    en: 'posts and rates as Kreis or city',
    example: 'kreis',
  })
  hostType!: HostType;

  @ChoiceField({ of: regierungsbezirke, de: 'Regierungsbezirk', en: 'Regierungsbezirk', example: 'Münster' })
  regierungsbezirk!: Regierungsbezirk;

  @ObjectField({ of: NewRecipientDto, de: 'Zuwendungsempfänger', en: 'grant recipient' })
  recipient!: NewRecipientDto;

  @DayField({
    de: 'Eröffnungstag, wenn bekannt',
    en: 'opening day, where known',
    optional: true,
    nullable: true,
    example: '2016-02-12',
  })
  openedOn: CalendarDate | null = null;

  @DayField({
    de: 'sonst: Tag, an dem das Zentrum nachweislich offen war',
    en: 'otherwise: a day by which it was known to be open',
    optional: true,
    nullable: true,
    example: null,
  })
  knownOpenBy: CalendarDate | null = null;

  @DayField({
    de: 'Tag, ab dem das Zentrum für die Förderung als offen angenommen wird, obwohl es erst später nachweislich offen war',
    en: 'day from which the centre is assumed to be open for funding, although it is known to be open only later',
    optional: true,
    nullable: true,
    example: null,
  })
  assumedOpenFrom: CalendarDate | null = null;

  @TextField({
    de: 'worauf sich die Annahme stützt',
    en: 'what the assumption rests on',
    max: 1000,
    optional: true,
    nullable: true,
    example: null,
  })
  assumedOpenReason: string | null = null;

  @IntegerField({
    de: 'das wievielte Zentrum im Land',
    en: 'which centre of the state in order',
    min: 1,
    max: 1000,
    optional: true,
    nullable: true,
    example: 50,
  })
  ordinal: number | null = null;

  @IntegerField({
    de: 'Einwohner',
    en: 'inhabitants',
    min: 1,
    max: 20_000_000,
    optional: true,
    nullable: true,
    example: 220_586,
  })
  population: number | null = null;

  @DayField({
    de: 'Stichtag der Einwohnerzahl',
    en: 'day of the number of inhabitants',
    optional: true,
    nullable: true,
    example: '2019-12-31',
  })
  populationOn: CalendarDate | null = null;

  @ChoiceField({
    of: confidences,
    de: 'Verlässlichkeit der Einwohnerzahl',
    en: 'confidence of the number of inhabitants',
    optional: true,
    nullable: true,
  })
  populationConfidence: Confidence | null = null;

  @TextField({ de: 'Anmerkung', en: 'note', max: 1000, optional: true, nullable: true })
  note: string | null = null;
}

export class AssumeOpeningDto {
  @DayField({
    de: 'Tag, ab dem das Zentrum für die Förderung als offen gilt; liegt vor dem Tag, an dem es nachweislich offen war',
    en: 'day from which the centre counts as open for funding; before the day by which it is known to be open',
    example: '2016-01-01',
  })
  from!: CalendarDate;

  @TextField({
    de: 'worauf sich die Annahme stützt',
    en: 'what the assumption rests on',
    max: 1000,
    example: 'Eine Pressemitteilung vom 12.02.2016 zählt das Zentrum unter den ersten fünfzig.',
  })
  reason!: string;
}

export class CentreQuery extends PageQuery {
  @DayField({
    de: 'an diesem Tag offen; ohne Angabe heute',
    en: 'open on this day; today when left out',
    optional: true,
    example: '2016-06-29',
  })
  asOf: CalendarDate | null = null;

  @ChoiceField({ of: hostTypes, de: 'Kreis oder Stadt', en: 'Kreis or city', optional: true })
  hostType: HostType | null = null;

  @ChoiceField({ of: regierungsbezirke, de: 'Regierungsbezirk', en: 'Regierungsbezirk', optional: true })
  regierungsbezirk: Regierungsbezirk | null = null;
}

export class ProposeAccountDto {
  @TextField({
    de: 'IBAN, Leerzeichen erlaubt',
    en: 'IBAN, spaces allowed',
    min: 15,
    max: 42,
    source: 'ISO 13616',
    example: 'DE02 1203 0000 0000 2020 51',
  })
  iban!: string;

  @TextField({ de: 'Kontoinhaber', en: 'account holder', max: 140, example: 'Kreis Coesfeld, Kreiskasse' })
  holder!: string;
}
