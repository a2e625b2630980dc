import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CallId, PersonId } from '../kernel/ids.js';
import {
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../platform/http/fields.js';
import { choice } from '../platform/http/kinds.js';
import { attachmentKinds, callState, callStates, type AttachmentKind, type CallState } from './call.rules.js';
import type { ShownCall } from './call.service.js';
import { programmeCodes, type ProgrammeCode } from './guideline.rules.js';

export class CallView {
  @IdField({ de: 'Aufruf', en: 'call' }) id!: CallId;

  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;

  @YearField({ de: 'erstes Haushaltsjahr', en: 'first funding year', example: 2016 }) fromYear!: number;
  @YearField({ de: 'letztes Haushaltsjahr', en: 'last funding year', example: 2016 }) toYear!: number;

  @DayField({ de: 'erster Tag des Aufrufs', en: 'first day of the call', example: '2016-01-04' })
  opensOn!: CalendarDate;

  @DayField({
    de: 'letzter Tag des Aufrufs; er gehört noch dazu',
    en: 'last day of the call, included',
    example: '2016-12-31',
  })
  closesOn!: CalendarDate;

  @ChoiceField({
    of: callStates,
    de: 'Stand heute: angekündigt, offen oder geschlossen',
    en: 'state today: announced, open or closed',
    example: 'open',
  })
  state!: CallState;

  @TextField({ de: 'Überschrift', en: 'title in German', max: 200, example: 'Aufruf 2016' })
  titleDe!: string;

  @TextField({ de: 'Überschrift auf Englisch', en: 'title in English', max: 200, example: 'Call 2016' })
  titleEn!: string;

  @TextField({ de: 'Text des Aufrufs', en: 'text of the call in German', max: 8000, multiline: true })
  textDe!: string;

  @TextField({ de: 'Text auf Englisch', en: 'text of the call in English', max: 8000, multiline: true })
  textEn!: string;

  @ListField({
    of: choice(attachmentKinds),
    de: 'Anlagen, ohne die kein Antrag vollständig ist',
    en: 'attachments without which no application is complete',
    example: [],
  })
  requiredAttachments!: readonly AttachmentKind[];

  @IdField({ de: 'eröffnet von (Person)', en: 'person who opened it' }) openedBy!: PersonId;
  @InstantField({ de: 'aufgezeichnet', en: 'recorded at' }) openedAt!: string;

  @DayField({
    de: 'vorzeitig geschlossen am',
    en: 'closed early on',
    nullable: true,
    example: null,
  })
  closedOn!: CalendarDate | null;

  @IdField({ de: 'geschlossen von (Person)', en: 'person who closed it', nullable: true, example: null })
  closedBy!: PersonId | null;

  @TextField({
    de: 'warum vorzeitig geschlossen',
    en: 'why it was closed early',
    max: 1000,
    multiline: true,
    nullable: true,
    example: null,
  })
  closeReason!: string | null;

  @IntegerField({ de: 'Version', en: 'version', min: 1, example: 1 }) version!: number;

  static of({ call, today }: ShownCall): CallView {
    const { id, programme, fromYear, toYear, opensOn, closesOn, titleDe, titleEn, textDe, textEn } = call;
    const { requiredAttachments, openedBy, openedAt, closedOn, closedBy, closeReason, version } = call;
    return Object.assign(new CallView(), {
      ...{ id, programme, fromYear, toYear, opensOn, closesOn, state: callState(call, today) },
      ...{ titleDe, titleEn, textDe, textEn, requiredAttachments },
      ...{ openedBy, openedAt, closedOn, closedBy, closeReason, version },
    });
  }
}
