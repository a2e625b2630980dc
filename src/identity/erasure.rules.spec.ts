import { describe, expect, it } from '@jest/globals';
import { newId, type PersonId } from '../kernel/ids.js';
import { judgeErasure } from './erasure.rules.js';

describe('judgeErasure', () => {
  const [person, first, second] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];

  it.each([
    ['a second administrator', second, []],
    ['the one who asked', first, ['four-eyes']],
    ['the person itself', person, ['four-eyes-beneficiary']],
  ])('%s', (_, confirmer, codes) => {
    const found = judgeErasure({ personId: person, requestedBy: first }, confirmer);
    expect(found.map(({ code }) => code)).toEqual(codes);
  });

  it('names both objections to a person who asked for their own erasure', () => {
    expect(judgeErasure({ personId: person, requestedBy: person }, person)).toHaveLength(2);
  });
});
