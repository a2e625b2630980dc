import type { CalendarDate } from '../kernel/calendar-date.js';
import { violation, type Violation } from '../kernel/violation.js';

/** What an office can want to see again. */
export const followUpSubjects = [
  'application',
  'call',
  'centre',
  'decision',
  'drawdown',
  'guideline',
  'payment',
  'settlement',
] as const;
export type FollowUpSubject = (typeof followUpSubjects)[number];

export const followUpStates = ['open', 'done'] as const;
export type FollowUpState = (typeof followUpStates)[number];

export interface NewFollowUpFacts {
  readonly dueOn: CalendarDate;
  /** The thing is there for whoever asks. */
  readonly subjectSeen: boolean;
  /** Whom it is for acts in the same office; true where it is for the whole office. */
  readonly forColleague: boolean;
}

/** A thing the office can see, a day still to come, and somebody who will see the note. */
export function judgeFollowUp(
  { dueOn, subjectSeen, forColleague }: NewFollowUpFacts,
  today: CalendarDate,
): Violation[] {
  const found: Violation[] = [];
  if (!subjectSeen) {
    found.push(
      violation(
        'unknown-subject',
        null,
        { de: 'Diese Sache gibt es nicht.', en: 'There is no such thing.' },
        '/subjectId',
      ),
    );
  }
  if (dueOn.isBefore(today)) {
    found.push(
      violation(
        'follow-up-in-the-past',
        null,
        { de: 'Der Tag der Wiedervorlage ist vorbei.', en: 'The day of the follow-up is past.' },
        '/dueOn',
      ),
    );
  }
  if (!forColleague) {
    found.push(
      violation(
        'not-a-colleague',
        null,
        {
          de: 'Eine Wiedervorlage bleibt in der eigenen Stelle; diese Person gehört ihr nicht an.',
          en: 'A follow-up stays in one’s own office; this person does not belong to it.',
        },
        '/forPersonId',
      ),
    );
  }
  return found;
}
