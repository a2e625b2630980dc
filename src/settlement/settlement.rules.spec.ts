import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId, type PersonId } from '../kernel/ids.js';
import { statesOf } from '../kernel/lifecycle.js';
import { Money } from '../kernel/money.js';
import {
  judgeFigures,
  openItems,
  overtakenFigures,
  type SettlementItemFacts,
} from './settlement-item.rules.js';
import {
  isOverdue,
  judgeAcceptance,
  judgeCheck,
  judgeExamination,
  judgeExaminer,
  judgeSubmission,
  settlementLifecycle,
  type ExaminedFacts,
  type ReportFacts,
} from './settlement.rules.js';
import { examinationHindrance, settlementHindrance } from './settlement-step.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const cents = (amount: number) => Money.ofCents(amount);
const codes = (violations: readonly { code: string }[]) => violations.map(({ code }) => code);

const GRANT = cents(17_000_000);
const granted = [
  { source: 'state_integration' as const, amount: GRANT, modelled: false },
  { source: 'state_school' as const, amount: cents(10_000_000), modelled: false },
  { source: 'municipal' as const, amount: cents(2_000_000), modelled: true },
];

/** The report of a year in which personnel cost 180,000 and material 12,000, all of it eligible but 2,000. */
const filled: Readonly<Record<string, readonly [number, number | null]>> = {
  state_integration: [17_000_000, null],
  state_school: [10_000_000, null],
  municipal: [2_200_000, null],
  third_party: [0, null],
  personnel: [18_000_000, 17_800_000],
  material: [1_200_000, 1_200_000],
  seconded_teachers: [10_000_000, 10_000_000],
};
const fill = (changes: Partial<typeof filled> = {}): SettlementItemFacts[] =>
  openItems(granted, GRANT).map((item) => {
    const [settled, eligible] = { ...filled, ...changes }[item.category] ?? [0, null];
    return { ...item, settled: cents(settled), eligible: eligible === null ? null : cents(eligible) };
  });

const text = {
  narrative: 'Alle Stellen waren das ganze Jahr besetzt.',
  postMonthsHundredths: 4200,
  auditOfficeCertified: true,
  confirmed: true,
};
const report: ReportFacts = {
  text,
  items: fill(),
  paid: GRANT,
  grantedFteHundredths: 350,
};

describe('a settlement report as it is opened', () => {
  it('has the structure of the notice, what the state paid, and nothing invented', () => {
    const items = openItems(granted, cents(8_500_000));
    expect(items.map(({ category }) => category)).toEqual(Object.keys(filled));
    expect(items.map(({ settled }) => settled?.toString() ?? null)).toEqual([
      '8500000',
      ...Array(6).fill(null),
    ]);
    expect(items.find(({ category }) => category === 'municipal')).toMatchObject({ modelled: true });
    expect(items.find(({ category }) => category === 'personnel')?.perNotice).toBeNull();
  });
  it('takes in what an amendment has changed since it was opened, and keeps what nobody promises any more', () => {
    const items = openItems(granted, cents(8_500_000));
    expect(overtakenFigures(items, granted)).toEqual({ changed: [], added: [] });
    const cash = granted.filter(({ source }) => source !== 'state_school');
    const { changed, added } = overtakenFigures(items, cash);
    expect(changed.map(({ category, perNotice }) => [category, perNotice?.toString()])).toEqual([
      ['state_school', '0'],
      ['seconded_teachers', '0'],
    ]);
    expect(added).toEqual([]);
    const before = openItems(cash, Money.zero);
    expect(overtakenFigures(before, granted).added.map(({ category }) => category)).toEqual([
      'state_school',
      'seconded_teachers',
    ]);
  });

  it('asks for no teachers where none were promised', () => {
    expect(openItems(granted.slice(0, 1), Money.zero).map(({ category }) => category)).toEqual([
      'state_integration',
      'municipal',
      'third_party',
      'personnel',
      'material',
    ]);
  });

  it('is overdue the day after its day, not on it, and never once it has arrived', () => {
    const due = { state: 'due' as const, dueOn: day('2017-03-31') };
    expect(isOverdue(due, day('2017-03-31'))).toBe(false);
    expect(isOverdue(due, day('2017-04-01'))).toBe(true);
    expect(isOverdue({ ...due, state: 'queried' }, day('2017-04-01'))).toBe(false);
  });
});

