import { describe, expect, it } from '@jest/globals';
import { type CaseId, isUuid, newId } from './ids.js';

describe('ids', () => {
  it('are uuids of version 7 that sort in the order in which they were made', () => {
    const ids = Array.from({ length: 1000 }, () => newId<CaseId>());
    expect(ids.every((id) => isUuid(id) && id[14] === '7')).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it.each([
    '',
    'not-a-uuid',
    '0198f3a0-7c1e-7000-8000-00000000000',
    '{0198f3a0-7c1e-7000-8000-000000000001}',
  ])('are not %j', (text) => {
    expect(isUuid(text)).toBe(false);
  });
});
