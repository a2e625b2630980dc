import { describe, expect, it } from '@jest/globals';
import { noticeFacts } from '../../../test/support/notice.js';
import type { NoticeDocument, NoticeSection, NoticeTable } from '../../documents/notice-document.rules.js';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { EarlierDecision, NoticeFacts } from './notice-facts.rules.js';
import { noticeOf } from './notice.rules.js';

const earlier: EarlierDecision = {
  ...{ fileNumber: '36.02-KI-2016-7', releasedOn: CalendarDate.of(2016, 2, 10) },
  granted: Money.ofCents(15_049_180),
};
const reasons = 'Erster Absatz.\r\n\r\n\tZweiter Absatz.';

const all = (sections: readonly NoticeSection[]): NoticeSection[] =>
  sections.flatMap((one) => [one, ...all(one.sections)]);
const headings = (notice: NoticeDocument): string[] => all(notice.sections).map(({ heading }) => heading);
const words = (notice: NoticeDocument): string => JSON.stringify(notice.sections);
const table = (notice: NoticeDocument, caption: string): NoticeTable => {
  const found = [...all(notice.sections), ...notice.annexes]
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.kind === 'table' && block.caption.startsWith(caption));
  if (found?.kind !== 'table') throw new Error(`no table ${caption}`);
  return found;
};
const stateAmounts = (...amounts: (readonly [number, number])[]): NoticeFacts['amounts'] =>
  amounts.map(([fundingYear, cents]) => ({
    ...{
      fundingYear,
      source: 'state_integration',
      inKind: false,
      amount: Money.ofCents(cents),
      line: 'TG 68',
    },
  }));