describe('the completeness of a report', () => {
  it('is given when everything is there', () => {
    expect(judgeSubmission(report)).toEqual([]);
  });

  it('is judged in one go: an empty report hears every objection', () => {
    const empty = {
      ...report,
      text: { narrative: null, postMonthsHundredths: null, auditOfficeCertified: false, confirmed: false },
      items: openItems(granted, GRANT),
    };
    expect(codes(judgeSubmission(empty))).toEqual([
      'narrative-missing',
      'post-months-missing',
      ...Array(3).fill('figure-missing'),
      ...Array(3).fill(['figure-missing', 'eligible-missing']).flat(),
      'audit-office-missing',
      'not-confirmed',
    ]);
  });

  it('asks which part of an expenditure is eligible', () => {
    expect(codes(judgeSubmission({ ...report, items: fill({ material: [1_200_000, null] }) }))).toEqual([
      'eligible-missing',
    ]);
    const [missing] = judgeSubmission({ ...report, items: fill({ material: [1_200_000, null] }) });
    const [, index = ''] = /^\/items\/(\d)\/eligibleCents$/.exec(missing?.pointer ?? '') ?? [];
    expect(report.items[Number(index)]?.category).toBe('material');
  });

  it('takes a zero for an answer: no post month was filled', () => {
    expect(judgeSubmission({ ...report, text: { ...text, postMonthsHundredths: 0 } })).toEqual([]);
  });

  it('takes as many post months as the granted posts have in a year, and not a hundredth more', () => {
    const filled = (postMonthsHundredths: number) =>
      judgeSubmission({ ...report, text: { ...text, postMonthsHundredths } });
    expect(filled(4200)).toEqual([]);
    const [objection, ...others] = filled(4201);
    expect(others).toEqual([]);
    expect(objection).toMatchObject({ code: 'post-months-above-granted', pointer: '/postMonthsHundredths' });
    expect(objection?.detail.de).toContain('42,01 besetzte Stellenmonate; bewilligt sind 3,50 Stellen');
    expect(judgeSubmission({ ...report, grantedFteHundredths: null })).toEqual([]);
  });

  it('wants each euro spent to have come from somewhere, to the cent', () => {
    expect(codes(judgeSubmission({ ...report, items: fill({ municipal: [2_199_999, null] }) }))).toEqual([
      'expenditure-not-financed',
    ]);
    expect(judgeSubmission({ ...report, items: fill({ municipal: [2_200_001, null] }) })).toEqual([]);
  });

  it('compares the state money stated with what the cash office paid', () => {
    expect(codes(judgeSubmission({ ...report, paid: cents(16_999_999) }))).toEqual(['state-income-differs']);
  });
});

describe('the figures of an edit', () => {
  const figure = {
    kind: 'expenditure',
    category: 'personnel',
    settledCents: cents(100),
    eligibleCents: cents(100),
  };
  const judge = (...figures: (typeof figure | { eligibleCents: null })[]) =>
    judgeFigures(
      figures.map((each) => ({ ...figure, ...each })),
      report.items,
    ).map(({ code, pointer }) => [code, pointer]);

  it('are eligible up to what was spent', () => {
    expect(judge(figure)).toEqual([]);
    expect(judge({ ...figure, eligibleCents: cents(101) })).toEqual([
      ['eligible-above-settled', '/items/0/eligibleCents'],
    ]);
  });

  it('stand once, in a row the notice has, and income is not eligible', () => {
    expect(
      judge(
        figure,
        figure,
        { ...figure, kind: 'income' },
        { ...figure, kind: 'income', category: 'municipal' },
      ),
    ).toEqual([
      ['figure-twice', '/items/1/category'],
      ['figure-unknown', '/items/2/category'],
      ['eligible-of-income', '/items/3/eligibleCents'],
    ]);
  });
});

