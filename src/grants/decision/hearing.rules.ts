import type { CalendarDate } from '../../kernel/calendar-date.js';
import { stageOf, stepRefusal, type Lifecycle } from '../../kernel/lifecycle.js';
import { violation, type Text, type Violation } from '../../kernel/violation.js';
import { nextWorkingDay } from './finality.rules.js';

export type HearingState = 'open' | 'closed';
export const hearingLifecycle: Lifecycle<HearingState> = { open: ['closed'], closed: [] };

/** A hearing gives time to answer. */
export function judgeHearing(dueOn: CalendarDate, today: CalendarDate): Violation[] {
  return dueOn.isAfter(today)
    ? []
    : [
        violation(
          'hearing-without-time',
          '§ 28 Abs. 1 VwVfG NRW',
          {
            de: 'Der Tag, bis zu dem sich die Kommune äußern kann, liegt nicht in der Zukunft.',
            en: 'The day until which the municipality can answer is not in the future.',
          },
          '/dueOn',
        ),
      ];
}

/** What an answer is about, and what has been said already. */
interface Heard {
  readonly answeredOn: CalendarDate | null;
  readonly statement: string | null;
}

/**
 * Why the recipient cannot answer; null when it can. Also late, and also after the hearing was closed without a word:
 * what it says is to be weighed until the act is made known (§ 24 (2), § 28 (1), § 43 (1) VwVfG NRW).
 */
export function answerHindrance(hearing: Heard | null, taken: boolean): Text | null {
  if (hearing === null) return NO_HEARING;
  if (hearing.statement !== null) {
    return stepRefusal(
      stageOf(HEARING, { de: 'schon beantwortet', en: 'answered already' }, IN_WORDS),
      ANSWERED,
    );
  }
  return taken ? stepRefusal(stageOf(HEARING, { de: 'zu Ende', en: 'over' }, SUIT_FOLLOWS), ANSWERED) : null;
}

/**
 * Which hearing an answer belongs to: the latest that can still be answered. An act rests on the latest hearing of its
 * purpose, so a hearing with the other purpose does not bury an earlier one that was closed without a word.
 */
export function hearingToAnswer<H extends Heard & { readonly purpose: string }>(
  hearings: readonly H[],
  isTaken: (hearing: H) => boolean,
): H | null {
  const standing = hearings.filter(
    (one, index) => !hearings.slice(index + 1).some(({ purpose }) => purpose === one.purpose),
  );
  const unanswered = standing.findLast((one) => answerHindrance(one, isTaken(one)) === null);
  return unanswered ?? hearings.at(-1) ?? null;
}

const HEARING: Text = { de: 'Die Anhörung', en: 'The hearing' };
const ANSWERED: Text = { de: 'beantwortet', en: 'answered' };
const IN_WORDS: Text = {
  de: 'Was noch zu sagen ist, erreicht die Bewilligungsbehörde als mitgeteilte Änderung (application.notifyChange).',
  en: 'What is left to say reaches the granting authority as a change that is told (application.notifyChange).',
};
const SUIT_FOLLOWS: Text = {
  de: 'Der Bescheid, um den es ging, ist bekannt gegeben; gegen ihn ist die Klage möglich.',
  en: 'The decision it was about has been made known; it can be challenged in court.',
};
export const NO_HEARING: Text = {
  de: 'Zu diesem Bescheid läuft keine Anhörung (decision.openHearing).',
  en: 'No hearing about this decision is open (decision.openHearing).',
};

/**
 * Silence is established only once the time to answer is over; a day due that is no working day leaves time until the
 * next one (§ 31 (3) VwVfG NRW). What the recipient said itself nobody says in its place.
 */
export function judgeHearingEnd(
  hearing: Heard & { readonly dueOn: CalendarDate },
  statement: string | null,
  today: CalendarDate,
): Violation[] {
  if (hearing.answeredOn !== null) {
    return statement === null
      ? []
      : [violation('answered-by-itself', '§ 28 Abs. 1 VwVfG NRW', BY_ITSELF, '/statement')];
  }
  const until = nextWorkingDay(hearing.dueOn);
  return statement !== null || today.isAfter(until)
    ? []
    : [
        violation(
          'hearing-still-runs',
          '§ 28 Abs. 1, § 31 Abs. 3 VwVfG NRW',
          {
            de: `Die Kommune kann sich noch bis zum ${until.format('de')} äußern.`,
            en: `The municipality can still answer until ${until.toString()}.`,
          },
          '/statement',
        ),
      ];
}

const BY_ITSELF: Text = {
  de: 'Die Kommune hat sich selbst geäußert; die Anhörung wird mit ihren Worten abgeschlossen, also mit `null`.',
  en: 'The municipality has answered itself; the hearing is closed with its words, that is with `null`.',
};

/** Between release and notice the recipient can still answer; whoever makes the act known past that has weighed it. */
export function judgeWeighing(isAnsweredSinceRelease: boolean, weighed: boolean): Violation[] {
  return isAnsweredSinceRelease && !weighed
    ? [violation('answer-to-weigh', '§ 28 Abs. 1 VwVfG NRW', TO_WEIGH, '/answerWeighed')]
    : [];
}

const TO_WEIGH: Text = {
  de: 'Die Kommune hat sich nach der Freigabe in der Anhörung geäußert (decision.course). Das ist zu würdigen; ändert es nichts, sagt das `answerWeighed`.',
  en: 'The municipality has answered the hearing since the release (decision.course). That is to be weighed; where it changes nothing, `answerWeighed` says so.',
};
