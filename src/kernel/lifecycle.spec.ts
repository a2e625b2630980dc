import { describe, expect, it } from '@jest/globals';
import { type Lifecycle, mayBecome, NO_FURTHER_STEP, stageOf, statesOf, stepHindrance } from './lifecycle.js';

describe('Lifecycle', () => {
  const life: Lifecycle<'draft' | 'submitted' | 'withdrawn'> = {
    draft: ['submitted'],
    submitted: ['draft', 'withdrawn'],
    withdrawn: [],
  };

  it('allows the steps of its table and no others', () => {
    const steps = statesOf(life).flatMap((from) =>
      statesOf(life)
        .filter((to) => mayBecome(life, from, to))
        .map((to) => `${from} > ${to}`),
    );
    expect(steps).toEqual(['draft > submitted', 'submitted > draft', 'submitted > withdrawn']);
  });

  it('says of a step that is none what is the case, what is not possible and what comes next', () => {
    const thing = { de: 'Die Sache', en: 'The thing' };
    const next = { de: 'Als Nächstes wird sie eingereicht.', en: 'Next, it is submitted.' };
    const stages = {
      draft: stageOf(thing, { de: 'ein Entwurf', en: 'a draft' }, next, { de: 'geändert', en: 'edited' }),
      submitted: stageOf(thing, { de: 'eingereicht', en: 'submitted' }, NO_FURTHER_STEP),
      withdrawn: stageOf(thing, { de: 'zurückgezogen', en: 'withdrawn' }, NO_FURTHER_STEP),
    };
    expect(stepHindrance(life, stages, { from: 'draft', to: 'submitted' })).toBeNull();
    expect(stepHindrance(life, stages, { from: 'draft', to: 'withdrawn' })).toEqual({
      de: 'Die Sache ist ein Entwurf und kann jetzt nicht zurückgezogen werden. Als Nächstes wird sie eingereicht.',
      en: 'The thing is a draft and cannot be withdrawn now. Next, it is submitted.',
    });
    expect(stepHindrance(life, stages, { from: 'withdrawn', to: 'draft' })).toEqual({
      de: 'Die Sache ist zurückgezogen und kann jetzt nicht geändert werden. Es folgt kein weiterer Schritt.',
      en: 'The thing is withdrawn and cannot be edited now. No further step follows.',
    });
  });
});
