import { CalendarDate } from '../kernel/calendar-date.js';
import { Period } from '../kernel/period.js';
import { violation, type Text, type Violation } from '../kernel/violation.js';
import type { FundedPost, GuidelineDraft, PostCategory, StatedConfidence } from './guideline.rules.js';
import { categoryWords } from './ceiling.rules.js';
import { piecesByRate, rateValidity } from './rates.rules.js';

/** What is wrong with a draft: all of it, so that a version is right before anybody releases it. */
export function judgeDraft(draft: GuidelineDraft): Violation[] {
  const validity = judgeValidity(draft);
  return [
    ...validity,
    ...judgePostList(draft),
    ...(validity.length > 0 ? [] : judgeRates(draft)),
    ...judgeFunders(draft),
    ...judgeMissing(draft),
    ...judgeShare(draft),
    ...judgePaymentDates(draft),
    ...judgeMaterials(draft),
    ...judgeDeadlines(draft),
    ...judgeChecklist(draft),
    ...judgeThresholds(draft),
    ...judgeBans(draft),
    ...judgeProvisions(draft),
    ...(isDayOfEveryYear(draft.proofDueMonth, draft.proofDueDay)
      ? []
      : [objection('no-such-day', '/proofDueDay', NO_SUCH_DAY)]),
  ];
}

function judgeValidity({ validFrom, validTo, rates }: GuidelineDraft): Violation[] {
  return [
    ...(isEmpty({ validFrom, validTo }) ? [objection('validity-empty', '/validTo', EMPTY)] : []),
    ...rates.flatMap((rate, index) =>
      isEmpty(rate) ? [objection('validity-empty', `/rates/${index}/validTo`, EMPTY)] : [],
    ),
  ];
}

function judgePostList({ posts }: GuidelineDraft): Violation[] {
  const same = (a: FundedPost, b: FundedPost) => a.hostType === b.hostType && a.category === b.category;
  return posts.flatMap((post, index) =>
    posts.findIndex((other) => same(other, post)) === index
      ? []
      : [
          objection('post-stated-twice', `/posts/${index}`, {
            de: 'Je Art des Zentrums und Stellenart gibt es eine Angabe.',
            en: 'There is one entry per host type and category.',
          }),
        ],
  );
}

/** Every funded category has one rate on every day of the version, if only one that says its amount is missing. */
function judgeRates({ validFrom, validTo, posts, rates }: GuidelineDraft): Violation[] {
  const overlapping = rates.flatMap((rate, index) =>
    rates
      .slice(0, index)
      .some((other) => other.category === rate.category && rateValidity(other).overlaps(rateValidity(rate)))
      ? [
          objection('rates-overlap', `/rates/${index}`, {
            de: 'Für denselben Tag gibt es schon einen Satz dieser Stellenart.',
            en: 'There already is a rate of this category for the same day.',
          }),
        ]
      : [],
  );
  const whole = Period.of(validFrom, validTo);
  const missing = categoriesOf(posts).filter((category) =>
    piecesByRate(whole, rates, category).some(({ stated }) => stated === null),
  );
  return [
    ...overlapping,
    ...missing.map((category) =>
      objection('rate-missing', '/rates', {
        de: `Für die Stellenart „${categoryWords[category].de}“ fehlt an mindestens einem Tag der Geltung ein Satz.`,
        en: `For the category ${category} a rate is missing on at least one day of the validity.`,
      }),
    ),
  ];
}

/**
 * What the school ministry gives are seconded teachers, what the integration ministry gives is money; one category has
 * one funder, because its rate is either paid or only counted.
 */
function judgeFunders({ posts, rates }: GuidelineDraft): Violation[] {
  return categoriesOf(posts).flatMap((category) => {
    const funders = new Set(posts.filter((post) => post.category === category).map(({ funder }) => funder));
    const inKind = funders.has('school_ministry');
    const wrong = rates.findIndex((rate) => rate.category === category && rate.inKind !== inKind);
    if (funders.size === 1 && wrong === -1) return [];
    return [
      objection('funder-and-rate-disagree', wrong === -1 ? '/posts' : `/rates/${wrong}/inKind`, {
        de: `Die Stellenart ${category} ist entweder Geld des Integrationsministeriums oder Sachleistung des Schulministeriums.`,
        en: `The category ${category} is either money of the integration ministry or in kind from the school ministry.`,
      }),
    ];
  });
}

/** Missing is said twice or not at all: by a null, and by the confidence. */
function judgeMissing({ posts, rates, materials }: GuidelineDraft): Violation[] {
  const unsaid = (value: unknown, confidence: StatedConfidence) =>
    (value === null) !== (confidence === 'missing');
  const faults = [
    ...posts.map(({ fteHundredths, confidence }, at) => ({
      at: `/posts/${at}`,
      value: fteHundredths,
      confidence,
    })),
    ...rates.map(({ amount, confidence }, at) => ({ at: `/rates/${at}`, value: amount, confidence })),
    ...materials.map(({ amount, confidence }, at) => ({ at: `/materials/${at}`, value: amount, confidence })),
  ].filter(({ value, confidence }) => unsaid(value, confidence));
  return faults.map(({ at }) =>
    objection('missing-value-unclear', `${at}/confidence`, {
      de: 'Ein fehlender Wert ist null und heißt „missing“; ein vorhandener hat eine andere Verlässlichkeit.',
      en: 'A missing value is null and called "missing"; one that is there has another confidence.',
    }),
  );
}

function judgeShare({ financingType, fundedShareHundredths }: GuidelineDraft): Violation[] {
  if ((financingType === 'proportional') === (fundedShareHundredths !== null)) return [];
  return [
    objection('funded-share-and-type-disagree', '/fundedShareHundredths', {
      de: 'Einen geförderten Anteil nennt die Anteilfinanzierung, und nur sie.',
      en: 'Proportional financing names a funded share, and nothing else does.',
    }),
  ];
}

