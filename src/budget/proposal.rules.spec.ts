import { describe, expect, it } from '@jest/globals';
import { newId, type PersonId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { allocationNames, allocationWords, judgeQuotaWithdrawal } from './allocation.rules.js';
import { appropriationNames, appropriationWords } from './appropriation.rules.js';
import { AUTHORISATION, authorisationWords } from './authorisation.rules.js';
import type { ProposalState } from './budget.rules.js';
import { proposalHindrance } from './proposal.rules.js';

const proposedBy = newId<PersonId>();
const proposal = (state: ProposalState) => ({
  ...{ state, proposedBy, withdrawnAt: null, withdrawnBy: null, withdrawalReason: null },
});
const withdrawn = {
  ...proposal('withdrawn'),
  ...{
    withdrawnAt: '2016-01-04T08:00:00.000Z',
    withdrawnBy: proposedBy,
    withdrawalReason: 'Eine Null zu viel',
  },
};

describe('a proposal', () => {
  it.each(['released', 'withdrawn'] as const)('is %s from nowhere but its beginning', (to) => {
    const hindrance = (state: ProposalState) =>
      proposalHindrance(appropriationWords, appropriationNames.initial, proposal(state), to);
    expect(hindrance('proposed')).toBeNull();
    expect(hindrance('released')).not.toBeNull();
    expect(hindrance('withdrawn')).not.toBeNull();
  });

  it('that was withdrawn says so to whoever would release it: by whom, why, and what is possible', () => {
    expect(proposalHindrance(allocationWords, allocationNames.quota, withdrawn, 'released')).toEqual({
      de: 'Das Kontingent ist zurückgezogen (durch die Person, von der der Eintrag stammt; Begründung: „Eine Null zu viel“) und kann jetzt nicht freigegeben werden. Möglich ist ein neuer Eintrag (allocation.propose).',
      en: 'The quota is withdrawn (by the person who entered it; reason: "Eine Null zu viel") and cannot be released now. A new entry is possible (allocation.propose).',
    });
  });

  it.each([
    [appropriationWords, appropriationNames.block, 'Die Sperre ist freigegeben', 'appropriation.propose'],
    [allocationWords, allocationNames.allotment, 'Die Mittelzuweisung ist freigegeben', 'allocation.propose'],
    [authorisationWords, AUTHORISATION, 'Die Verpflichtungsermächtigung ist freigegeben', '§ 45 LHO NRW'],
  ])('that was released says what is done instead of withdrawing it', (words, thing, begins, names) => {
    const text = proposalHindrance(words, thing, proposal('released'), 'withdrawn');
    expect(text?.de).toMatch(new RegExp(`^${begins} und kann jetzt nicht zurückgezogen werden\\.`));
    expect([text?.de.includes(names), text?.en.includes(names)]).toEqual([true, true]);
  });
});

describe('a quota', () => {
  it('is withdrawn unless something would take back what is no longer there', () => {
    expect(judgeQuotaWithdrawal(Money.zero)).toEqual([]);
    expect(judgeQuotaWithdrawal(Money.ofCents(-1)).map(({ code }) => code)).toEqual([
      'reduction-rests-on-quota',
    ]);
  });
});
