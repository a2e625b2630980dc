import type { GuidelineVersionId } from '../kernel/ids.js';
import type { Period } from '../kernel/period.js';
import { violation, type Violation } from '../kernel/violation.js';

/** A version that is recorded as holding, and the days for which. */
export interface Standing {
  readonly id: GuidelineVersionId;
  readonly title: string;
  readonly validity: Period;
}

export interface Supersession {
  /** Hold only up to the day the new one begins. */
  readonly superseded: readonly GuidelineVersionId[];
  /** Begin on the same day, so the new one holds in their place for all their days. */
  readonly replaced: readonly GuidelineVersionId[];
  readonly violations: readonly Violation[];
}

/**
 * What becomes of the versions in force when a new one is released, which may reach back. It must last at least as long
 * as what it touches, else it would leave a gap, and it never takes the place of a version that begins later.
 */
export function supersede(validity: Period, standing: readonly Standing[]): Supersession {
  const touched = standing.filter((other) => other.validity.overlaps(validity));
  const lasts = ({ to }: Period) => validity.to === null || (to !== null && !to.isAfter(validity.to));
  const cut = touched.filter(({ validity: old }) => old.from.isBefore(validity.from) && lasts(old));
  const replaced = touched.filter(({ validity: old }) => old.from.equals(validity.from) && lasts(old));
  return {
    superseded: cut.map(({ id }) => id),
    replaced: replaced.map(({ id }) => id),
    violations: touched
      .filter((other) => !cut.includes(other) && !replaced.includes(other))
      .map(({ title }) => overlaps(title)),
  };
}

function overlaps(title: string): Violation {
  return violation(
    'validity-overlaps',
    null,
    {
      de: `Die geltende Fassung „${title}“ kann nur von einer Fassung abgelöst werden, die nicht früher beginnt und nicht früher endet.`,
      en: `The version in force "${title}" can only be superseded by one that begins no earlier and ends no earlier.`,
    },
    '/validFrom',
  );
}
