import type { CalendarDate } from '../../kernel/calendar-date.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { nextWorkingDay } from '../decision/finality.rules.js';

/** A query as a rule sees it. */
export interface QueryFacts {
  readonly number: number;
  readonly answered: boolean;
}

/** The last day for an answer: one that is no working day moves to the next (§ 31 (3) VwVfG NRW). */
export function answerDueOn(stated: CalendarDate): CalendarDate {
  return nextWorkingDay(stated);
}

/** A query leaves time to answer, and does not leave the application lying for years. */
export function judgeDueDay(stated: CalendarDate, today: CalendarDate): Violation[] {
  if (!stated.isAfter(today)) {
    return [
      violation(
        'due-day-past',
        '§ 31 Abs. 2 VwVfG NRW',
        {
          de: 'Der Tag, bis zu dem zu antworten ist, liegt nicht in der Zukunft.',
          en: 'The day until which to answer does not lie in the future.',
        },
        '/dueOn',
      ),
    ];
  }
  if (!stated.isAfter(today.plusYears(1))) return [];
  return [
    violation(
      'due-day-too-far',
      null,
      {
        de: 'Der Tag, bis zu dem zu antworten ist, liegt mehr als ein Jahr in der Zukunft.',
        en: 'The day until which to answer lies more than a year ahead.',
      },
      '/dueOn',
    ),
  ];
}

/** What is answered is the query that was asked last: the ones before it were answered. */
export function judgeAnswered(queries: readonly QueryFacts[], number: number): Violation[] {
  if (queries.some((query) => query.number === number && !query.answered)) return [];
  return [
    violation(
      'query-not-open',
      null,
      {
        de: `Eine offene Rückfrage ${String(number)} gibt es zu diesem Antrag nicht.`,
        en: `This application has no open query ${String(number)}.`,
      },
      '/query',
    ),
  ];
}

/**
 * An answer in words is about what was submitted, so nothing of it may have been changed since. What the rules make of
 * it may be another by now: a guideline can be superseded while a query is open, and nobody but the rules did that.
 */
export function judgeUnchanged(submitted: string, now: string): Violation[] {
  if (asked(submitted) === asked(now)) return [];
  return [
    violation('application-changed', null, {
      de: 'Der Antrag wurde seit der Einreichung geändert. Was geändert ist, wird neu eingereicht (application.submit); das beantwortet die Rückfrage.',
      en: 'The application was changed since it was submitted. What was changed is submitted anew (application.submit), which answers the query.',
    }),
  ];
}

/** Frozen contents are canonical, so equal contents are equal texts. */
function asked(content: string): string {
  const { calculation: _calculation, ...stated } = JSON.parse(content) as Record<string, unknown>;
  return JSON.stringify(stated);
}
