import { violation, type Text, type Violation } from '../../kernel/violation.js';
import type { ChecklistItem, GuidelineFacts } from '../../programmes/guideline.rules.js';
import { applicationHindrance, applicationRefusal, type ApplicationState } from '../lifecycle.rules.js';

export const checkOutcomes = ['met', 'not_met', 'not_applicable'] as const;
export type CheckOutcome = (typeof checkOutcomes)[number];

/** What a check answers to one item of the checklist. */
export interface CheckResult {
  readonly code: string;
  readonly result: CheckOutcome;
  readonly reason: string | null;
}

/** An item and the version that asks it. */
export interface AskedItem extends ChecklistItem {
  readonly guidelineVersionId: GuidelineFacts['id'];
}

export interface CheckFacts {
  readonly state: ApplicationState;
  readonly submission: number;
  /** How many queries have been asked so far. */
  readonly queries: number;
  readonly checks: readonly { readonly submission: number; readonly queries: number }[];
}

/**
 * Everything the versions that govern an application ask about it. An application for several years may be governed
 * by several versions: what two of them ask under one code is answered once, as the earlier words it.
 */
export function checklistOf(versions: readonly Pick<GuidelineFacts, 'id' | 'checklist'>[]): AskedItem[] {
  const items = new Map<string, AskedItem>();
  for (const { id, checklist } of versions) {
    for (const item of checklist) {
      if (!items.has(item.code)) items.set(item.code, { ...item, guidelineVersionId: id });
    }
  }
  return [...items.values()];
}

/** A check answers each item once, and says why where one is not met or does not apply. */
export function judgeResults(checklist: readonly AskedItem[], results: readonly CheckResult[]): Violation[] {
  return [
    ...results.flatMap((_, index) => judgeResult(checklist, results, index)),
    ...checklist
      .filter(({ code }) => !results.some((result) => result.code === code))
      .map(({ code, provision, textDe, textEn }) =>
        violation(
          'check-item-unanswered',
          provision,
          { de: `Zu „${code}“ fehlt ein Ergebnis: ${textDe}`, en: `"${code}" has no result: ${textEn}` },
          '/results',
        ),
      ),
  ];
}

function judgeResult(
  checklist: readonly AskedItem[],
  results: readonly CheckResult[],
  index: number,
): Violation[] {
  const result = results[index];
  if (result === undefined) return [];
  const { code, reason } = result;
  const item = checklist.find((one) => one.code === code);
  const at = `/results/${String(index)}`;
  const violations: Violation[] = [];
  if (item === undefined) {
    violations.push(
      violation(
        'check-item-unknown',
        null,
        {
          de: `Die Prüfliste dieses Antrags kennt „${code}“ nicht.`,
          en: `The checklist of this application does not know "${code}".`,
        },
        `${at}/code`,
      ),
    );
  }
  if (results.findIndex((one) => one.code === code) !== index) {
    violations.push(
      violation(
        'check-item-answered-twice',
        null,
        { de: `Zu „${code}“ gibt es schon ein Ergebnis.`, en: `"${code}" has a result already.` },
        `${at}/code`,
      ),
    );
  }
  if (result.result !== 'met' && reason === null) {
    violations.push(
      violation(
        'check-reason-missing',
        item?.provision ?? null,
        {
          de: `Warum „${code}“ nicht erfüllt oder nicht einschlägig ist, fehlt.`,
          en: `Why "${code}" is not met or does not apply is missing.`,
        },
        `${at}/reason`,
      ),
    );
  }
  return violations;
}

/** Whether this submission was checked, and nothing asked since: only then it may be recommended. */
export function isChecked({ submission, queries, checks }: CheckFacts): boolean {
  return checks.some((check) => check.submission === submission && check.queries === queries);
}

/** Why the check cannot be recorded; null when it can. What was asked and answered is checked anew. */
export function checkHindrance(facts: CheckFacts): Text | null {
  // What lies with the applicant may have changed since it was submitted.
  if (facts.state === 'queried') return applicationRefusal(facts.state, CHECKED);
  if (facts.state === 'in_check') return isChecked(facts) ? ALREADY_CHECKED : null;
  return applicationHindrance(facts.state, 'in_check');
}

const CHECKED: Text = { de: 'geprüft', en: 'checked' };
const ALREADY_CHECKED: Text = {
  de: 'Diese Einreichung ist bereits geprüft. Als Nächstes schlägt die Bewilligungsbehörde die Entscheidung vor (application.recommend).',
  en: 'This submission has already been checked. Next, the granting authority recommends what to decide (application.recommend).',
};