describe('the notice of a grant', () => {
  it('follows the specimen: grant, purpose, kind, financing, budget years, payment; provisions; remedies', () => {
    expect(headings(noticeOf(noticeFacts()))).toEqual([
      'I. Entscheidung',
      '1. Bewilligung',
      '2. Zur Durchführung folgender Maßnahme',
      '3. Finanzierungsart und -höhe',
      '4. Zuwendungsfähige Gesamtausgaben und Finanzierung',
      '5. Bewilligungsrahmen',
      '6. Auszahlung',
      'II. Nebenbestimmungen',
      'III. Rechtsbehelfsbelehrung',
    ]);
  });

  it('says from when what is granted was allowed to begin', () => {
    const consent = { startsOn: CalendarDate.of(2016, 2, 12), consentedOn: CalendarDate.of(2016, 2, 1) };
    expect(words(noticeOf(noticeFacts({ earlyStarts: [consent] })))).toContain(
      'habe ich am 1. Februar 2016 zugestimmt, mit Wirkung ab dem 12. Februar 2016.',
    );
    expect(words(noticeOf(noticeFacts()))).not.toContain('zugestimmt');
  });

  it('grants the money of the Land, names the period with its last day, and counts teachers apart', () => {
    const notice = noticeOf(noticeFacts());
    expect(words(notice)).toContain(
      'Auf Ihren Antrag vom 18. Januar 2016 bewillige ich Ihnen für die Zeit vom 12. Februar 2016 bis zum 31. Dezember 2016 (Bewilligungszeitraum) eine Zuwendung in Höhe von 150.491,80 EUR.',
    );
    expect(table(notice, 'Finanzierungsplan')).toMatchObject({
      rows: [
        ['2016', 'Land (Integrationsministerium)', '150.491,80 EUR'],
        ['2016', 'Land (Schulministerium, Lehrkräfte) (unbar, durch Abordnung)', '88.524,59 EUR'],
        ['2016', 'Kommune', '20.000,00 EUR'],
      ],
      total: ['', 'Mittel in Geld zusammen', '170.491,80 EUR'],
    });
    expect(table(notice, 'Geförderte Stellen').total).toEqual(['', 'zusammen', '', '', '5,50']);
  });

  it('does not add up posts that are not filled over the same days', () => {
    const [first, ...others] = noticeFacts().posts;
    if (first === undefined) throw new Error('no posts');
    const posts = [{ ...first, to: first.to.plusDays(-1) }, ...others];
    expect(table(noticeOf(noticeFacts({ posts })), 'Geförderte Stellen').total).toEqual([]);
  });

  it('tells spending of the year from promises for later years', () => {
    const grounds = [2016, 2017, 2018].flatMap((fundingYear) =>
      noticeFacts().grounds.map((ground) => ({ ...ground, fundingYear })),
    );
    const amounts = stateAmounts([2016, 100], [2017, 200], [2018, 300]);
    const notice = noticeOf(noticeFacts({ amounts, grounds }));
    expect(table(notice, 'Bewilligungsrahmen')).toMatchObject({
      rows: [
        ['2016', 'TG 68', '1,00 EUR', '–'],
        ['2017', 'TG 68', '–', '2,00 EUR'],
        ['2018', 'TG 68', '–', '3,00 EUR'],
      ],
      total: ['', 'zusammen', '1,00 EUR', '5,00 EUR'],
    });
    expect(table(notice, 'Auszahlungstermine').rows.map(([day, share]) => [day, share])).toEqual([
      ['1. Mai 2016', '50 v. H.'],
      ['1. Oktober 2016', '100 v. H.'],
      ['1. Mai 2017', '50 v. H.'],
      ['1. Oktober 2017', '100 v. H.'],
      ['1. Mai 2018', '50 v. H.'],
      ['1. Oktober 2018', '100 v. H.'],
    ]);
  });

  it('reckons in its annex: every post with rate, size and days, every step with its basis', () => {
    const notice = noticeOf(noticeFacts());
    expect(notice.enclosures).toEqual(['Anlage 1: Berechnung der Zuwendung']);
    const [first, second] = table(notice, 'Sätze').rows;
    expect(first).toEqual([
      '1',
      'Fachkraft',
      '12.02.2016',
      '31.12.2016',
      '50.000,00 EUR',
      '1,00',
      '3,00',
      '324/366',
      '≈ 132.786,89 EUR',
    ]);
    expect(second).toEqual(
      expect.arrayContaining(['Verwaltungsassistenz', '20.000,00 EUR', '0,50', '≈ 17.704,92 EUR']),
    );
    const steps = table(notice, 'Die Rechenschritte').rows;
    expect(steps).toHaveLength(noticeFacts().steps.length);
    expect(steps[0]?.[1]).toContain('324 ÷ 366 Tage');
    expect(steps[0]?.[2]).toBe('Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537 (angenommen)');
    expect(JSON.stringify(notice.annexes)).toContain(`(SHA-256): ${'0f0f0f0f '.repeat(8).trim()}`);
  });

  it.each([
    ['fixed_amount', null, 'in der Form der Festbetragsfinanzierung als Zuschuss in Höhe von 150.491,80 EUR'],
    ['full_funding', null, 'in der Form der Vollfinanzierung als Zuschuss gewährt, höchstens 150.491,80 EUR'],
    ['proportional', 8_050, 'Anteilfinanzierung in Höhe von 80,50 v. H. der zuwendungsfähigen Ausgaben'],
    ['deficit', null, 'in der Form der Fehlbedarfsfinanzierung als Zuschuss gewährt, höchstens'],
  ] as const)('names %s', (financingType, fundedShareHundredths, said) => {
    const { grounds } = noticeFacts();
    const notice = noticeOf(
      noticeFacts({
        grounds: grounds.map((ground) => ({ ...ground, financingType, fundedShareHundredths })),
      }),
    );
    expect(words(notice)).toContain(said);
  });

  it('names for several years each with its guideline, its financing, its payment days and its proof', () => {
    const [ground] = noticeFacts().grounds;
    if (ground === undefined) throw new Error('a notice rests on a guideline');
    const notice = noticeOf(
      noticeFacts({
        amounts: stateAmounts([2016, 17_000_000], [2017, 27_000_000]),
        grounds: [
          { ...ground, title: 'Fassung A' },
          { ...ground, title: 'Fassung B', fundingYear: 2017, financingType: 'full_funding' },
        ],
        proofs: [2016, 2017].map((year) => ({ fundingYear: year, dueOn: CalendarDate.of(year + 1, 3, 31) })),
      }),
    );
    const said = words(notice);
    expect(said).toContain(`„Fassung A“ (${ground.legalInstrument}) für 2016; „Fassung B“`);
    expect(said).toContain('Haushaltsjahr 2016: Die Zuwendung wird in der Form der Festbetragsfinanzierung');
    expect(said).toContain('Haushaltsjahr 2017: Die Zuwendung wird in der Form der Vollfinanzierung');
    expect(said).toContain('höchstens 270.000,00 EUR');
    expect(said).toContain('Der Verwendungsnachweis für 2017 ist bis zum 31. März 2018 vorzulegen.');
    expect(table(notice, 'Auszahlungstermine').rows.map(([from]) => from)).toEqual([
      ...['1. Mai 2016', '1. Oktober 2016', '1. Mai 2017', '1. Oktober 2017'],
    ]);
  });

  it('has no budget years, no payment and no proof to name where the Land only lends teachers', () => {
    const amounts = noticeFacts().amounts.filter(({ inKind }) => inKind);
    const notice = noticeOf(noticeFacts({ amounts, proofs: [] }));
    expect(headings(notice)).not.toContain('5. Bewilligungsrahmen');
    expect(words(notice)).not.toContain('Verwendungsnachweis ist bis zum');
  });

  it('says nothing of remedies where it was drafted without', () => {
    const notice = noticeOf(noticeFacts({ remedyInformation: false }));
    expect(headings(notice).at(-1)).toBe('II. Nebenbestimmungen');
  });

  it('addresses the body, and the centre by its own name where that differs', () => {
    const recipient = { name: 'Stadt Köln', kind: 'kreisfreie_stadt' } as const;
    const { address } = noticeOf(noticeFacts({ recipient, centre: { name: 'Köln', ags: '05315000' } }));
    expect(address).toEqual([
      'Stadt Köln',
      'Die Oberbürgermeisterin / Der Oberbürgermeister',
      'Kommunales Integrationszentrum Köln',
    ]);
  });
});

