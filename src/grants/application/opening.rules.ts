import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { violation, type Violation } from '../../kernel/violation.js';

/** What is known of the centre's opening; the day of most early centres is not. */
export interface Opening {
  readonly openedOn: CalendarDate | null;
  readonly knownOpenBy: CalendarDate | null;
  /** The ministry lets grants begin earlier than the centre is known to have been open. */
  readonly assumedOpenFrom: CalendarDate | null;
  readonly assumedOpenReason: string | null;
  readonly closedOn: CalendarDate | null;
}

interface Occupied {
  readonly occupiedFrom: CalendarDate;
  readonly occupiedTo: CalendarDate;
}

const LAW = '§ 8 TIntG';

/**
 * The state funds a centre that exists. Its posts count from the day it opened; where that day is not known, from a
 * day on which it is known to have been open, unless the ministry recorded, with its reason, an earlier one.
 */
export function judgeOpening(posts: readonly Occupied[], opening: Opening): Violation[] {
  const { openedOn, knownOpenBy, assumedOpenFrom, closedOn } = opening;
  const since = openedOn ?? assumedOpenFrom ?? knownOpenBy;
  if (since === null) {
    return [
      violation('centre-not-open', LAW, {
        de: 'Das Zentrum ist noch nicht eröffnet.',
        en: 'The centre has not been opened yet.',
      }),
    ];
  }
  return posts.flatMap(({ occupiedFrom, occupiedTo }, index) => {
    const pointer = `/posts/${String(index)}`;
    const [post, post_en] = [`Stelle ${String(index + 1)}`, `Post ${String(index + 1)}`];
    if (closedOn !== null && occupiedTo.isAfter(closedOn)) {
      const de = `${post} ist nach der Schließung des Zentrums am ${closedOn.format('de')} besetzt.`;
      const en = `${post_en} is occupied after the centre closed on ${closedOn.format('en')}.`;
      return [violation('centre-not-open', LAW, { de, en }, pointer)];
    }
    if (!occupiedFrom.isBefore(since)) return [];
    if (openedOn !== null) {
      const de = `${post} ist vor der Eröffnung des Zentrums am ${openedOn.format('de')} besetzt.`;
      const en = `${post_en} is occupied before the centre opened on ${openedOn.format('en')}.`;
      return [violation('centre-not-open', LAW, { de, en }, pointer)];
    }
    return [openingUnknown([post, post_en], since, pointer)];
  });
}

function openingUnknown(
  [de, en]: readonly [string, string],
  since: CalendarDate,
  pointer: string,
): Violation {
  return violation(
    'centre-opening-unknown',
    LAW,
    {
      de: `${de} ist vor dem ${since.format('de')} besetzt; erst seit diesem Tag gilt das Zentrum als offen, denn sein Eröffnungstag ist nicht bekannt. Gefördert wird ab diesem Tag, früher nur, wenn das Integrationsministerium beim Zentrum einen früheren Tag annimmt (centre.assumeOpening).`,
      en: `${en} is occupied before ${since.format('en')}; the centre counts as open only since that day, for its opening day is not known. It is funded from that day, earlier only if the integration ministry assumes an earlier one for the centre (centre.assumeOpening).`,
    },
    pointer,
  );
}

/** Says that days are funded on an assumption about the opening; nothing to say where they are not. */
export function openingSteps(posts: readonly Occupied[], opening: Opening): DerivationStep[] {
  const { openedOn, knownOpenBy, assumedOpenFrom, assumedOpenReason } = opening;
  if (openedOn !== null || knownOpenBy === null || assumedOpenFrom === null) return [];
  if (!posts.some(({ occupiedFrom }) => occupiedFrom.isBefore(knownOpenBy))) return [];
  const reason = assumedOpenReason ?? '';
  return [
    {
      label: {
        de: `Eröffnungstag unbekannt, nachweislich offen am ${knownOpenBy.format('de')}; als offen angenommen ab ${assumedOpenFrom.format('de')}: ${reason}`,
        en: `Opening day unknown, known to be open on ${knownOpenBy.format('en')}; assumed to be open from ${assumedOpenFrom.format('en')}: ${reason}`,
      },
      rule: 'centre_open.assumed',
      basis: LAW,
      confidence: 'assumed',
      operands: [
        { name: 'knownOpenBy', value: knownOpenBy.toString() },
        { name: 'assumedOpenFrom', value: assumedOpenFrom.toString() },
      ],
      result: assumedOpenFrom.toString(),
    },
  ];
}
