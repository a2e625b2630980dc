import type { Text } from './violation.js';

/** For each state the states that may follow it: the whole life of a thing as one table to read. */
export type Lifecycle<S extends string> = Readonly<Record<S, readonly S[]>>;

export function statesOf<S extends string>(lifecycle: Lifecycle<S>): S[] {
  return Object.keys(lifecycle) as S[];
}

export function mayBecome<S extends string>(lifecycle: Lifecycle<S>, from: S, to: S): boolean {
  return lifecycle[from].includes(to);
}

/** A state in words: what is the case, whose turn it is, and how the step that leads here is called. */
export interface Stage {
  readonly is: Text;
  readonly next: Text;
  /** Completes "kann jetzt nicht …" and "cannot be … now". */
  readonly step: Text;
}

export const NO_FURTHER_STEP: Text = {
  de: 'Es folgt kein weiterer Schritt.',
  en: 'No further step follows.',
};

/** The stage of a thing that is what one word says; `step` where the step there is called otherwise. */
export function stageOf(thing: Text, word: Text, next: Text, step: Text = word): Stage {
  return { is: { de: `${thing.de} ist ${word.de}`, en: `${thing.en} is ${word.en}` }, next, step };
}

/** Why a thing cannot take this step, and who does what next; null when it can. */
export function stepHindrance<S extends string>(
  lifecycle: Lifecycle<S>,
  stages: Readonly<Record<S, Stage>>,
  { from, to }: { readonly from: S; readonly to: S },
): Text | null {
  return mayBecome(lifecycle, from, to) ? null : stepRefusal(stages[from], stages[to].step);
}

/** Says what is, what is therefore not possible, and what is expected of whom. */
export function stepRefusal({ is, next }: Stage, step: Text): Text {
  return {
    de: `${is.de} und kann jetzt nicht ${step.de} werden. ${next.de}`,
    en: `${is.en} and cannot be ${step.en} now. ${next.en}`,
  };
}
