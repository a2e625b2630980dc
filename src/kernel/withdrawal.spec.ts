import { describe, expect, it } from '@jest/globals';
import { Failure } from './failure.js';
import { newId, type PersonId } from './ids.js';
import { refuseStep, withdrawnStage } from './withdrawal.js';

const thing = { de: 'Das Ding', en: 'The thing' };
const next = { de: 'Nichts folgt.', en: 'Nothing follows.' };
const [one, two] = [newId<PersonId>(), newId<PersonId>()];
const standing = { withdrawnAt: null, withdrawnBy: null, withdrawalReason: null };
const withdrawn = { withdrawnAt: '2016-01-04T08:00:00.000Z', withdrawnBy: two, withdrawalReason: 'vertippt' };

describe('a withdrawal', () => {
  it.each([
    [
      'whoever entered it',
      two,
      'durch die Person, von der der Eintrag stammt',
      'by the person who entered it',
    ],
    ['somebody else', one, 'durch eine zweite Person', 'by a second person'],
  ])('says that it was %s, without a name', (_, proposedBy, de, en) => {
    expect(withdrawnStage(thing, withdrawn, proposedBy, next)).toEqual({
      is: {
        de: `Das Ding ist zurückgezogen (${de}; Begründung: „vertippt“)`,
        en: `The thing is withdrawn (${en}; reason: "vertippt")`,
      },
      next,
      step: { de: 'zurückgezogen', en: 'withdrawn' },
    });
  });

  it('refuses nothing that nothing hinders', () => {
    expect(() => {
      refuseStep(null, withdrawn);
    }).not.toThrow();
  });

  it.each([
    ['by whom, when and why, where it was withdrawn', withdrawn, withdrawn],
    ['nothing more, where it was not', standing, {}],
  ])('adds to a refusal %s', (_, proposal, facts) => {
    const refused = (): unknown => {
      try {
        refuseStep(next, proposal);
        return null;
      } catch (error) {
        return error;
      }
    };
    const failure = refused();
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ code: 'state-conflict', detail: next });
    expect((failure as Failure).facts).toEqual(facts);
  });
});
