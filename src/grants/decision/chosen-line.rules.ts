import type { BudgetLineId } from '../../kernel/ids.js';
import { violation, type Violation } from '../../kernel/violation.js';

/** A budget line chosen for a year; a year that is not named draws on the line that funds the programme. */
export interface ChosenLine {
  readonly fundingYear: number;
  readonly lineId: BudgetLineId;
}

/** Lines are chosen for years of the grant period, one each. */
export function judgeLines(lines: readonly ChosenLine[], years: readonly number[]): Violation[] {
  return lines.flatMap(({ fundingYear }, index) => {
    const twice = lines.findIndex((other) => other.fundingYear === fundingYear) !== index;
    if (!twice && years.includes(fundingYear)) return [];
    return [
      violation(
        'line-of-another-year',
        '§ 4 LHO NRW',
        {
          de: `Die Haushaltsstelle wird je Jahr des Bewilligungszeitraums (${years.join(', ')}) höchstens einmal genannt.`,
          en: `The budget line is named at most once for each year of the grant period (${years.join(', ')}).`,
        },
        `/lines/${String(index)}/fundingYear`,
      ),
    ];
  });
}
