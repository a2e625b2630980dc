import { decisionKinds } from './decision.rules.js';

/** Acts on a decision that has been made: a decision of its own each, in the same case. */
export const actKinds = ['amendment', 'withdrawal', 'revocation'] as const;
export type ActKind = (typeof actKinds)[number];

export const anyKinds = [...decisionKinds, ...actKinds] as const;
export type AnyKind = (typeof anyKinds)[number];

/** Whether it changes another decision instead of deciding an application. */
export function isActKind(kind: AnyKind): kind is ActKind {
  return actKinds.some((one) => one === kind);
}
