import type { OccupancyId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import type { ImportedOccupancy } from './import.rules.js';
import { canonicalPseudonym, type Claim } from './occupancy.rules.js';
import type { Post } from './staffing.rules.js';

export type Imported = Pick<Claim, 'occupiedFrom' | 'occupiedTo' | 'fteHundredths'>;

interface Recorded extends Imported {
  readonly id: OccupancyId;
  readonly postId: Post['id'];
  readonly centreId: Post['centreId'];
  readonly pseudonym: string | null;
  readonly expenditure: readonly { readonly fundingYear: number; readonly amount: Money }[];
  readonly version: number;
}

/** An occupancy of the file beside what is recorded of it. */
export interface Match<R extends Recorded = Recorded> {
  readonly wanted: ImportedOccupancy;
  readonly post: Post;
  /** Null where it is new. */
  readonly existing: R | null;
  /** Whether the file ends what was still open. */
  readonly ends: boolean;
  /** Figures the record does not have yet, or has otherwise. */
  readonly figures: ImportedOccupancy['expenditure'];
}

/**
 * Lays a file beside what is recorded: a person on a post from a day is the same occupancy. A file may end it and bring
 * figures; whatever else differs is a correction, which an import does not make in passing.
 */
export function matchImport<R extends Recorded>(
  wanted: readonly ImportedOccupancy[],
  posts: ReadonlyMap<string, Post>,
  recorded: readonly R[],
): { matches: Match<R>[]; objections: Violation[] } {
  const objections: Violation[] = [];
  const known = new Map(recorded.map((one) => [keyOf(one.postId, one.pseudonym ?? '', one), one]));
  const matches = wanted.flatMap((one): Match<R>[] => {
    const post = posts.get(one.postNumber);
    if (post === undefined) {
      objections.push(violation('unknown-post', null, UNKNOWN_POST, one.places.post));
      return [];
    }
    const existing = known.get(keyOf(post.id, one.pseudonym, one)) ?? null;
    if (existing === null) return [{ wanted: one, post, existing, ends: false, figures: one.expenditure }];
    if (existing.fteHundredths !== one.fteHundredths) {
      objections.push(violation('differs-from-record', null, DIFFERS, one.places.fte));
    }
    if (existing.occupiedTo !== null && String(existing.occupiedTo) !== String(one.occupiedTo)) {
      objections.push(violation('differs-from-record', null, DIFFERS, one.places.to));
    }
    const figures = one.expenditure.filter(
      ({ fundingYear, amount }) =>
        !existing.expenditure.some((old) => old.fundingYear === fundingYear && old.amount.equals(amount)),
    );
    return [
      { wanted: one, post, existing, ends: existing.occupiedTo === null && one.occupiedTo !== null, figures },
    ];
  });
  return { matches, objections };
}

const keyOf = (post: string, pseudonym: string, { occupiedFrom }: Imported): string =>
  JSON.stringify([post, canonicalPseudonym(pseudonym), occupiedFrom]);

const UNKNOWN_POST: Text = {
  de: 'Eine Stelle mit dieser Nummer hat das Zentrum nicht.',
  en: 'The centre has no post with this number.',
};
const DIFFERS: Text = {
  de: 'Für diese Besetzung ist etwas anderes erfasst; das wird einzeln berichtigt.',
  en: 'Something else is recorded for this occupancy; it is corrected one by one.',
};
