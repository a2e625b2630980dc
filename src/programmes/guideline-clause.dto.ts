import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Confidence } from '../kernel/confidence.js';
import { ChoiceField, DayField, TextField } from '../platform/http/fields.js';
import { CONFIDENCE, SOURCE } from './guideline-part.dto.js';
import {
  provisionReaches,
  type EarlyStartBan,
  type Provision,
  type ProvisionReach,
} from './guideline.rules.js';

export class ProvisionDto implements Provision {
  @TextField({
    de: 'Kürzel, unter dem ein Bescheid die Nebenbestimmung nennt',
    en: 'code by which a decision names the provision',
    max: 60,
    pattern: /^[a-z][a-z0-9_]*$/,
    example: 'proof_of_use',
  })
  code!: string;

  @ChoiceField({
    de: 'Immer Teil des Bescheids (general) oder nur, wo gewählt (special)',
    en: 'part of every notice (general) or only where chosen (special)',
    of: provisionReaches,
    optional: true,
    example: 'general',
  })
  reach: ProvisionReach = 'general';

  @TextField({ de: 'Nummer', en: 'number', max: 100, example: 'ANBest-G Nr. 7.1' })
  provision!: string;

  @TextField({
    de: 'Inhalt, deutsch',
    en: 'content in German',
    max: 4000,
    example: 'Die Verwendung ist nachzuweisen.',
  })
  textDe!: string;

  @TextField({
    de: 'Inhalt, englisch',
    en: 'content in English',
    max: 4000,
    example: 'The use is to be proved.',
  })
  textEn!: string;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

  @DayField({ de: 'gilt ab', en: 'valid from', example: '2012-06-25' })
  validFrom!: CalendarDate;

  @DayField({
    de: 'erster Tag danach; null, solange offen',
    en: 'first day after; null while open',
    nullable: true,
    optional: true,
    example: null,
  })
  validTo: CalendarDate | null = null;
}

export class EarlyStartBanDto implements EarlyStartBan {
  @TextField({ de: 'Grundlage', en: 'basis', max: 100, example: 'VV zu § 44 LHO, Teil I' })
  provision!: string;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  confidence!: Confidence;

  @DayField({ de: 'gilt ab', en: 'valid from', example: '2012-06-25' })
  validFrom!: CalendarDate;

  @DayField({
    de: 'erster Tag danach; null, solange offen',
    en: 'first day after; null while open',
    nullable: true,
    optional: true,
    example: null,
  })
  validTo: CalendarDate | null = null;
}
