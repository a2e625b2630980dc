import { randomUUID } from 'node:crypto';
import type { Half, PlayedYear } from './played-year.js';

/** Whom the things behind a path belong to: everybody may see them, one centre's own, or the Land's offices. */
type Reach = 'everybody' | 'centre' | 'offices';

interface Fixture {
  readonly reach: Reach;
  /** The ids in the path, in order. */
  ids(half: Half, year: PlayedYear): (string | undefined)[] | Promise<(string | undefined)[]>;
}

const of = (reach: Reach, name: string): Fixture => ({
  reach,
  ids: (half, year) => [(reach === 'offices' || name === 'guideline' ? year.common : half)[name]?.id],
});
const role: Fixture = { reach: 'offices', ids: (_, { common }) => [common['user']?.id, common['grant']?.id] };

/** For every path with an id: which id of the played year belongs there. A path that is not here fails its test. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  '/applications/{id}': of('centre', 'application'),
  '/applications/{id}/calculation': of('centre', 'application'),
  '/applications/{id}/check': of('centre', 'application'),
  '/applications/{id}/recommend': of('centre', 'application'),
  '/applications/{id}/retract': of('centre', 'application'),
  '/applications/{id}/submit': of('centre', 'application'),
  '/applications/{id}/versions': of('centre', 'application'),
  '/audit/records/{id}': {
    reach: 'centre',
    ids: async (half, year) => [String(await year.recordOf(half['application']?.caseId ?? ''))],
  },
  '/bank-accounts/{id}': of('centre', 'account'),
  '/bank-accounts/{id}/confirm': of('centre', 'account'),
  '/budget/allocations/{id}/release': of('offices', 'allocation'),
  '/budget/appropriations/{id}/release': of('offices', 'appropriation'),
  '/centres/{id}': of('everybody', 'centre'),
  '/centres/{id}/bank-accounts': of('centre', 'centre'),
  '/decisions/{id}': of('centre', 'decision'),
  '/decisions/{id}/derivation': of('centre', 'decision'),
  '/decisions/{id}/notify': of('centre', 'decision'),
  '/decisions/{id}/release': of('centre', 'decision'),
  '/decisions/{id}/waive-remedies': of('centre', 'decision'),
  '/drawdowns/{id}': of('centre', 'drawdown'),
  '/drawdowns/{id}/cancel': of('centre', 'drawdown'),
  '/drawdowns/{id}/certify': of('centre', 'drawdown'),
  '/drawdowns/{id}/order': of('centre', 'drawdown'),
  '/drawdowns/{id}/reject': of('centre', 'drawdown'),
  '/guidelines/{id}': of('everybody', 'guideline'),
  '/guidelines/{id}/co-release': of('offices', 'guideline'),
  '/guidelines/{id}/release': of('offices', 'guideline'),
  '/occupancies/{id}/correct': of('centre', 'occupancy'),
  '/occupancies/{id}/end': of('centre', 'occupancy'),
  '/occupancies/{id}/expenditure': of('centre', 'occupancy'),
  '/posts/{id}': of('centre', 'post'),
  '/posts/{id}/abolish': of('centre', 'post'),
  '/posts/{id}/change': of('centre', 'post'),
  '/payments/{id}/confirm': of('centre', 'payment'),
  '/settlements/{id}': of('centre', 'settlement'),
  '/settlements/{id}/accept': of('centre', 'settlement'),
  '/settlements/{id}/check': of('centre', 'settlement'),
  '/settlements/{id}/examine': of('centre', 'settlement'),
  '/settlements/{id}/submit': of('centre', 'settlement'),
  '/users/{id}': of('offices', 'user'),
  '/users/{id}/disable': of('offices', 'user'),
  '/users/{id}/roles': of('offices', 'user'),
  '/users/{id}/roles/{grantId}/confirm': role,
  '/users/{id}/roles/{grantId}/revoke': role,
};

const PARAMETER = /\{[^}]+\}/g;

/** The template with ids of the played year; throws for a template without fixture, or an id that was not played. */
export async function pathOf(template: string, half: Half, year: PlayedYear): Promise<string> {
  if (!template.includes('{')) return template;
  const fixture = fixtures[template];
  if (fixture === undefined)
    throw new Error(`${template} has no fixture: name its id in test/every-endpoint/fixtures.ts`);
  const ids = [...(await fixture.ids(half, year))];
  return template.replaceAll(PARAMETER, (parameter) => {
    const id = ids.shift();
    if (id === undefined) throw new Error(`${template}: the played year has no ${parameter}`);
    return id;
  });
}

/** The template with ids that nothing has. */
export function unknownPathOf(template: string): string {
  return template.replaceAll(PARAMETER, () => (template.startsWith('/audit/') ? '999999999' : randomUUID()));
}
