import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Confidence } from '../kernel/confidence.js';
import { violation, type Violation } from '../kernel/violation.js';

export const recipientKinds = ['kreis', 'kreisfreie_stadt', 'staedteregion', 'stadt'] as const;
export type RecipientKind = (typeof recipientKinds)[number];

/** By which posts and rates a centre is funded; the Städteregion counts as Kreis, the city of Aachen as city (assumed). */
export const hostTypes = ['kreis', 'stadt'] as const;
export type HostType = (typeof hostTypes)[number];

export const regierungsbezirke = ['Arnsberg', 'Detmold', 'Düsseldorf', 'Köln', 'Münster'] as const;
export type Regierungsbezirk = (typeof regierungsbezirke)[number];

/** A centre and its recipient as they are entered; what is not known is null, never guessed. */
export interface NewCentre {
  readonly ags: string;
  readonly name: string;
  readonly hostType: HostType;
  readonly regierungsbezirk: Regierungsbezirk;
  readonly recipient: { readonly name: string; readonly kind: RecipientKind };
  /** The day it opened, where it is known. */
  readonly openedOn: CalendarDate | null;
  /** Otherwise a day by which it is known to have been open. */
  readonly knownOpenBy: CalendarDate | null;
  /** An earlier day from which grants may begin all the same; a decision of the ministry, with its reason. */
  readonly assumedOpenFrom: CalendarDate | null;
  readonly assumedOpenReason: string | null;
  readonly ordinal: number | null;
  readonly population: number | null;
  readonly populationOn: CalendarDate | null;
  readonly populationConfidence: Confidence | null;
  readonly note: string | null;
}

interface Opening {
  readonly openedOn: CalendarDate | null;
  readonly knownOpenBy: CalendarDate | null;
  readonly closedOn: CalendarDate | null;
}

/**
 * Whether a centre was open on a day; null where nobody knows: before the day by which it was open, when its opening
 * day is not recorded.
 */
export function isOpenOn({ openedOn, knownOpenBy, closedOn }: Opening, day: CalendarDate): boolean | null {
  if (closedOn !== null && !day.isBefore(closedOn)) return false;
  if (openedOn !== null) return !day.isBefore(openedOn);
  if (knownOpenBy === null) return false;
  return day.isBefore(knownOpenBy) ? null : true;
}

export function judgeNewCentre(centre: NewCentre): Violation[] {
  const violations: Violation[] = [];
  if (centre.openedOn !== null && centre.knownOpenBy !== null) {
    violations.push(
      violation(
        'opening-stated-twice',
        null,
        {
          de: 'Ist der Eröffnungstag bekannt, braucht es keinen Tag, bis zu dem das Zentrum sicher offen war.',
          en: 'Where the opening day is known, no day by which the centre was open is needed.',
        },
        '/knownOpenBy',
      ),
    );
  }
  violations.push(...judgeAssumption(centre));
  const known = [centre.population, centre.populationOn, centre.populationConfidence].filter(
    (one) => one !== null,
  );
  if (known.length !== 0 && known.length !== 3) {
    violations.push(
      violation(
        'population-incomplete',
        null,
        {
          de: 'Eine Einwohnerzahl nennt ihren Stichtag und ihre Verlässlichkeit.',
          en: 'A number of inhabitants names its day and its confidence.',
        },
        '/population',
      ),
    );
  }
  return violations;
}

/** An assumption stands only where the opening day is unknown, before a day known, and with its reason. */
export function judgeAssumption({
  knownOpenBy,
  assumedOpenFrom,
  assumedOpenReason,
}: Pick<NewCentre, 'knownOpenBy' | 'assumedOpenFrom' | 'assumedOpenReason'>): Violation[] {
  if (assumedOpenFrom === null && assumedOpenReason === null) return [];
  if (assumedOpenFrom === null || assumedOpenReason === null) {
    return [
      violation(
        'assumption-incomplete',
        null,
        {
          de: 'Eine Annahme nennt den Tag und worauf sie sich stützt.',
          en: 'An assumption names the day and what it rests on.',
        },
        assumedOpenFrom === null ? '/assumedOpenFrom' : '/assumedOpenReason',
      ),
    ];
  }
  if (knownOpenBy !== null && assumedOpenFrom.isBefore(knownOpenBy)) return [];
  return [
    violation(
      'nothing-to-assume',
      null,
      {
        de: 'Anzunehmen ist nur ein Tag vor dem, an dem das Zentrum nachweislich offen war, und nur, wenn der Eröffnungstag unbekannt ist.',
        en: 'Only a day before the one by which the centre is known to be open can be assumed, and only where the opening day is unknown.',
      },
      '/assumedOpenFrom',
    ),
  ];
}
