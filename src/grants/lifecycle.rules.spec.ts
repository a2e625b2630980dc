import { describe, expect, it } from '@jest/globals';
import { mayBecome, statesOf } from '../kernel/lifecycle.js';
import {
  answeringHindrance,
  afterSubmission,
  applicationHindrance,
  applicationLifecycle,
  applicationRefusal,
  decisionHindrance,
  decisionLifecycle,
  isWithApplicant,
  rewordingHindrance,
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

  it('says in both languages what is, what is not possible, and whose turn it is', () => {
    expect(applicationHindrance('submitted', 'in_check')).toBeNull();
    expect(applicationHindrance('queried', 'decided')).toEqual({
      de: 'Der Antrag liegt mit einer Rückfrage beim Antragsteller und kann jetzt nicht entschieden werden. Als Nächstes antwortet der Antragsteller (application.answer) oder reicht ihn geändert erneut ein (application.submit).',
      en: 'The application lies with the applicant, with a query, and cannot be decided now. Next, the applicant answers (application.answer) or submits it again with changes (application.submit).',
    });
    expect(statesOf(applicationLifecycle).filter((state) => answeringHindrance(state) === null)).toEqual([
      'queried',
    ]);
    for (const state of statesOf(applicationLifecycle)) {
      const { de, en } = applicationRefusal(state, { de: 'geprüft', en: 'checked' });
      expect([de, en]).toEqual([expect.stringMatching(/\. .+\.$/), expect.stringMatching(/\. .+\.$/)]);
    }
  });
});

describe('the life of a decision', () => {
  it('goes one way', () => {
    expect(
      statesOf(decisionLifecycle).flatMap((state) => decisionLifecycle[state].map((next) => [state, next])),
    ).toEqual([
      ['drafted', 'released'],
      ['drafted', 'discarded'],
      ['released', 'notified'],
      ['notified', 'closed'],
    ]);
    expect(decisionHindrance('drafted', 'notified')?.de).toBe(
      'Der Bescheid ist ein Entwurf und kann jetzt nicht bekannt gegeben werden. Als Nächstes gibt ihn eine andere Person der Bewilligungsbehörde frei (decision.release) oder verwirft ihn (decision.discard).',
    );
    expect(rewordingHindrance('drafted')).toBeNull();
    expect(rewordingHindrance('released')?.en).toBe(
      'The decision is released and cannot be edited now. Next, the granting authority notifies it (decision.notify).',
    );
  });
});
