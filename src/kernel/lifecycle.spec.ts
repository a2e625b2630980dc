import { describe, expect, it } from '@jest/globals';
import { type Lifecycle, mayBecome, statesOf } from './lifecycle.js';

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
});
