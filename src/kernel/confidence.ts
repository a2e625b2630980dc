/** How well a fact of the law is sourced: seen in the text, computed from seen facts, or taken on trust. */
export const confidences = ['verified', 'derived', 'assumed'] as const;
export type Confidence = (typeof confidences)[number];

/** The confidence of what rests on several facts: that of the weakest. A sum of nothing is beyond doubt. */
export function weakest(of: readonly Confidence[]): Confidence {
  const place = Math.max(0, ...of.map((one) => confidences.indexOf(one)));
  return confidences[place] ?? 'assumed';
}
