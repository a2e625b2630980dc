import type { CalendarDate } from '../kernel/calendar-date.js';
import { ChoiceField, DayField, ListField, TextField, YearField } from '../platform/http/fields.js';
import { choice } from '../platform/http/kinds.js';
import { PageQuery } from '../platform/http/page.js';
import { attachmentKinds, callStates, type AttachmentKind, type CallState } from './call.rules.js';
import { programmeCodes, type ProgrammeCode } from './guideline.rules.js';

export class OpenCallDto {
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;

  @YearField({ de: 'erstes Haushaltsjahr', en: 'first funding year', example: 2016 })
  fromYear!: number;

  @YearField({ de: 'letztes Haushaltsjahr', en: 'last funding year', example: 2016 })
  toYear!: number;

  @DayField({ de: 'erster Tag des Aufrufs', en: 'first day of the call', example: '2016-01-04' })
  opensOn!: CalendarDate;

  @DayField({
    de: 'letzter Tag des Aufrufs; er gehört noch dazu',
    en: 'last day of the call, included',
    example: '2016-12-31',
  })
  closesOn!: CalendarDate;

  @TextField({ de: 'Überschrift', en: 'title in German', max: 200, example: 'Aufruf 2016' })
  titleDe!: string;

  @TextField({ de: 'Überschrift auf Englisch', en: 'title in English', max: 200, example: 'Call 2016' })
  titleEn!: string;

  @TextField({
    de: 'Text des Aufrufs',
    en: 'text of the call in German',
    max: 8000,
    multiline: true,
    example: 'Anträge auf Förderung der Kommunalen Integrationszentren.',
  })
  textDe!: string;

  @TextField({
    de: 'Text des Aufrufs auf Englisch',
    en: 'text of the call in English',
    max: 8000,
    multiline: true,
    example: 'Applications for funding of the local integration centres.',
  })
  textEn!: string;

  @ListField({
    of: choice(attachmentKinds),
    de: 'Anlagen, ohne die kein Antrag vollständig ist',
    en: 'attachments without which no application is complete',
    max: attachmentKinds.length,
    unique: true,
    optional: true,
    example: [],
  })
  requiredAttachments: AttachmentKind[] = [];
}

export class CloseCallDto {
  @TextField({
    de: 'Warum der Aufruf vorzeitig endet',
    en: 'why the call ends early',
    max: 1000,
    multiline: true,
    example: 'Die Mittel sind ausgeschöpft.',
  })
  reason!: string;
}

export class CallQuery extends PageQuery {
  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', optional: true, example: 'KI' })
  programme: ProgrammeCode | null = null;

  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2016, optional: true, fromText: true })
  fundingYear: number | null = null;

  @ChoiceField({ of: callStates, de: 'Stand heute', en: 'state today', optional: true, example: 'open' })
  state: CallState | null = null;
}