describe('examination and acceptance', () => {
  const [anna, bernd, clara] = [newId<PersonId>(), newId<PersonId>(), newId<PersonId>()];
  const as = (personId: PersonId, onBehalfOf: PersonId | null = null) => ({ personId, onBehalfOf });
  const stamped = { submittedBy: anna, examinedBy: bernd };
  const examined: ExaminedFacts = {
    examined: stamped,
    items: fill(),
    paid: GRANT,
    granted: GRANT,
    financingType: 'fixed_amount',
    openDrawdowns: 0,
  };
  const reached = { purposeReached: true };
  const asExaminer = (changes: Partial<ExaminedFacts>) => ({ ...examined, ...changes, submittedBy: anna });

  it('the examiner is not who submitted', () => {
    expect(codes(judgeExaminer(stamped, as(anna)))).toEqual(['four-eyes']);
    expect(judgeExaminer(stamped, as(bernd))).toEqual([]);
  });

  it('the acceptor is neither the examiner, nor acts for the examiner, nor submitted', () => {
    expect(codes(judgeAcceptance(examined, as(bernd)))).toEqual(['four-eyes']);
    expect(codes(judgeAcceptance(examined, as(clara, bernd)))).toEqual(['four-eyes']);
    expect(codes(judgeAcceptance(examined, as(anna)))).toEqual(['four-eyes']);
    expect(judgeAcceptance(examined, as(clara))).toEqual([]);
  });

  it('a fixed amount stays whole down to the last cent of eligible expenditure, and not below', () => {
    const eligible = (amount: number) => ({
      ...examined,
      items: fill({ personnel: [18_000_000, amount - 1_200_000] }),
    });
    expect(judgeAcceptance(eligible(17_000_000), as(clara))).toEqual([]);
    const [objection, ...others] = judgeAcceptance(eligible(16_999_999), as(clara));
    expect(others).toEqual([]);
    expect(objection?.code).toBe('eligible-below-grant');
    expect(objection?.detail.en).toContain('the grant falls by EUR 0.01');
  });

  it('an examination that could not be accepted is refused when it is made, and told what follows', () => {
    expect(judgeExamination(asExaminer({}), reached, as(bernd))).toEqual([]);
    const short = asExaminer({ items: fill({ personnel: [18_000_000, 15_799_999] }) });
    const [objection, ...others] = judgeExamination(short, reached, as(bernd));
    expect(others).toEqual([]);
    expect(objection?.code).toBe('eligible-below-grant');
    expect(objection?.detail.de).toContain('0,01 EUR. Kürzung und Widerruf');
    expect(objection?.detail.de).toContain('bleibt der Nachweis in Prüfung');
  });

  it('an examination hears every objection at once', () => {
    const wrong = asExaminer({ paid: cents(1), financingType: 'full_funding' });
    expect(codes(judgeExamination(wrong, { purposeReached: false }, as(anna)))).toEqual([
      'four-eyes',
      'purpose-not-reached',
      'state-income-differs',
      'financing-type-not-settled',
    ]);
  });

  it('what came back after the examination stands in the way of acceptance', () => {
    expect(codes(judgeAcceptance({ ...examined, paid: cents(8_500_000) }, as(clara)))).toEqual([
      'state-income-differs',
    ]);
  });

  it('what was paid and taken back since is owed: the year is not settled over it, down to the cent', () => {
    const reduced = (granted: number) => ({ ...examined, granted: cents(granted) });
    expect(judgeAcceptance(reduced(17_000_000), as(clara))).toEqual([]);
    const [objection, ...others] = judgeAcceptance(reduced(16_999_999), as(clara));
    expect(others).toEqual([]);
    expect(objection?.code).toBe('repayment-open');
    expect(objection?.detail.de).toContain('0,01 EUR sind zu erstatten');
    expect(
      codes(judgeExamination({ ...reduced(16_000_000), submittedBy: anna }, reached, as(bernd))),
    ).toEqual(['repayment-open']);
  });

  it('teachers are no money and do not help to reach the grant', () => {
    const items = fill({ personnel: [10_000_000, 10_000_000], seconded_teachers: [10_000_000, 10_000_000] });
    expect(codes(judgeAcceptance({ ...examined, items }, as(clara)))).toEqual(['eligible-below-grant']);
  });

  it('hears every objection at once', () => {
    const wrong = {
      ...examined,
      openDrawdowns: 1,
      financingType: 'full_funding' as const,
    };
    expect(codes(judgeAcceptance(wrong, as(bernd)))).toEqual([
      'four-eyes',
      'drawdowns-open',
      'financing-type-not-settled',
    ]);
  });
});

describe('the life of a settlement report', () => {
  it('has only states it can reach', () => {
    const reachable = new Set(['due', ...Object.values(settlementLifecycle).flat()]);
    expect(statesOf(settlementLifecycle).filter((state) => !reachable.has(state))).toEqual([]);
  });

  it('is examined anew or handed back as long as nobody accepted', () => {
    expect(examinationHindrance('examined')).toBeNull();
    expect(examinationHindrance('in_check')).toBeNull();
    expect(settlementHindrance('examined', 'in_check')).toBeNull();
    expect(settlementHindrance('examined', 'queried')).toBeNull();
    expect(examinationHindrance('accepted')?.de).toContain('ist abgenommen');
  });

  it('goes back with a reason, to the recipient as to the examiner', () => {
    expect(codes(judgeCheck('examined', null))).toEqual(['return-needs-note']);
    expect(judgeCheck('examined', 'Stichprobe fehlt.')).toEqual([]);
    expect(judgeCheck('submitted', null)).toEqual([]);
  });

  it('comes back from a query and ends with acceptance', () => {
    expect(settlementHindrance('queried', 'submitted')).toBeNull();
    expect(settlementHindrance('due', 'examined')?.en).toBe(
      'The settlement report is due and cannot be examined now. Next, the municipality submits it (settlement.submit).',
    );
    expect(settlementHindrance('due', 'in_check')?.de).toContain('in die Prüfung genommen werden');
    expect(settlementHindrance('accepted', 'queried')?.de).toContain('ist abgenommen');
  });
});