function judgeMaterials({ materials }: GuidelineDraft): Violation[] {
  return materials.flatMap(({ code, validFrom, validTo }, index) => {
    if (isEmpty({ validFrom, validTo })) {
      return [objection('validity-empty', `/materials/${index}/validTo`, EMPTY)];
    }
    const own = Period.of(validFrom, validTo);
    const twice = materials
      .slice(0, index)
      .some((other) => other.code === code && !isEmpty(other) && rateValidity(other).overlaps(own));
    return twice ? [objection('material-stated-twice', `/materials/${index}`, TWICE)] : [];
  });
}

function isEmpty({ validFrom, validTo }: { validFrom: CalendarDate; validTo: CalendarDate | null }): boolean {
  return validTo !== null && !validFrom.isBefore(validTo);
}

function judgeThresholds({ copyThresholds }: GuidelineDraft): Violation[] {
  return copyThresholds.flatMap((one, index) => {
    const pointer = `/copyThresholds/${index}`;
    if (isEmpty(one)) return [objection('validity-empty', `${pointer}/validTo`, EMPTY)];
    const clashes = copyThresholds
      .slice(0, index)
      .some((other) => !isEmpty(other) && rateValidity(other).overlaps(rateValidity(one)));
    return clashes ? [objection('thresholds-overlap', pointer, THRESHOLDS_OVERLAP)] : [];
  });
}

/** A decision chooses a provision by its code and the day it is drafted, so together they name one. */
function judgeProvisions({ provisions }: GuidelineDraft): Violation[] {
  return provisions.flatMap((one, index) => {
    if (isEmpty(one)) return [objection('validity-empty', `/provisions/${index}/validTo`, EMPTY)];
    const twice = provisions
      .slice(0, index)
      .some(
        (other) =>
          other.code === one.code && !isEmpty(other) && rateValidity(other).overlaps(rateValidity(one)),
      );
    return twice ? [objection('provision-stated-twice', `/provisions/${index}/code`, TWICE)] : [];
  });
}

function judgeBans({ earlyStartBans }: GuidelineDraft): Violation[] {
  return earlyStartBans.flatMap((one, index) => {
    const pointer = `/earlyStartBans/${index}`;
    if (isEmpty(one)) return [objection('validity-empty', `${pointer}/validTo`, EMPTY)];
    const clashes = earlyStartBans
      .slice(0, index)
      .some((other) => !isEmpty(other) && rateValidity(other).overlaps(rateValidity(one)));
    return clashes ? [objection('bans-overlap', pointer, TWICE)] : [];
  });
}

const THRESHOLDS_OVERLAP = {
  de: 'Für denselben Tag gibt es schon einen Betrag.',
  en: 'There already is an amount for the same day.',
};

function judgeDeadlines({ deadlines }: GuidelineDraft): Violation[] {
  return deadlines.flatMap(({ fundingYear, month, day }, index) => {
    const same = (other: GuidelineDraft['deadlines'][number]) => other.fundingYear === fundingYear;
    return [
      ...(isDayOfEveryYear(month, day)
        ? []
        : [objection('no-such-day', `/deadlines/${index}/day`, NO_SUCH_DAY)]),
      ...(deadlines.findIndex(same) === index
        ? []
        : [objection('deadline-stated-twice', `/deadlines/${index}`, TWICE)]),
    ];
  });
}

/** A check answers each item by its code, so a code names one. */
function judgeChecklist({ checklist }: GuidelineDraft): Violation[] {
  return checklist.flatMap(({ code }, index) =>
    checklist.findIndex((other) => other.code === code) === index
      ? []
      : [objection('checklist-item-stated-twice', `/checklist/${index}/code`, TWICE)],
  );
}

function judgePaymentDates({ paymentDates }: GuidelineDraft): Violation[] {
  const violations = paymentDates.flatMap(({ month, day }, index) =>
    isDayOfEveryYear(month, day) ? [] : [objection('no-such-day', `/paymentDates/${index}/day`, NO_SUCH_DAY)],
  );
  const rising = paymentDates.every((date, index) => {
    const before = paymentDates[index - 1];
    return (
      before === undefined ||
      (before.month * 100 + before.day < date.month * 100 + date.day &&
        before.cumulativeHundredths < date.cumulativeHundredths)
    );
  });
  if (!rising || paymentDates.at(-1)?.cumulativeHundredths !== 10_000) {
    violations.push(
      objection('payment-dates-incomplete', '/paymentDates', {
        de: 'Die Auszahlungstermine folgen aufeinander, ihre Anteile steigen, der letzte erreicht das Ganze (10000).',
        en: 'Payment dates follow one another, their parts rise, the last reaches the whole (10000).',
      }),
    );
  }
  return violations;
}

/** 29 February is none: the day must exist in every year. */
function isDayOfEveryYear(month: number, day: number): boolean {
  try {
    CalendarDate.of(2001, month, day);
    return true;
  } catch {
    return false;
  }
}

function categoriesOf(posts: readonly FundedPost[]): PostCategory[] {
  return [...new Set(posts.map(({ category }) => category))];
}

function objection(code: string, pointer: string, detail: Text): Violation {
  return violation(code, null, detail, pointer);
}

const EMPTY = { de: 'Die Geltung endet, bevor sie beginnt.', en: 'The validity ends before it begins.' };
const TWICE = { de: 'Das ist schon angegeben.', en: 'This is stated already.' };
const NO_SUCH_DAY = {
  de: 'Diesen Tag gibt es nicht in jedem Jahr.',
  en: 'This day does not exist in every year.',
};
