import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { Confidence } from '../../kernel/confidence.js';
import type { Money } from '../../kernel/money.js';
import type { CopyThreshold } from '../../programmes/guideline.rules.js';

/** Whether a decision goes to the court of audit, and what says so; all null where no threshold holds. */
export interface AuditCopy {
  readonly copyRequired: boolean;
  readonly copyThreshold: Money | null;
  readonly copyBasis: string | null;
  readonly copyConfidence: Confidence | null;
  /** By whom, and where, the copy was waived. */
  readonly copyWaiver: string | null;
}

/**
 * Notice and application are copied to the court of audit where the grant, in cash and all years together, is above the
 * threshold of the day the decision is drafted, unless that was waived (VVG zu § 44 LHO, print of 2012).
 */
export function auditCopyOf(
  granted: Money,
  thresholds: readonly CopyThreshold[],
  on: CalendarDate,
  copyWaiver: string | null,
): AuditCopy {
  const row = thresholds.find(
    ({ validFrom, validTo }) => !on.isBefore(validFrom) && (validTo === null || on.isBefore(validTo)),
  );
  if (row === undefined) {
    return { copyRequired: false, copyThreshold: null, copyBasis: null, copyConfidence: null, copyWaiver };
  }
  const { thresholdCents: copyThreshold, source: copyBasis, confidence: copyConfidence } = row;
  const copyRequired = copyWaiver === null && granted.compare(copyThreshold) > 0;
  return { copyRequired, copyThreshold, copyBasis, copyConfidence, copyWaiver };
}
