import { violation, type Violation } from '../kernel/violation.js';

const MONTHS = 12;

/** No more post months can have been filled than the granted posts have in a whole year, however they were shared. */
export function judgePostMonths(filled: number | null, grantedFteHundredths: number | null): Violation[] {
  if (filled === null || grantedFteHundredths === null) return [];
  const most = MONTHS * grantedFteHundredths;
  if (filled <= most) return [];
  return [
    violation(
      'post-months-above-granted',
      'Nr. 7 ANBest-G',
      {
        de: `Angegeben sind ${decimal(filled, ',')} besetzte Stellenmonate; bewilligt sind ${decimal(grantedFteHundredths, ',')} Stellen, im ganzen Jahr also höchstens ${decimal(most, ',')} Stellenmonate.`,
        en: `${decimal(filled, '.')} post months are stated as filled; ${decimal(grantedFteHundredths, '.')} posts are granted, in a whole year at most ${decimal(most, '.')} post months.`,
      },
      '/postMonthsHundredths',
    ),
  ];
}

function decimal(hundredths: number, point: string): string {
  return `${String(Math.floor(hundredths / 100))}${point}${String(hundredths % 100).padStart(2, '0')}`;
}
