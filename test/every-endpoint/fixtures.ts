import { randomUUID } from 'node:crypto';
import type { Half, PlayedYear } from './played-year.js';

/** Whom the things behind a path belong to: everybody may see them, one centre's own, or the Land's offices. */
type Reach = 'everybody' | 'centre' | 'offices';

interface Fixture {
  readonly reach: Reach;
  /** The ids in the path, in order. */
  ids(half: Half, year: PlayedYear): (string | undefined)[] | Promise<(string | undefined)[]>;
}

/** A thing of one centre, by its name there. */
const own = (name: Exclude<keyof Half, 'member'>, reach: Reach = 'centre'): Fixture => ({
  reach,
  ids: (half) => [half[name].id],
});
/** A thing of the whole Land. */
const common = (name: string, reach: Reach = 'offices'): Fixture => ({
  reach,
  ids: (_, year) => [year.common[name]?.id],
});
const role: Fixture = {
  reach: 'offices',
  ids: (_, year) => [year.common['user']?.id, year.common['grant']?.id],
};

const substitution: Fixture = {
  reach: 'offices',
  ids: (_, year) => [year.common['away']?.id, year.common['substitution']?.id],
};

const attachment: Fixture = {
  reach: 'centre',
  ids: (half) => [half.application.id, half.attachment.id],
};

/** For every path with an id: which id of the played year belongs there. A path that is not here fails its test. */
export const fixtures: Readonly<Record<string, Fixture>> = {
  '/applications/{id}': own('application'),
  '/applications/{id}/acknowledge-change': own('application'),
  '/applications/{id}/answer': own('application'),
  '/applications/{id}/attachments': own('application'),
  '/applications/{id}/attachments/{attachmentId}': attachment,
  '/applications/{id}/attachments/{attachmentId}/remove': attachment,
  '/applications/{id}/calculation': own('application'),
  '/applications/{id}/check': own('application'),
  '/applications/{id}/consent-early-start': own('application'),
  '/applications/{id}/continuation': own('application'),
  '/applications/{id}/difference': own('application'),
  '/applications/{id}/notify-change': own('application'),
  '/applications/{id}/opine': own('application'),
  '/applications/{id}/query': own('application'),
  '/applications/{id}/readiness': own('application'),
  '/applications/{id}/recommend': own('application'),
  '/applications/{id}/retract': own('application'),
  '/applications/{id}/submit': own('application'),
  '/applications/{id}/versions': own('application'),
  '/audit/case-files/{caseId}/export': { reach: 'centre', ids: (half) => [half.application.caseId] },
  '/audit/records/{id}': {
    reach: 'centre',
    ids: async (half, year) => [String(await year.recordOf(half.application.caseId ?? ''))],
  },
  '/bank-accounts/{id}': own('account'),
  '/bank-accounts/{id}/confirm': own('account'),
  '/bank-accounts/{id}/withdraw': own('account'),
  '/budget/allocations/{id}/release': common('allocation'),
  '/budget/allocations/{id}/withdraw': common('allocation'),
  '/budget/appropriations/{id}/release': common('appropriation'),
  '/budget/appropriations/{id}/withdraw': common('appropriation'),
  '/budget/commitment-authorisations/{id}/release': common('authorisation'),
  '/budget/commitment-authorisations/{id}/withdraw': common('authorisation'),
  '/budget/years/{id}/close': common('budgetYear'),
  '/calls/{id}': common('call', 'everybody'),
  '/calls/{id}/close': common('call'),
  '/centres/{id}': own('centre', 'everybody'),
  '/centres/{id}/assume-opening': own('centre', 'everybody'),
  '/centres/{id}/bank-accounts': own('centre'),
  '/cases/{caseId}/grant': { reach: 'centre', ids: (half) => [half.application.caseId] },
  '/decisions/{id}': own('decision'),
  '/decisions/{id}/amend': own('decision'),
  '/decisions/{id}/answer-hearing': own('decision'),
  '/decisions/{id}/close': own('decision'),
  '/decisions/{id}/close-hearing': own('decision'),
  '/decisions/{id}/close-suit': own('decision'),
  '/decisions/{id}/course': own('decision'),
  '/decisions/{id}/derivation': own('decision'),
  '/decisions/{id}/discard': own('decision'),
  '/decisions/{id}/notice': own('decision'),
  '/decisions/{id}/notify': own('decision'),
  '/decisions/{id}/open-hearing': own('decision'),
  '/decisions/{id}/record-suit': own('decision'),
  '/decisions/{id}/release': own('decision'),
  '/decisions/{id}/revoke': own('decision'),
  '/decisions/{id}/waive-remedies': own('decision'),
  '/decisions/{id}/withdraw': own('decision'),
  '/drawdowns/{id}': own('drawdown'),
  '/drawdowns/{id}/cancel': own('drawdown'),
  '/drawdowns/{id}/certify': own('drawdown'),
  '/drawdowns/{id}/order': own('drawdown'),
  '/drawdowns/{id}/reject': own('drawdown'),
  '/follow-ups/{id}': own('followUp'),
  '/follow-ups/{id}/complete': own('followUp'),
  '/guidelines/{id}': common('guideline', 'everybody'),
  '/guidelines/{id}/co-release': common('guideline'),
  '/guidelines/{id}/release': common('guideline'),
  '/guidelines/{id}/touched-decisions': common('guideline'),
  '/guidelines/{id}/withdraw': common('guideline'),
  '/occupancies/{id}/correct': own('occupancy'),
  '/occupancies/{id}/end': own('occupancy'),
  '/occupancies/{id}/expenditure': own('occupancy'),
  '/posts/{id}': own('post'),
  '/posts/{id}/abolish': own('post'),
  '/posts/{id}/change': own('post'),
  '/payments/{id}': own('payment'),
  '/payments/{id}/bounce': own('payment'),
  '/payments/{id}/confirm': own('payment'),
  '/payments/{id}/return': own('payment'),
  '/persons/{id}/erasures': common('person'),
  '/persons/{id}/erasures/{erasureId}/confirm': {
    reach: 'offices',
    ids: (_, year) => [year.common['person']?.id, year.common['erasure']?.id],
  },
  '/settlements/{id}': own('settlement'),
  '/settlements/{id}/accept': own('settlement'),
  '/settlements/{id}/check': own('settlement'),
  '/settlements/{id}/examine': own('settlement'),
  '/settlements/{id}/query': own('settlement'),
  '/settlements/{id}/submit': own('settlement'),
  '/users/{id}': common('user'),
  '/users/{id}/disable': common('user'),
  '/users/{id}/roles': common('user'),
  '/users/{id}/roles/{grantId}/confirm': role,
  '/users/{id}/roles/{grantId}/revoke': role,
  '/users/{id}/roles/{grantId}/substitutes': {
    reach: 'offices',
    ids: (_, year) => [year.common['away']?.id, year.common['awayGrant']?.id],
  },
  '/users/{id}/substitutes': common('away'),
  '/users/{id}/substitutes/{substitutionId}/confirm': substitution,
  '/users/{id}/substitutes/{substitutionId}/end': substitution,
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
