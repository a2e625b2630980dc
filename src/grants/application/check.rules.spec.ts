import { describe, expect, it } from '@jest/globals';
import type { GuidelineVersionId } from '../../kernel/ids.js';
import type { ChecklistItem } from '../../programmes/guideline.rules.js';
import { checkHindrance, checklistOf, isChecked, judgeResults, type CheckResult } from './check.rules.js';

const item = (code: string, textDe = `${code}?`): ChecklistItem => ({
  ...{ code, provision: '§ 44 LHO', textDe, textEn: `${code}?`, source: 'Erlass', confidence: 'assumed' },
});
const version = (id: string, ...checklist: ChecklistItem[]) => ({ id: id as GuidelineVersionId, checklist });
const result = (code: string, changes: Partial<CheckResult> = {}): CheckResult => ({
  ...{ code, result: 'met', reason: null, ...changes },
});

describe('the checklist of an application', () => {
  it('asks once what two versions ask under one code, as the earlier words it', () => {
    const first = version('2016', item('begun'), item('financed', 'Gesichert?'));
    const second = version('2017', item('financed', 'Ganz gesichert?'), item('posts'));
    expect(checklistOf([first, second]).map((one) => [one.guidelineVersionId, one.code, one.textDe])).toEqual(
      [
        ['2016', 'begun', 'begun?'],
        ['2016', 'financed', 'Gesichert?'],
        ['2017', 'posts', 'posts?'],
      ],
    );
    expect(checklistOf([])).toEqual([]);
  });
});

describe('the results of a check', () => {
  const checklist = checklistOf([version('2016', item('begun'), item('financed'))]);
  const codes = (...results: CheckResult[]) =>
    judgeResults(checklist, results).map(({ code, pointer }) => [code, pointer]);

  it('answer every item, in whatever order', () => {
    expect(codes(result('financed'), result('begun'))).toEqual([]);
    expect(codes()).toEqual([
      ['check-item-unanswered', '/results'],
      ['check-item-unanswered', '/results'],
    ]);
    expect(judgeResults(checklist, [result('begun')])).toMatchObject([
      { basis: '§ 44 LHO', detail: { de: 'Zu „financed“ fehlt ein Ergebnis: financed?' } },
    ]);
  });

  it.each(['not_met', 'not_applicable'] as const)('say why where an item is %s', (outcome) => {
    const told = result('begun', { result: outcome, reason: 'Kehrt jährlich wieder.' });
    expect(codes(told, result('financed'))).toEqual([]);
    expect(codes({ ...told, reason: null }, result('financed'))).toEqual([
      ['check-reason-missing', '/results/0/reason'],
    ]);
  });

  it('are objected to all at once, each where it stands', () => {
    expect(codes(result('begun'), result('begun', { result: 'not_met' }), result('unheard'))).toEqual([
      ['check-item-answered-twice', '/results/1/code'],
      ['check-reason-missing', '/results/1/reason'],
      ['check-item-unknown', '/results/2/code'],
      ['check-item-unanswered', '/results'],
    ]);
  });
});

describe('a check', () => {
  const checked = { submission: 1, queries: 0 };

  it('is made once of a submission', () => {
    expect(checkHindrance({ state: 'submitted', submission: 1, queries: 0, checks: [] })).toBeNull();
    const facts = { state: 'in_check' as const, submission: 1, queries: 0, checks: [checked] };
    expect(isChecked(facts)).toBe(true);
    expect(checkHindrance(facts)).not.toBeNull();
  });

  it('begins anew with every submission and every query', () => {
    const again = { state: 'in_check' as const, submission: 2, queries: 0, checks: [checked] };
    expect([isChecked(again), checkHindrance(again)]).toEqual([false, null]);
    const asked = { state: 'in_check' as const, submission: 1, queries: 1, checks: [checked] };
    expect([isChecked(asked), checkHindrance(asked)]).toEqual([false, null]);
    expect(isChecked({ ...asked, checks: [checked, { submission: 1, queries: 1 }] })).toBe(true);
  });

  it('waits for the applicant, whose turn it is after a query', () => {
    const facts = { state: 'queried' as const, submission: 1, queries: 1, checks: [] };
    expect(checkHindrance(facts)?.de).toContain('Als Nächstes antwortet der Antragsteller');
  });

  it('needs a submission that is not decided yet', () => {
    for (const state of ['draft', 'recommended', 'decided', 'retracted'] as const) {
      expect(checkHindrance({ state, submission: 1, queries: 0, checks: [] })).not.toBeNull();
    }
  });
});
