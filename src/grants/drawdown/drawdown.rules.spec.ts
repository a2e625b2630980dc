import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { newId, type PersonId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { drawdownHindrance } from './drawdown-step.rules.js';
import {
  drawdownLifecycle,
  judgeCertification,
  judgeCertifier,
  judgeOrder,
  judgeOrderer,
  judgeRequest,
  payableOn,
  splitOverLines,
  type CallFacts,
} from './drawdown.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const cents = (amount: number) => Money.ofCents(amount);
const codes = (violations: readonly { code: string }[]) => violations.map(({ code }) => code);

const MAY_AND_OCTOBER = [
  { month: 5, day: 1, cumulativeHundredths: 5000, basis: 'Nr. 7.4 VVG zu § 44 LHO', confidence: 'assumed' },
  {
    month: 10,
    day: 1,
    cumulativeHundredths: 10_000,
    basis: 'Nr. 7.4 VVG zu § 44 LHO',
    confidence: 'assumed',
  },
] as const;

/** Coesfeld's 150,491.80 of 2016, half of it called on 1 May. */
const facts: CallFacts = {
  amount: cents(7_524_590),
  dueOn: day('2016-05-01'),
  fundingYear: fundingYear(2016),
  grantedYears: [2016],
  granted: cents(15_049_180),
  claimed: Money.zero,
  paymentDates: MAY_AND_OCTOBER,
  finalOn: day('2016-04-19'),
  finalShare: Money.ofCents(17_000_000),
  overdueProofs: [],
};
const MAY = day('2016-05-01');

describe('what may be called of a grant', () => {
  it.each([
    ['nothing the day before 1 May', '2016-04-30', 0],
    ['half on 1 May', '2016-05-01', 7_524_590],
    ['still half the day before 1 October', '2016-09-30', 7_524_590],
    ['all on 1 October', '2016-10-01', 15_049_180],
  ])('is %s', (_, on, expected) => {
    expect(payableOn(facts.granted, MAY_AND_OCTOBER, facts.fundingYear, day(on))).toEqual(cents(expected));
  });

  it('is never a cent ahead: half of an odd amount is rounded down, and the rest comes with the last date', () => {
    expect(payableOn(cents(101), MAY_AND_OCTOBER, facts.fundingYear, MAY)).toEqual(cents(50));
    expect(payableOn(cents(101), MAY_AND_OCTOBER, facts.fundingYear, day('2016-10-01'))).toEqual(cents(101));
  });
});

describe('a request', () => {
  it('for exactly the share reached is in order', () => {
    expect(judgeRequest(facts, MAY)).toEqual([]);
  });

  it('for one cent more is not, and says what is left and on which basis', () => {
    const [objection, ...others] = judgeRequest({ ...facts, amount: cents(7_524_591) }, MAY);
    expect(others).toEqual([]);
    expect(objection).toMatchObject({
      code: 'above-payable-share',
      basis: 'Nr. 7.4 VVG zu § 44 LHO',
      pointer: '/amountCents',
    });
    expect(objection?.detail.de).toContain('75.245,90 EUR');
    expect(objection?.detail.en).toContain('EUR 75,245.90');
  });

  it('counts what was requested before', () => {
    expect(codes(judgeRequest({ ...facts, amount: cents(1), claimed: cents(7_524_590) }, MAY))).toEqual([
      'above-payable-share',
    ]);
    expect(judgeRequest({ ...facts, amount: cents(1), claimed: cents(7_524_589) }, MAY)).toEqual([]);
  });

  it('due the day before 1 May finds nothing to call', () => {
    const [objection, ...others] = judgeRequest({ ...facts, dueOn: day('2016-04-30') }, MAY);
    expect(others).toEqual([]);
    expect(objection?.code).toBe('above-payable-share');
    expect(objection?.detail.de).toContain('Ab dem 01.05.2016 sind 75.245,90 EUR abrufbar.');
    expect(objection?.detail.en).toContain('From 2016-05-01 on, EUR 75,245.90 may be called.');
  });

  it('names the day and the amount from which more can be called, and nothing after the last day', () => {
    const more = (changes: Partial<CallFacts>) =>
      judgeRequest({ ...facts, amount: cents(99_000_000), ...changes }, MAY)[0]?.detail.en;
    expect(more({ claimed: cents(7_524_590) })).toContain('From 2016-10-01 on, EUR 75,245.90 may be called.');
    expect(more({ dueOn: day('2016-04-30'), claimed: cents(7_524_590) })).toContain('From 2016-10-01 on');
    expect(more({ dueOn: day('2016-10-01') })).not.toContain('From');
  });

  it('for a year the decision does not cover says so, and which it covers', () => {
    const other = {
      ...facts,
      ...{ fundingYear: fundingYear(2026), granted: Money.zero },
      overdueProofs: [{ fundingYear: 2016, proofDueOn: day('2017-03-31') }],
    };
    const [objection, ...others] = judgeRequest(other, MAY);
    expect(others).toEqual([]);
    expect(objection).toMatchObject({ code: 'year-not-granted', pointer: '/fundingYear' });
    expect(objection?.detail.de).toBe('Der Bescheid bewilligt für 2026 nichts; er bewilligt Geld für 2016.');
  });

  it('is refused the day before the decision is final, and taken on the day', () => {
    expect(codes(judgeRequest(facts, day('2016-04-18')))).toEqual(['not-final']);
    expect(judgeRequest(facts, day('2016-04-19'))).toEqual([]);
  });

  it('is refused while nobody knows when the decision will be final', () => {
    expect(codes(judgeRequest({ ...facts, finalOn: null }, MAY))).toEqual(['not-final']);
  });

  it('may fall due on the last day of its year and not on the next', () => {
    const late = { ...facts, amount: cents(15_049_180) };
    expect(judgeRequest({ ...late, dueOn: day('2016-12-31') }, MAY)).toEqual([]);
    expect(codes(judgeRequest({ ...late, dueOn: day('2017-01-01') }, MAY))).toEqual(['outside-funding-year']);
  });

  it('hears every objection at once', () => {
    const wrong = {
      ...facts,
      amount: cents(99_000_000),
      dueOn: day('2017-01-01'),
      finalOn: null,
      overdueProofs: [{ fundingYear: 2015, proofDueOn: day('2016-03-31') }],
    };
    expect(codes(judgeRequest(wrong, MAY))).toEqual([
      'not-final',
      'outside-funding-year',
      'above-payable-share',
      'proof-overdue',
    ]);
  });
});

describe('an order', () => {
  const orderable = { ...facts, hasAccount: true, onlyPromised: Money.zero };

  it('is in order on the due day and not the day before', () => {
    const octoberPart = { ...orderable, dueOn: day('2016-05-20') };
    expect(judgeOrder(octoberPart, day('2016-05-20'))).toEqual([]);
    expect(codes(judgeOrder(octoberPart, day('2016-05-19')))).toEqual(['not-due']);
  });

  it('needs a confirmed account', () => {
    expect(codes(judgeOrder({ ...orderable, hasAccount: false }, MAY))).toEqual(['no-confirmed-account']);
  });

  it('waits until the year whose money was promised is opened', () => {
    const [objection, ...others] = judgeOrder({ ...orderable, onlyPromised: cents(17_000_000) }, MAY);
    expect([objection?.code, others]).toEqual(['year-not-opened', []]);
    expect(objection?.detail.de).toContain('Für 2016 sind 170.000,00 EUR bisher nur zugesagt');
  });

  it('is refused when the decision is no longer final or a proof has become overdue', () => {
    const changed = {
      ...orderable,
      finalOn: null,
      overdueProofs: [{ fundingYear: 2015, proofDueOn: day('2016-03-31') }],
    };
    expect(codes(judgeOrder(changed, MAY))).toEqual(['not-final', 'proof-overdue']);
  });
});

describe('four eyes', () => {
  const [anna, bernd, clara] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];
  const as = (personId: PersonId, onBehalfOf: PersonId | null = null) => ({ personId, onBehalfOf });
  const drawdown = { requestedBy: anna, arithmeticallyCertifiedBy: bernd };

  it('whoever asked does not certify', () => {
    expect(codes(judgeCertifier(drawdown, as(anna)))).toEqual(['four-eyes']);
    expect(judgeCertifier(drawdown, as(bernd))).toEqual([]);
  });

  it('a certification says something that nobody has said yet', () => {
    const open = { factuallyCertifiedBy: bernd, arithmeticallyCertifiedBy: null };
    expect(codes(judgeCertification(open, { factually: true, arithmetically: false }))).toEqual([
      'nothing-certified',
    ]);
    expect(codes(judgeCertification(open, { factually: false, arithmetically: false }))).toEqual([
      'nothing-certified',
    ]);
    expect(judgeCertification(open, { factually: true, arithmetically: true })).toEqual([]);
  });

  it('whoever certified the arithmetic or asked does not order, not even for somebody else', () => {
    expect(codes(judgeOrderer(drawdown, as(bernd)))).toEqual(['four-eyes']);
    expect(codes(judgeOrderer(drawdown, as(anna)))).toEqual(['four-eyes']);
    expect(codes(judgeOrderer(drawdown, as(clara, bernd)))).toEqual(['four-eyes']);
    expect(judgeOrderer(drawdown, as(clara))).toEqual([]);
  });
});

