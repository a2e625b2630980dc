import type { CalendarDate } from '../kernel/calendar-date.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import type { ProgrammeCode } from './guideline.rules.js';

/** What a call may ask to be attached; "other" is never asked for, but may come along. */
export const attachmentKinds = [
  'post_description',
  'cost_estimate',
  'council_resolution',
  'cooperation_agreement',
  'other',
] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

/** The kinds in words. */
export const attachmentWords: Readonly<Record<AttachmentKind, Text>> = {
  post_description: { de: 'Stellenbeschreibung', en: 'post description' },
  cost_estimate: { de: 'Kostenaufstellung', en: 'cost estimate' },
  council_resolution: { de: 'Rats- oder Kreistagsbeschluss', en: 'council resolution' },
  cooperation_agreement: { de: 'Kooperationsvereinbarung', en: 'cooperation agreement' },
  other: { de: 'sonstige Anlage', en: 'other attachment' },
};

/** A call as a rule reads it: both days of the window belong to it; closed early, it ends with that day's closing. */
export interface CallFacts {
  readonly programme: ProgrammeCode;
  readonly fromYear: number;
  readonly toYear: number;
  readonly opensOn: CalendarDate;
  readonly closesOn: CalendarDate;
  readonly closedOn: CalendarDate | null;
  readonly titleDe: string;
  readonly titleEn: string;
  readonly requiredAttachments: readonly AttachmentKind[];
}

export const callStates = ['announced', 'open', 'closed'] as const;
export type CallState = (typeof callStates)[number];

/** What a call is on a day; nobody has to be there for it to open or end. */
export function callState(
  { opensOn, closesOn, closedOn }: Pick<CallFacts, 'opensOn' | 'closesOn' | 'closedOn'>,
  on: CalendarDate,
): CallState {
  if (closedOn !== null || on.isAfter(closesOn)) return 'closed';
  return on.isBefore(opensOn) ? 'announced' : 'open';
}

/** Whether a call can be announced as it is meant. */
export function judgeNewCall(
  call: Pick<CallFacts, 'fromYear' | 'toYear' | 'opensOn' | 'closesOn'>,
  today: CalendarDate,
): Violation[] {
  const violations: Violation[] = [];
  if (call.toYear < call.fromYear) {
    violations.push(
      violation(
        'years-backwards',
        null,
        { de: 'Das letzte Haushaltsjahr liegt vor dem ersten.', en: 'The last year lies before the first.' },
        '/toYear',
      ),
    );
  }
  if (call.closesOn.isBefore(call.opensOn)) {
    violations.push(
      violation(
        'window-backwards',
        null,
        {
          de: 'Der letzte Tag des Aufrufs liegt vor seinem ersten.',
          en: 'The last day of the call lies before its first.',
        },
        '/closesOn',
      ),
    );
  } else if (call.closesOn.isBefore(today)) {
    violations.push(
      violation(
        'window-past',
        null,
        { de: 'Der Aufruf wäre schon vorbei.', en: 'The call would be over already.' },
        '/closesOn',
      ),
    );
  }
  return violations;
}

/** An application as a call sees it: what for, for which years, and the day that counts. */
export interface Applying {
  readonly programme: ProgrammeCode;
  readonly fundingYears: readonly number[];
  /** The day it is; null for what was submitted in time once already: a query does not make it late. */
  readonly on: CalendarDate | null;
}

const POINTER = '/callId';

/** Whether an application answers the call: every objection, in the words of the call. */
export function judgeApplying(call: CallFacts, { programme, fundingYears, on }: Applying): Violation[] {
  const violations: Violation[] = [];
  const add = (code: string, detail: Text): void => {
    violations.push(violation(code, null, detail, POINTER));
  };
  const [de, en] = [`Der Aufruf „${call.titleDe}“`, `The call "${call.titleEn}"`];
  if (call.programme !== programme) {
    add('call-other-programme', {
      de: `${de} gilt für das Programm ${call.programme}, nicht für ${programme}.`,
      en: `${en} is for the programme ${call.programme}, not for ${programme}.`,
    });
  }
  const outside = fundingYears.filter((year) => year < call.fromYear || year > call.toYear);
  if (outside.length > 0) {
    const years =
      call.fromYear === call.toYear
        ? String(call.fromYear)
        : `${String(call.fromYear)}–${String(call.toYear)}`;
    add('call-other-year', {
      de: `${de} gilt für ${years}, nicht für ${outside.join(', ')}.`,
      en: `${en} is for ${years}, not for ${outside.join(', ')}.`,
    });
  }
  if (on === null) return violations;
  if (on.isBefore(call.opensOn)) {
    add('call-not-open-yet', {
      de: `${de} öffnet erst am ${german(call.opensOn)}.`,
      en: `${en} opens on ${call.opensOn.toString()} only.`,
    });
  } else if (call.closedOn !== null && !on.isBefore(call.closedOn)) {
    add('call-closed', {
      de: `${de} wurde am ${german(call.closedOn)} geschlossen.`,
      en: `${en} was closed on ${call.closedOn.toString()}.`,
    });
  } else if (on.isAfter(call.closesOn)) {
    add('call-closed', {
      de: `${de} ist seit dem ${german(call.closesOn)} abgelaufen.`,
      en: `${en} ended on ${call.closesOn.toString()}.`,
    });
  }
  return violations;
}

/** What the call asks for and nobody attached: one objection for each. */
export function judgeAttached(
  { requiredAttachments }: Pick<CallFacts, 'requiredAttachments'>,
  attached: readonly string[],
): Violation[] {
  return requiredAttachments
    .filter((kind) => !attached.includes(kind))
    .map((kind) =>
      violation(
        'attachment-missing',
        null,
        {
          de: `Es fehlt die Anlage: ${attachmentWords[kind].de}.`,
          en: `An attachment is missing: ${attachmentWords[kind].en}.`,
        },
        '/attachments',
      ),
    );
}

function german(day: CalendarDate): string {
  return day.toString().split('-').reverse().join('.');
}
