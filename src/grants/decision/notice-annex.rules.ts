import { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import type { NoticeSection, NoticeTable } from '../../documents/notice-document.rules.js';
import { centsWords, confidenceWords, explain, hundredths, isWhole, operand } from '../explanation.rules.js';
import type { NoticeFacts } from './notice-facts.rules.js';
import { capital, guidelineWords } from './notice-wording.rules.js';

/** The reckoning as it was frozen: every post with rate, size and days, then every step with what it rests on. */
export function reckoningAnnex({ steps, grounds, reckoning }: NoticeFacts, number: number): NoticeSection {
  const posts = steps.filter((step) => operand(step, 'rateCents') !== null);
  return {
    heading: `Anlage ${String(number)}: Berechnung der Zuwendung`,
    blocks: [
      {
        kind: 'text',
        text: `Die Zuwendung wurde nach ${guidelineWords(grounds)} berechnet. Jeder Schritt ist mit seiner Grundlage genannt und lässt sich nachrechnen. Mit „≈“ bezeichnete Beträge sind für den Druck auf Cent gerundet; gerechnet wurde mit den genauen Werten.`,
      },
      ...(posts.length === 0 ? [] : [postTable(posts)]),
      stepTable(steps),
      { kind: 'text', text: `Prüfsumme der Berechnung (SHA-256): ${inGroups(reckoning)}` },
    ],
    sections: [],
  };
}

function postTable(steps: readonly DerivationStep[]): NoticeTable {
  return {
    kind: 'table',
    caption: 'Sätze, Stellenumfang und Zeiträume',
    columns: [
      { title: 'Nr.', numeric: true, width: 0 },
      { title: 'Stelle', numeric: false, width: 1 },
      { title: 'von', numeric: false, width: 0 },
      { title: 'bis', numeric: false, width: 0 },
      { title: 'Satz', numeric: true, width: 0 },
      { title: 'je VZÄ', numeric: true, width: 0 },
      { title: 'VZÄ', numeric: true, width: 0 },
      { title: 'Anteil', numeric: true, width: 0 },
      { title: 'Betrag', numeric: true, width: 0 },
    ],
    rows: steps.map((step) => {
      const value = (name: string) => operand(step, name) ?? '–';
      const [from, to] = [operand(step, 'occupiedFrom'), operand(step, 'occupiedTo')];
      return [
        value('post'),
        capital(step.label.de.split(':')[0] ?? ''),
        from === null ? '–' : CalendarDate.parse(from).format('de'),
        to === null ? '–' : CalendarDate.parse(to).plusDays(-1).format('de'),
        centsWords(value('rateCents'), 'de'),
        hundredths(value('perFteHundredths'), 'de'),
        hundredths(value('fteHundredths'), 'de'),
        `${value('occupiedUnits')}/${value('unitsOfYear')}`,
        `${isWhole(step.result) ? '' : '≈ '}${centsWords(step.result, 'de')}`,
      ];
    }),
    total: [],
  };
}

function stepTable(steps: readonly DerivationStep[]): NoticeTable {
  const sentences = explain(steps);
  return {
    kind: 'table',
    caption: 'Die Rechenschritte',
    columns: [
      { title: 'Nr.', numeric: true, width: 0 },
      { title: 'Rechenschritt', numeric: false, width: 11 },
      { title: 'Grundlage', numeric: false, width: 5 },
    ],
    rows: steps.map(({ basis, confidence }, index) => [
      String(index + 1),
      sentences[index]?.de ?? '',
      confidence === null
        ? (basis ?? '–')
        : `${basis ?? 'ohne Vorschrift'} (${confidenceWords(confidence, 'de')})`,
    ]),
    total: [],
  };
}

/** Eight signs at a time can be compared by eye. */
function inGroups(hash: string): string {
  return hash.replace(/(.{8})(?=.)/g, '$1 ');
}
