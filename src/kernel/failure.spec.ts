import { describe, expect, it } from '@jest/globals';
import { Failure, notFound, ruleViolated, stateConflict } from './failure.js';
import { violation } from './violation.js';

describe('Failure', () => {
  const tooLate = violation('too-late', 'Nr. 6.1 ANBest-G', { de: 'Zu spät', en: 'Too late' });
  const closed = { de: 'Der Fall ist abgeschlossen', en: 'The case is closed' };

  it('is an error that says what went wrong', () => {
    expect(notFound()).toBeInstanceOf(Error);
    expect(notFound()).toMatchObject({ name: 'Failure', code: 'not-found', violations: [], detail: null });
    expect(ruleViolated([tooLate]).message).toBe('rule-violated: too-late');
    expect(stateConflict(closed).message).toBe('state-conflict: The case is closed');
  });

  it('carries all violations and the facts for the answer', () => {
    expect(ruleViolated([tooLate, tooLate]).violations).toEqual([tooLate, tooLate]);
    expect(new Failure('budget-exhausted', { facts: { availableCents: 5 } }).facts).toEqual({
      availableCents: 5,
    });
    expect(tooLate.pointer).toBeNull();
  });
});
