import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { NoticeBlock, NoticeTable } from '../../documents/notice-document.rules.js';
import { sourceWords } from '../../financing/plan.rules.js';
import { categoryWords } from '../../programmes/ceiling.rules.js';
import { hundredths } from '../explanation.rules.js';
import type { NoticeAmount, NoticeFacts, NoticeGround } from './notice-facts.rules.js';

const MONTHS = 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(
  ' ',
);

/** 1. Mai 2016, as a letter writes it. */
export function longDay({ year, month, day }: CalendarDate): string {
  return `${String(day)}. ${MONTHS[month - 1] ?? ''} ${String(year)}`;
}

/** A half-open period with its last day. */
export function longPeriod({ from, to }: NoticeFacts['period']): string {
  return `vom ${longDay(from)} bis zum ${longDay(to.plusDays(-1))}`;
}

/** What the Land pays in money. */
export function grantedCash(amounts: readonly NoticeAmount[]): Money {
  return Money.sum(amounts.filter(isStateCash).map(({ amount }) => amount));
}

function isStateCash({ source, inKind }: NoticeAmount): boolean {
  return source === 'state_integration' && !inKind;
}

export function euros(amount: Money): string {
  return amount.format('de');
}

/** Each line of a longer text is a paragraph of its own; a tab is a space. */
export function paragraphs(text: string): NoticeBlock[] {
  return text
    .replaceAll('\t', ' ')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ kind: 'text', text: line }));
}

/** Posts are summed where all are filled over the same days: what follows one another is not there at once. */
export function postTable(posts: NoticeFacts['posts']): NoticeTable {
  const atOnce = posts.every(({ from, to }) => posts[0]?.from.equals(from) && posts[0].to.equals(to));
  const sum = posts.reduce((total, { fteHundredths }) => total + fteHundredths, 0);
  return {
    kind: 'table',
    caption: 'Geförderte Stellen',
    columns: [
      { title: 'Nr.', numeric: true, width: 0 },
      { title: 'Stelle', numeric: false, width: 5 },
      { title: 'besetzt von', numeric: false, width: 4 },
      { title: 'bis einschließlich', numeric: false, width: 4 },
      { title: 'VZÄ', numeric: true, width: 0 },
    ],
    rows: posts.map(({ position, category, fteHundredths, from, to }) => [
      ...[String(position), capital(categoryWords[category].de)],
      ...[longDay(from), longDay(to.plusDays(-1))],
      hundredths(String(fteHundredths), 'de'),
    ]),
    total: atOnce ? ['', 'zusammen', '', '', hundredths(String(sum), 'de')] : [],
  };
}

/** Who bears what; seconded teachers are counted and never paid, so money is summed apart from them. */
export function financingTable(amounts: readonly NoticeAmount[]): NoticeTable {
  const cash = amounts.filter(({ inKind }) => !inKind);
  const row = ({ fundingYear, source, inKind, amount }: NoticeAmount): string[] => [
    ...[String(fundingYear), `${sourceWords[source].de}${inKind ? ' (unbar, durch Abordnung)' : ''}`],
    euros(amount),
  ];
  return {
    kind: 'table',
    caption: 'Finanzierungsplan, der diesem Bescheid zugrunde liegt',
    columns: [
      { title: 'Jahr', numeric: false, width: 0 },
      { title: 'Quelle', numeric: false, width: 1 },
      { title: 'Betrag', numeric: true, width: 0 },
    ],
    rows: amounts.map(row),
    total: ['', 'Mittel in Geld zusammen', euros(Money.sum(cash.map(({ amount }) => amount)))],
  };
}

/**
 * Money of the year in which the notice is given is spent under that year's appropriation, money of later years under
 * a commitment authorisation (§§ 11, 38 LHO).
 */
export function budgetTable(amounts: readonly NoticeAmount[], issued: number): NoticeTable {
  const state = amounts.filter(isStateCash);
  const sumOf = (later: boolean): string =>
    euros(
      Money.sum(
        state.filter(({ fundingYear }) => fundingYear > issued === later).map(({ amount }) => amount),
      ),
    );
  return {
    kind: 'table',
    caption: 'Bewilligungsrahmen nach Haushaltsjahren',
    columns: [
      { title: 'Haushaltsjahr', numeric: false, width: 0 },
      { title: 'Haushaltsstelle', numeric: false, width: 1 },
      { title: 'Ausgabeermächtigung', numeric: true, width: 0 },
      { title: 'Verpflichtungsermächtigung', numeric: true, width: 0 },
    ],
    rows: state.map(({ fundingYear, line, amount }) => [
      ...[String(fundingYear), line ?? '–'],
      ...(fundingYear > issued ? ['–', euros(amount)] : [euros(amount), '–']),
    ]),
    total: ['', 'zusammen', sumOf(false), sumOf(true)],
  };
}

