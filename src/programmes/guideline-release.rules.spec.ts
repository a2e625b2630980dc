import { describe, expect, it } from '@jest/globals';
import { newId, type PersonId } from '../kernel/ids.js';
import {
  guidelineHindrance,
  isBinding,
  judgeReleaser,
  type GuidelineState,
} from './guideline-release.rules.js';
import type { ProgrammeCode } from './guideline.rules.js';

describe('releases', () => {
  it('bind with the second for the KI guideline, with the first for any other', () => {
    expect([isBinding('KI', 'released'), isBinding('KI', 'co_released')]).toEqual([false, true]);
    expect([isBinding('KIM_1', 'drafted'), isBinding('KIM_1', 'released')]).toEqual([false, true]);
  });

  it('take another person each', () => {
    const [drafter, releaser, third] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];
    expect(judgeReleaser([drafter, null], releaser)).toEqual([]);
    expect(judgeReleaser([drafter, releaser], third)).toEqual([]);
    expect(judgeReleaser([drafter, null], drafter).map(({ code }) => code)).toEqual(['four-eyes']);
    expect(judgeReleaser([drafter, releaser], releaser).map(({ code }) => code)).toEqual(['four-eyes']);
  });
});

describe('a version is withdrawn', () => {
  const draftedBy = newId<PersonId>();
  const version = (programme: ProgrammeCode, state: GuidelineState) => ({
    ...{ programme, state, draftedBy, withdrawnAt: null, withdrawnBy: null, withdrawalReason: null },
  });
  const hindrance = (programme: ProgrammeCode, state: GuidelineState, role: 'ministry' | 'school_ministry') =>
    guidelineHindrance(version(programme, state), 'withdrawn', { role });

  it.each([
    ['KI', 'drafted', 'ministry', true],
    ['KI', 'released', 'ministry', true],
    ['KI', 'released', 'school_ministry', true],
    ['KI', 'co_released', 'ministry', false],
    ['KI', 'co_released', 'school_ministry', false],
    ['KI', 'withdrawn', 'ministry', false],
    ['KIM_1', 'drafted', 'ministry', true],
    ['KIM_1', 'released', 'ministry', false],
    ['KIM_1', 'drafted', 'school_ministry', false],
  ] as const)('%s, %s, by the %s: %s', (programme, state, role, may) => {
    expect(hindrance(programme, state, role) === null).toBe(may);
  });

  it('or superseded, once it binds', () => {
    expect(hindrance('KIM_1', 'released', 'ministry')?.de).toBe(
      'Die Fassung ist vom Integrationsministerium freigegeben und kann jetzt nicht zurückgezogen werden. Was gilt, wird nur durch eine neue Fassung abgelöst (guideline.draft).',
    );
    expect(hindrance('KI', 'co_released', 'school_ministry')?.en).toContain(
      'superseded by a new version only',
    );
  });

  it('by the integration ministry alone where it alone releases', () => {
    expect(hindrance('KIM_1', 'drafted', 'school_ministry')?.de).toContain(
      'allein das Integrationsministerium',
    );
  });

  it('for ever: who is to release it reads by whom and why', () => {
    const withdrawn = {
      ...version('KI', 'withdrawn'),
      ...{
        withdrawnAt: '2016-01-04T08:00:00.000Z',
        withdrawnBy: newId<PersonId>(),
        withdrawalReason: 'Satz vertippt',
      },
    };
    expect(guidelineHindrance(withdrawn, 'released', { role: 'ministry' })).toEqual({
      de: 'Die Fassung ist zurückgezogen (durch eine zweite Person; Begründung: „Satz vertippt“) und kann jetzt nicht freigegeben werden. Möglich ist ein neuer Entwurf (guideline.draft).',
      en: 'The version is withdrawn (by a second person; reason: "Satz vertippt") and cannot be released now. A new draft is possible (guideline.draft).',
    });
  });
});
