import type { Text } from './violation.js';

/**
 * One line of the reckoning behind a figure, kept with it so that anybody can redo it by hand. Values are
 * canonical text: cents in digits, days as ISO 8601, fractions as `n/d`.
 */
export interface DerivationStep {
  readonly label: Text;
  /** The name of the rule applied, as in the guideline version. */
  readonly rule: string;
  /** The provision, null where there is none. */
  readonly basis: string | null;
  /** How well the rule is sourced; null where there is nothing to doubt, a sum for instance. */
  readonly confidence: 'verified' | 'derived' | 'assumed' | null;
  readonly operands: readonly { readonly name: string; readonly value: string }[];
  readonly result: string;
}
