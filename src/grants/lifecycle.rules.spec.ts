import { describe, expect, it } from '@jest/globals';
import { mayBecome, statesOf } from '../kernel/lifecycle.js';
import {
  afterSubmission,
  applicationHindrance,
  applicationLifecycle,
  decisionHindrance,
  decisionLifecycle,
  isWithApplicant,
} from './lifecycle.rules.js';

describe('the life of an application', () => {
  it('is retracted from any submitted state before the decision, and from no other', () => {
    const from = statesOf(applicationLifecycle).filter((state) =>
      mayBecome(applicationLifecycle, state, 'retracted'),
    );
    expect(from).toEqual(['submitted', 'in_check', 'queried', 'recommended']);
  });

  it('is decided only when recommended', () => {
    const from = statesOf(applicationLifecycle).filter((state) =>
      mayBecome(applicationLifecycle, state, 'decided'),
    );
    expect(from).toEqual(['recommended']);
  });

  it('is written only while it lies with the applicant, and submitting leads somewhere allowed', () => {
    const open = statesOf(applicationLifecycle).filter(isWithApplicant);
    expect(open).toEqual(['draft', 'queried']);
    expect(open.map((state) => mayBecome(applicationLifecycle, state, afterSubmission(state)))).toEqual([
      true,
      true,
    ]);
  });

  it('says in both languages why a step is not possible', () => {
    expect(applicationHindrance('submitted', 'in_check')).toBeNull();
    expect(applicationHindrance('decided', 'retracted')).toEqual({
      de: 'Der Antrag ist im Stand „entschieden“ und kann nicht in den Stand „zurückgezogen“ wechseln.',
      en: 'The application is decided and cannot become retracted.',
    });
  });
});

describe('the life of a decision', () => {
  it('goes one way', () => {
    expect(
      statesOf(decisionLifecycle).flatMap((state) => decisionLifecycle[state].map((next) => [state, next])),
    ).toEqual([
      ['drafted', 'released'],
      ['released', 'notified'],
      ['notified', 'closed'],
    ]);
    expect(decisionHindrance('drafted', 'notified')?.de).toContain('„Entwurf“');
  });
});