describe('the split over budget lines', () => {
  it('follows what each line has left and sums to the amount', () => {
    const parts = splitOverLines(
      cents(100),
      new Map([
        ['a', cents(200)],
        ['b', cents(100)],
      ]),
    );
    expect(parts).toEqual(
      new Map([
        ['a', cents(67)],
        ['b', cents(33)],
      ]),
    );
  });

  it('empties every line exactly when all is called', () => {
    const left = new Map([
      ['a', cents(1)],
      ['b', cents(3)],
      ['c', Money.zero],
    ]);
    expect(splitOverLines(cents(4), left)).toEqual(
      new Map([
        ['a', cents(1)],
        ['b', cents(3)],
      ]),
    );
  });
});

describe('the life of a drawdown', () => {
  it('goes back to certified by its payment alone: nobody certifies, rejects or cancels what is ordered', () => {
    expect(drawdownLifecycle.ordered).toEqual(['certified']);
    for (const to of ['certified', 'rejected', 'cancelled', 'ordered'] as const) {
      expect(drawdownHindrance('ordered', to)).not.toBeNull();
    }
  });

  it('ends with the order', () => {
    expect(drawdownHindrance('certified', 'ordered')).toBeNull();
    expect(drawdownHindrance('requested', 'ordered')?.en).toBe(
      'The drawdown is requested and cannot be ordered now. Next, the facts and the arithmetic are certified (drawdown.certify).',
    );
    expect(drawdownHindrance('ordered', 'cancelled')?.de).toBe(
      'Der Mittelabruf ist angeordnet und kann jetzt nicht zurückgenommen werden. Als Nächstes führt die Landeskasse die Zahlung aus (payment.confirm) oder meldet, dass sie zurückkam (payment.bounce, payment.return).',
    );
  });
});
