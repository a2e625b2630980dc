import type { CalendarDate } from '../../kernel/calendar-date.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import type { Provision } from '../../programmes/guideline.rules.js';
import type { DecisionKind } from './decision.rules.js';

/** A special provision of the catalogue. */
export interface ChosenProvision {
  readonly code: string;
}

/** A provision of no catalogue, and why this grant needs it. */
export interface FurtherProvision {
  readonly text: string;
  readonly reason: string;
}

/** What a draft wants beside the general provisions. */
export interface WantedProvisions {
  readonly chosen: readonly ChosenProvision[];
  readonly further: FurtherProvision | null;
}

/** The same as a decision keeps it. */
export interface KeptProvisions {
  readonly provisionCodes: readonly string[];
  readonly furtherProvision: string | null;
  readonly furtherProvisionReason: string | null;
}

const LAW = '§ 36 VwVfG NRW';

export function isInForce(
  { validFrom, validTo }: Pick<Provision, 'validFrom' | 'validTo'>,
  on: CalendarDate,
): boolean {
  return !on.isBefore(validFrom) && (validTo === null || on.isBefore(validTo));
}

/** A grant chooses from what its guideline offers on the day of the draft; a refusal has nothing to attach a provision to. */
export function judgeProvisions(
  { chosen, further }: WantedProvisions,
  {
    kind,
    catalogue,
    on,
  }: { readonly kind: DecisionKind; readonly catalogue: readonly Provision[]; readonly on: CalendarDate },
): Violation[] {
  if (kind === 'refusal') {
    return [
      ...(chosen.length > 0 ? [violation('provision-without-grant', LAW, NO_GRANT, '/provisions')] : []),
      ...(further === null ? [] : [violation('provision-without-grant', LAW, NO_GRANT, '/furtherProvision')]),
    ];
  }
  return chosen.flatMap(({ code }, index) => {
    const pointer = `/provisions/${String(index)}/code`;
    if (chosen.findIndex((other) => other.code === code) !== index) {
      return [violation('provision-chosen-twice', null, TWICE, pointer)];
    }
    const called = catalogue.filter((one) => one.code === code);
    if (called.length === 0) return [violation('provision-unknown', null, unknown(code), pointer)];
    const standing = called.find((one) => isInForce(one, on));
    if (standing === undefined) return [violation('provision-not-in-force', null, NOT_IN_FORCE, pointer)];
    return standing.reach === 'general' ? [violation('provision-general', LAW, GENERAL, pointer)] : [];
  });
}

/** What a decision keeps of them. */
export function keptProvisions({ chosen, further }: WantedProvisions): KeptProvisions {
  return {
    provisionCodes: chosen.map(({ code }) => code),
    furtherProvision: further?.text ?? null,
    furtherProvisionReason: further?.reason ?? null,
  };
}

/** What was wanted, from what a decision keeps. */
export function wantedProvisions(kept: KeptProvisions): WantedProvisions {
  const { provisionCodes, furtherProvision: text, furtherProvisionReason: reason } = kept;
  return {
    chosen: provisionCodes.map((code) => ({ code })),
    further: text === null || reason === null ? null : { text, reason },
  };
}

/** How the inputs of a decision name them: which were chosen, which one was added, and of what day. */
export interface FrozenProvisions {
  readonly on: string;
  readonly chosen: readonly string[];
  readonly further: FurtherProvision | null;
}

/** A provision as the frozen guideline of a year holds it; the earliest ones had neither code nor reach nor days. */
export interface FrozenProvision extends Pick<Provision, 'provision' | 'textDe'> {
  readonly code?: string;
  readonly reach?: Provision['reach'];
  readonly validFrom?: string;
  readonly validTo?: string | null;
}

/** What the notice prints of a year's catalogue: the general provisions in force, and the special ones that were chosen. */
export function printedProvisions(
  catalogue: readonly FrozenProvision[],
  frozen: FrozenProvisions | null,
): Pick<Provision, 'provision' | 'textDe'>[] {
  if (frozen === null) return [...catalogue];
  const { on, chosen } = frozen;
  // Days as ISO 8601 are in the order of the calendar.
  return catalogue.filter(
    ({ code = '', reach = 'general', validFrom = on, validTo = null }) =>
      validFrom <= on && (validTo === null || on < validTo) && (reach === 'general' || chosen.includes(code)),
  );
}

const TWICE: Text = {
  de: 'Diese Nebenbestimmung ist schon gewählt.',
  en: 'This provision is chosen already.',
};
const NOT_IN_FORCE: Text = {
  de: 'Diese Nebenbestimmung gilt am Tag des Entwurfs nicht.',
  en: 'This provision is not in force on the day of the draft.',
};
const GENERAL: Text = {
  de: 'Diese Nebenbestimmung gilt immer; gewählt werden nur besondere.',
  en: 'This provision always applies; only special ones are chosen.',
};
const NO_GRANT: Text = {
  de: 'Eine Ablehnung trägt keine Nebenbestimmungen.',
  en: 'A refusal carries no ancillary provisions.',
};

function unknown(code: string): Text {
  return {
    de: `Die Richtlinie kennt keine Nebenbestimmung „${code}“.`,
    en: `The guideline knows no provision "${code}".`,
  };
}