describe('the notice of a draft', () => {
  it('says that it is one, wherever it is read', () => {
    const notice = noticeOf(noticeFacts({ releasedOn: null }));
    expect(notice).toMatchObject({ draft: true, title: 'Entwurf: Zuwendungsbescheid' });
    expect(notice.warning).toContain('noch nicht freigegeben');
    expect(notice.closing).toEqual(['Noch nicht gezeichnet.']);
    expect(notice.facts[1]).toEqual({ label: 'Datum', value: 'noch nicht freigegeben' });
    expect(noticeOf(noticeFacts())).toMatchObject({ draft: false, warning: '' });
  });
});

describe('the notice of another decision', () => {
  it('refuses the rest where it grants a part, with reasons paragraph by paragraph', () => {
    const notice = noticeOf(noticeFacts({ kind: 'partial_grant', reasons }));
    expect(words(notice)).toContain('Soweit Ihr Antrag darüber hinausgeht, lehne ich ihn ab.');
    expect(all(notice.sections).find(({ heading }) => heading === '7. Begründung')?.blocks).toEqual([
      { kind: 'text', text: 'Erster Absatz.' },
      { kind: 'text', text: ' Zweiter Absatz.' },
    ]);
  });

  it('refuses, with reasons and remedies and without an annex', () => {
    const notice = noticeOf(noticeFacts({ kind: 'refusal', reasons, amounts: [], proofs: [] }));
    expect(headings(notice)).toEqual(['I. Entscheidung', 'II. Begründung', 'III. Rechtsbehelfsbelehrung']);
    expect(words(notice)).toContain('Ihren Antrag vom 18. Januar 2016 lehne ich ab.');
    expect(notice.annexes).toEqual([]);
  });

  it('amends: names the notice it changes, the amount then and the amount now', () => {
    const notice = noticeOf(
      noticeFacts({ kind: 'amendment', reasons, earlier, amounts: stateAmounts([2016, 100]) }),
    );
    expect(notice.title).toBe('Änderungsbescheid');
    expect(words(notice)).toContain(
      'Den Bescheid vom 10. Februar 2016, Aktenzeichen 36.02-KI-2016-7, ändere ich: Die Zuwendung für die Zeit vom 12. Februar 2016 bis zum 31. Dezember 2016 beträgt nunmehr 1,00 EUR statt bisher 150.491,80 EUR.',
    );
  });

  it.each([
    ['revocation', 'widerrufe ich nach § 49 Abs. 3 VwVfG NRW in vollem Umfang.', 'Widerrufsbescheid'],
    ['withdrawal', 'nehme ich nach § 48 VwVfG NRW in vollem Umfang zurück.', 'Rücknahmebescheid'],
  ] as const)('undoes the whole by %s', (kind, said, title) => {
    const notice = noticeOf(noticeFacts({ kind, reasons, earlier, amounts: [], steps: [] }));
    expect(notice).toMatchObject({ title, annexes: [], enclosures: [] });
    expect(words(notice)).toContain(said);
    expect(words(notice)).toContain('es verbleiben 0,00 EUR');
    expect(headings(notice)).toContain('II. Begründung');
  });

  it('undoes a part, and says what stays', () => {
    const amounts = stateAmounts([2016, 5_000_000]);
    expect(words(noticeOf(noticeFacts({ kind: 'withdrawal', reasons, earlier, amounts })))).toContain(
      'nehme ich nach § 48 VwVfG NRW teilweise zurück, soweit er mehr als 50.000,00 EUR bewilligt.',
    );
    expect(words(noticeOf(noticeFacts({ kind: 'revocation', reasons, earlier, amounts })))).toContain(
      'widerrufe ich nach § 49 Abs. 3 VwVfG NRW teilweise, soweit er mehr als 50.000,00 EUR bewilligt.',
    );
  });
});

describe('the copy for the court of audit', () => {
  const COPY = 'Abdruck an den Landesrechnungshof Nordrhein-Westfalen (Bescheid und Antrag).';
  it('is named at the end of a notice and of its draft, where one is made', () => {
    expect(noticeOf(noticeFacts()).closing).not.toContain(COPY);
    expect(noticeOf(noticeFacts({ copyRequired: true })).closing.at(-1)).toBe(COPY);
    expect(noticeOf(noticeFacts({ copyRequired: true, releasedOn: null })).closing.at(-1)).toBe(COPY);
  });
});
