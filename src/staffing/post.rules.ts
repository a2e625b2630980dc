import type { Role, TechnicalRole } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import {
  CENTRES,
  closedSince,
  fte,
  judgeSize,
  KI_POSTS,
  latestPhase,
  type Category,
  type Funder,
  type NewPost,
  type Phase,
  type Post,
  type Step,
} from './staffing.rules.js';

/** Each ministry decides about what it funds; a municipality's own post is noted by the integration ministry. */
export function judgeFunder(
  role: Role | TechnicalRole,
  { category, funder }: Pick<Phase, 'category' | 'funder'>,
): Violation[] {
  const violations: Violation[] = [];
  if ((category === 'teacher') !== (funder === 'school_ministry')) {
    violations.push(violation('teachers-are-seconded', 'KI-Richtlinie', TEACHERS, '/funder'));
  }
  if ((role === 'school_ministry') !== (funder === 'school_ministry')) {
    violations.push(violation('not-this-ministry', 'KI-Richtlinie', OTHER_MINISTRY, '/funder'));
  }
  return violations;
}

export function judgeNewPost(
  post: NewPost,
  role: Role | TechnicalRole,
  closedOn: CalendarDate | null,
): Violation[] {
  return [
    ...judgeSize(post.fteHundredths, '/fteHundredths'),
    ...judgeFunder(role, post),
    ...(closedOn !== null && !post.from.isBefore(closedOn)
      ? [violation('centre-closed', CENTRES, closedSince(closedOn), '/from')]
      : []),
  ];
}

export interface Change {
  readonly from: CalendarDate;
  readonly category: Category;
  readonly fteHundredths: number;
  readonly funder: Funder;
}

/**
 * A post changes from a day on; the day its latest phase began corrects that phase. What people already sit on
 * cannot be taken away, neither on that day nor later.
 */
export function judgeChange(
  post: Post,
  change: Change,
  occupied: readonly Step[],
  role: Role | TechnicalRole,
): Violation[] {
  const latest = latestPhase(post);
  const violations = [...judgeSize(change.fteHundredths, '/fteHundredths'), ...judgeFunder(role, change)];
  if ((role === 'school_ministry') !== (latest.funder === 'school_ministry')) {
    violations.push(violation('not-this-ministry', 'KI-Richtlinie', OTHER_MINISTRY));
  }
  if (change.from.isBefore(latest.from)) {
    violations.push(
      violation(
        'change-in-the-past',
        null,
        {
          de: `Die Stelle hat sich zuletzt am ${latest.from.format('de')} geändert; eine frühere Änderung schriebe Vergangenes um.`,
          en: `The post last changed on ${latest.from}; an earlier change would rewrite the past.`,
        },
        '/from',
      ),
    );
  }
  const crowded = stepsFrom(occupied, change.from).find((step) => step.fteHundredths > change.fteHundredths);
  if (crowded !== undefined) {
    violations.push(
      violation(
        'occupied-beyond-fte',
        KI_POSTS,
        {
          de: `Am ${crowded.from.format('de')} sind ${fte(crowded.fteHundredths, 'de')} VZÄ der Stelle besetzt.`,
          en: `On ${crowded.from} ${fte(crowded.fteHundredths, 'en')} FTE of the post are occupied.`,
        },
        '/fteHundredths',
      ),
    );
  }
  return violations;
}

export function judgeAbolition(
  post: Post,
  on: CalendarDate,
  occupied: readonly Step[],
  role: Role | TechnicalRole,
): Violation[] {
  const latest = latestPhase(post);
  const violations: Violation[] = [];
  if ((role === 'school_ministry') !== (latest.funder === 'school_ministry')) {
    violations.push(violation('not-this-ministry', 'KI-Richtlinie', OTHER_MINISTRY));
  }
  if (!on.isAfter(latest.from)) {
    violations.push(
      violation(
        'end-before-start',
        null,
        {
          de: `Die Stelle besteht in dieser Form seit ${latest.from.format('de')} und endet frühestens am Tag danach.`,
          en: `The post exists in this form since ${latest.from} and ends on the day after at the earliest.`,
        },
        '/on',
      ),
    );
  }
  const taken = stepsFrom(occupied, on).find((step) => step.fteHundredths > 0);
  if (taken !== undefined) {
    violations.push(
      violation(
        'still-occupied',
        null,
        {
          de: `Die Stelle ist am ${taken.from.format('de')} noch besetzt; zuerst endet die Besetzung.`,
          en: `The post is still occupied on ${taken.from}; the occupancy ends first.`,
        },
        '/on',
      ),
    );
  }
  return violations;
}

/** The steps that count on a day or later; the one under way on the day counts from that day. */
function stepsFrom(steps: readonly Step[], day: CalendarDate): Step[] {
  const current = steps.filter(({ from }) => !from.isAfter(day)).at(-1);
  const later = steps.filter(({ from }) => from.isAfter(day));
  return current === undefined ? later : [{ ...current, from: day }, ...later];
}

const TEACHERS: Text = {
  de: 'Lehrkräfte ordnet das Schulministerium ab, und nur sie.',
  en: 'Teachers, and only they, are seconded by the school ministry.',
};
const OTHER_MINISTRY: Text = {
  de: 'Über diese Stelle entscheidet das andere Ministerium.',
  en: 'The other ministry decides about this post.',
};
