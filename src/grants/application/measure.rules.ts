import type { Money } from '../../kernel/money.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';

/** Material expenditure of the centre itself, or something it does for others, counted in units where it has any. */
export const measureKinds = ['material', 'measure'] as const;
export type MeasureKind = (typeof measureKinds)[number];

/** The kinds in words. */
export const measureWords: Readonly<Record<MeasureKind, Text>> = {
  material: { de: 'Sachausgaben', en: 'material expenditure' },
  measure: { de: 'Maßnahme', en: 'measure' },
};

/** Expenditure planned for one funding year beside the posts; it shows what the plan is for, and earns no grant. */
export interface PlannedMeasure {
  readonly kind: MeasureKind;
  readonly text: string;
  readonly fundingYear: number;
  readonly expectedExpenditure: Money;
  /** Events, courses, hours: null where nothing is counted. */
  readonly units: number | null;
}

/** As an applicant states it: who names no year means the first of the grant period. */
export interface StatedMeasure extends Omit<PlannedMeasure, 'fundingYear'> {
  readonly fundingYear: number | null;
}

export function measuresFrom(firstYear: number, measures: readonly StatedMeasure[]): PlannedMeasure[] {
  return measures.map((measure) => ({ ...measure, fundingYear: measure.fundingYear ?? firstYear }));
}

/** Measures are planned for years of the grant period. */
export function judgeMeasures(measures: readonly PlannedMeasure[], years: readonly number[]): Violation[] {
  return measures.flatMap(({ fundingYear }, index) =>
    years.includes(fundingYear)
      ? []
      : [
          violation(
            'measure-outside-period',
            'VVG zu § 44 LHO',
            {
              de: `Vorhaben ${String(index + 1)} ist für ${String(fundingYear)} geplant; der Bewilligungszeitraum umfasst ${years.join(', ')}.`,
              en: `Measure ${String(index + 1)} is planned for ${String(fundingYear)}; the grant period spans ${years.join(', ')}.`,
            },
            `/measures/${String(index)}/fundingYear`,
          ),
        ],
  );
}
