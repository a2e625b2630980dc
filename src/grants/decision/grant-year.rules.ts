import type { CalendarDate } from '../../kernel/calendar-date.js';

/** A proof may come on the day it is due; it is overdue from the day after (VVG zu § 44 LHO). */
export function isOverdue(
  { proofDueOn, receivedOn }: { readonly proofDueOn: CalendarDate; readonly receivedOn: CalendarDate | null },
  today: CalendarDate,
): boolean {
  return receivedOn === null && proofDueOn.isBefore(today);
}