export function paymentTable(
  amounts: readonly NoticeAmount[],
  grounds: readonly NoticeGround[],
): NoticeTable {
  const years = [...new Set(amounts.filter(isStateCash).map(({ fundingYear }) => fundingYear))];
  return {
    kind: 'table',
    caption: 'Auszahlungstermine',
    columns: [
      { title: 'ab dem', numeric: false, width: 3 },
      { title: 'insgesamt abrufbar, vom Betrag des Jahres', numeric: true, width: 4 },
      { title: 'Grundlage', numeric: false, width: 6 },
    ],
    rows: grounds
      .filter(({ fundingYear }) => years.includes(fundingYear))
      .flatMap(({ fundingYear, paymentDates }) =>
        paymentDates.map(({ month, day, cumulativeHundredths, basis }) => [
          longDay(CalendarDate.of(fundingYear, month, day)),
          `${percent(cumulativeHundredths)} v. H.`,
          basis,
        ]),
      ),
    total: [],
  };
}

/** The guidelines that govern, each with the years it governs where there is more than one. */
export function guidelineWords(grounds: readonly NoticeGround[]): string {
  const named = ({ title, legalInstrument }: NoticeGround) => `„${title}“ (${legalInstrument})`;
  const guidelines = [...new Set(grounds.map(named))];
  if (guidelines.length === 1) return `der Förderrichtlinie ${guidelines.join('')}`;
  const years = (guideline: string) =>
    grounds.filter((ground) => named(ground) === guideline).map(({ fundingYear }) => String(fundingYear));
  const each = guidelines.map((guideline) => `${guideline} für ${years(guideline).join(', ')}`);
  return `den Förderrichtlinien ${each.join('; ')}`;
}

/** How the Land takes part; where that changes from year to year, year by year with the year's amount. */
export function financingParagraphs(
  amounts: readonly NoticeAmount[],
  grounds: readonly NoticeGround[],
): string[] {
  const alike = new Set(grounds.map((ground) => financingWords(ground, Money.zero))).size === 1;
  const cash = (year: number) => grantedCash(amounts.filter(({ fundingYear }) => fundingYear === year));
  return alike
    ? grounds.slice(0, 1).map((ground) => financingWords(ground, grantedCash(amounts)))
    : grounds.map(
        (ground) =>
          `Haushaltsjahr ${String(ground.fundingYear)}: ${financingWords(ground, cash(ground.fundingYear))}`,
      );
}

/** How the Land takes part, in the words of VV Nr. 2 zu § 44 LHO. */
function financingWords({ financingType, fundedShareHundredths }: NoticeGround, granted: Money): string {
  const most = euros(granted);
  switch (financingType) {
    case 'fixed_amount':
      return `Die Zuwendung wird in der Form der Festbetragsfinanzierung als Zuschuss in Höhe von ${most} gewährt.`;
    case 'full_funding':
      return `Die Zuwendung wird in der Form der Vollfinanzierung als Zuschuss gewährt, höchstens ${most}.`;
    case 'proportional':
      return `Die Zuwendung wird in der Form der Anteilfinanzierung in Höhe von ${percent(fundedShareHundredths ?? 0)} v. H. der zuwendungsfähigen Ausgaben als Zuschuss gewährt, höchstens ${most}.`;
    case 'deficit':
      return `Die Zuwendung wird in der Form der Fehlbedarfsfinanzierung als Zuschuss gewährt, höchstens ${most}.`;
  }
}

/** 5000 as 50, 5050 as 50,50. */
function percent(share: number): string {
  return hundredths(String(share), 'de').replace(/,00$/, '');
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The place in the budget, as the budget names it; null for money that has none. */
export function lineWords(
  line: { readonly chapter: string; readonly title: string; readonly name: string } | undefined,
): string | null {
  return line === undefined ? null : `Kapitel ${line.chapter}, Titel ${line.title} (${line.name})`;
}
