import { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import type { DerivationStep } from '../kernel/derivation.js';
import { Fraction } from '../kernel/fraction.js';
import { Money } from '../kernel/money.js';
import type { Text } from '../kernel/violation.js';
import { roundings } from '../programmes/guideline.rules.js';

/**
 * The reckoning in sentences, one for each step, so that a municipality can see why its grant is what it is and do
 * the sum again by hand. The steps themselves stay exact; here fractions of a cent are shown rounded, and say so.
 */
export function explain(derivation: readonly DerivationStep[]): Text[] {
  return derivation.map((step) => sentenceOf(step));
}

function sentenceOf(step: DerivationStep): Text {
  const value = (name: string) => operand(step, name);
  const rate = value('rateCents');
  if (rate !== null) {
    return {
      de: `Stelle ${said(value('post'))}, ${before(step.label.de)}: ${postSum(step, 'de')}`,
      en: `Post ${said(value('post'))}, ${before(step.label.en)}: ${postSum(step, 'en')}`,
    };
  }
  // Steps that say something about days or posts, and are no sum of money, say it all in their label.
  if (WORDS_ONLY.some((prefix) => step.rule.startsWith(prefix))) return step.label;
  const operands = (locale: 'de' | 'en') =>
    step.operands
      .map(({ name, value: amount }) => `${place(name, locale)} ${quantity(name, amount, locale)}`)
      .join(roundings.some((rule) => rule === step.rule) ? ' + ' : '; ');
  return {
    de: `${step.label.de}: ${operands('de')} = ${centsWords(step.result, 'de')}`,
    en: `${step.label.en}: ${operands('en')} = ${centsWords(step.result, 'en')}`,
  };
}

const WORDS_ONLY = ['centre_open.', 'partial_grant.', 'funding_year.', 'act.'] as const;

/** Typed into a pocket calculator as it stands, it gives the result: 50.000,00 EUR ÷ 1,00 VZÄ × 3,00 VZÄ × 324 ÷ 366 Tage (12.02.2016 bis …) = …; worauf Satz und Anteil beruhen. */
function postSum(step: DerivationStep, locale: 'de' | 'en'): string {
  const value = (name: string) => said(operand(step, name));
  const fte = locale === 'de' ? 'VZÄ' : 'FTE';
  const unit = units[step.rule.split('.').at(-1) ?? '']?.[locale] ?? '';
  const sum = [
    `${centsWords(value('rateCents'), locale)} ÷ ${hundredths(value('perFteHundredths'), locale)} ${fte}`,
    `× ${hundredths(value('fteHundredths'), locale)} ${fte}`,
    `× ${value('occupiedUnits')} ÷ ${value('unitsOfYear')} ${unit}`,
    `(${periodWords(value('occupiedFrom'), value('occupiedTo'), locale)})`,
    `${isWhole(step.result) ? '=' : '≈'} ${centsWords(step.result, locale)}`,
  ].join(' ');
  return [sum, ...grounds(step, locale)].join('; ');
}

/** The value a step rests on, by its name; null where the step has none. */
export function operand({ operands }: DerivationStep, name: string): string | null {
  return operands.find((one) => one.name === name)?.value ?? null;
}

/** What the sum rests on and how well that is sourced; a reckoning frozen before this was kept does not say. */
function grounds(step: DerivationStep, locale: 'de' | 'en'): string[] {
  const value = (name: string) => operand(step, name);
  const [rate, share] = locale === 'de' ? ['Satz', 'Zählweise'] : ['rate', 'way of counting'];
  const source = value('rateSource');
  const counting = value('shareRuleConfidence');
  const stated = confidenceWords(value('rateConfidence') ?? '', locale);
  return [
    ...(source === null ? [] : [`${rate}: ${source} (${stated})`]),
    ...(counting === null ? [] : [`${share}: ${confidenceWords(counting, locale)}`]),
  ];
}

/** A half-open period with its last day included, as people read it. */
export function periodWords(from: string, to: string, locale: 'de' | 'en'): string {
  const last = CalendarDate.parse(to).plusDays(-1);
  const [first, until] = [CalendarDate.parse(from).format(locale), last.format(locale)];
  return locale === 'de' ? `${first} bis einschließlich ${until}` : `${first} to ${until} inclusive`;
}

export function confidenceWords(confidence: string, locale: 'de' | 'en'): string {
  return confidences.find((one) => one === confidence) === undefined
    ? confidence
    : sourced[confidence as Confidence][locale];
}

const sourced: Readonly<Record<Confidence, Text>> = {
  verified: { de: 'belegt', en: 'verified' },
  derived: { de: 'abgeleitet', en: 'derived' },
  assumed: { de: 'angenommen', en: 'assumed' },
};

const units: Readonly<Record<string, Text>> = {
  actual_days: { de: 'Tage', en: 'days' },
  thirty_day_months: { de: 'Tage zu dreißig je Monat', en: 'days of thirty-day months' },
  months_begun: { de: 'angefangene Monate', en: 'months begun' },
};

const words: Readonly<Record<string, Text>> = {
  expenditureCents: { de: 'Ausgaben', en: 'expenditure' },
  ceilingCents: { de: 'Höchstbetrag', en: 'ceiling' },
  eligibleCents: { de: 'zuwendungsfähig', en: 'eligible' },
  ownCents: { de: 'eigene Mittel', en: 'own money' },
  thirdPartyCents: { de: 'Mittel Dritter', en: 'money of third parties' },
  fundedShare: { de: 'geförderter Anteil', en: 'funded share' },
};

/** Cents in digits, or exact cents as `n/d`. */
export function centsWords(canonical: string, locale: 'de' | 'en'): string {
  const [num = '', den = '1'] = canonical.split('/');
  if (!/^-?\d+$/.test(num) || !/^\d+$/.test(den)) return canonical;
  return Money.ofCents(Fraction.of(BigInt(num), BigInt(den)).roundHalfAwayFromZero()).format(locale);
}

/** A share is no money: 9/10 stays 9/10. */
function quantity(name: string, value: string, locale: 'de' | 'en'): string {
  return name.endsWith('Share') ? value.replace('/', ' ÷ ') : centsWords(value, locale);
}

/** Whether an exact value needs no rounding to be shown. */
export function isWhole(canonical: string): boolean {
  const den = canonical.split('/')[1];
  return den === undefined || den === '1';
}

/** 350 as 3,50 or 3.50. */
export function hundredths(text: string, locale: 'de' | 'en'): string {
  const digits = text.padStart(3, '0');
  return `${digits.slice(0, -2)}${locale === 'de' ? ',' : '.'}${digits.slice(-2)}`;
}

/** Operands that name a post name it by its place. */
function place(name: string, locale: 'de' | 'en'): string {
  const known = words[name];
  if (known !== undefined) return known[locale];
  if (!/^\d+$/.test(name)) return name;
  return locale === 'de' ? `Stelle ${name}` : `post ${name}`;
}

/** The kind of post at the head of a label: "Fachkraft: Satz × …". */
function before(label: string): string {
  return label.split(':')[0] ?? label;
}

function said(value: string | null): string {
  return value ?? '?';
}
