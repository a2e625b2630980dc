import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readPdf } from '../../test/support/pdf.js';
import { DocumentService } from './document.service.js';
import { printableLetters, type NoticeDocument, type NoticeSection } from './notice-document.rules.js';

const documents = new DocumentService();

const section = (heading: string, ...blocks: NoticeSection['blocks']): NoticeSection => ({
  ...{ heading, blocks, sections: [] },
});

function notice(changes: Partial<NoticeDocument> = {}): NoticeDocument {
  return {
    ...{ draft: false, title: 'Bescheid', subject: 'Betreff', sender: 'Behörde', unit: 'Stelle' },
    ...{ returnLine: 'Behörde', address: ['Kreis Borken'], warning: '', opening: ['Guten Tag,'] },
    facts: [{ label: 'Aktenzeichen', value: 'AZ 1' }],
    sections: [section('I. Entscheidung', { kind: 'text', text: 'So ist es entschieden.' })],
    ...{ closing: ['Im Auftrag'], enclosures: [], annexes: [], running: 'Bescheid AZ 1', footer: 'AZ 1' },
    ...{ keywords: ['AZ 1'], at: 1_455_100_000 },
    ...changes,
  };
}

const table = (rows: number): NoticeSection['blocks'][number] => ({
  kind: 'table',
  caption: 'Die Tabelle',
  columns: [
    { title: 'Kopf links', numeric: false, width: 1 },
    { title: 'Kopf rechts', numeric: true, width: 0 },
  ],
  rows: Array.from({ length: rows }, (_, index) => [`Zeile ${String(index + 1)}`, '1.000,00 EUR']),
  total: ['zusammen', '2.000,00 EUR'],
});

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a notice as PDF', () => {
  it('is PDF/UA-1: tagged, German, titled, with headings, lists and tables as such', async () => {
    const items = { kind: 'items', items: ['Erstens', 'Zweitens'] } as const;
    const bytes = documents.render(notice({ sections: [section('I. Entscheidung', items, table(3))] }));
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('%PDF-1.7');
    const raw = bytes.toString('latin1');
    for (const mark of ['/StructTreeRoot', '/MarkInfo', '/Lang (de-DE)', '/DisplayDocTitle true']) {
      expect(raw).toContain(mark);
    }
    const pdf = await readPdf(bytes);
    expect(pdf).toMatchObject({ marked: true, language: 'de-DE', title: 'Bescheid' });
    expect(pdf.created).toBe('D:20160210102640Z');
    expect(pdf.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(pdf.roles).toEqual(
      expect.arrayContaining(['H1', 'H2', 'P', 'L', 'LI', 'Table', 'Caption', 'THead', 'TH', 'TD']),
    );
    expect(pdf.roles.indexOf('H1')).toBeLessThan(pdf.roles.indexOf('H2'));
    expect(pdf.text).toContain('Seite 1 von 1');
  });

  it('is the same bytes each time, and in another process', () => {
    const first = documents.render(notice());
    expect(sha256(documents.render(notice({ title: 'Ein anderer' })))).not.toBe(sha256(first));
    expect(sha256(documents.render(notice()))).toBe(sha256(first));
    expect(sha256(new DocumentService().render(notice()))).toBe(sha256(first));
    expect(inAnotherProcess(notice())).toBe(sha256(first));
  });

  it('differs by the second it bears', () => {
    expect(sha256(documents.render(notice({ at: 1_455_100_001 })))).not.toBe(
      sha256(documents.render(notice())),
    );
  });

  it.each([
    '#read("/etc/passwd")',
    '#panic("aus")',
    '$ integral x $',
    '*fett* _kursiv_ `roh` <marke> @verweis = Titel',
    '\\ \\u{41} ~ -- --- ... // kein Kommentar /* auch nicht */',
    '"Anführung" \'halb\' [eckig] {geschweift} %PDF (rund) <</S/JavaScript>>',
  ])('says what it was given, not what that might mean: %s', async (hostile) => {
    const bytes = documents.render(
      notice({
        ...{ title: hostile, subject: hostile, address: [hostile], keywords: [hostile], closing: [hostile] },
        sections: [section(hostile, { kind: 'text', text: hostile }, { kind: 'items', items: [hostile] })],
      }),
    );
    const { text, title } = await readPdf(bytes);
    expect(text.split(hostile).length - 1).toBeGreaterThanOrEqual(6);
    expect(title).toBe(hostile);
    expect(text).not.toContain('root:');
  });

  it('names signs that would turn the text around, or that the font lacks', async () => {
    const { text } = await readPdf(
      documents.render(notice({ address: ['Kreis \u202Enekrob\u202C \u05D0\u0007'] })),
    );
    expect(text).toContain('Kreis [U+202E]nekrob[U+202C] [U+05D0][U+0007]');
  });

  it('has every letter it lets through, in both weights', async () => {
    const letters = [...printableLetters];
    expect(letters.length).toBeGreaterThan(750);
    const text = letters.map((sign) => `a${sign}`).join(' ');
    const read = await readPdf(documents.render(notice({ subject: text, opening: [text] })));
    expect(read.text).toContain('aẞ');
  });

  it('repeats the head of a table on every page it runs over, and numbers the pages', async () => {
    const { pages } = await readPdf(
      documents.render(notice({ sections: [section('I. Tabelle', table(120))] })),
    );
    expect(pages.length).toBeGreaterThanOrEqual(3);
    pages.forEach((page, index) => {
      expect(page).toContain('Kopf rechts');
      expect(page.replaceAll('\u00A0', ' ')).toContain(
        `Seite ${String(index + 1)} von ${String(pages.length)}`,
      );
    });
    expect(pages.filter((page) => page.includes('zusammen'))).toHaveLength(1);
  });

  it('begins each annex on a page of its own, and marks a draft on every page', async () => {
    const annexes = [
      section('Anlage 1', { kind: 'text', text: 'eins' }),
      section('Anlage 2', { kind: 'text', text: 'zwei' }),
    ];
    const released = await readPdf(documents.render(notice({ annexes })));
    expect(released.pages).toHaveLength(3);
    expect(released.text).not.toContain('Entwurf');
    const draft = await readPdf(documents.render(notice({ annexes, draft: true })));
    for (const page of draft.pages) expect(page).toContain('Entwurf');
  });
});

/** The hash of the document as a fresh process sets it, without Nest and without this test's environment. */
function inAnotherProcess(document: NoticeDocument): string {
  const program = `
    import { createHash } from 'node:crypto';
    import { readFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import compiler from '@myriaddreamin/typst-ts-node-compiler';
    const { resolve } = createRequire(process.cwd() + '/package.json');
    const font = (file) => readFileSync(resolve('@expo-google-fonts/source-sans-3/' + file));
    const fontBlobs = [font('400Regular/SourceSans3_400Regular.ttf'), font('600SemiBold/SourceSans3_600SemiBold.ttf')];
    const node = compiler.NodeCompiler.create({ workspace: 'src/documents/templates', fontArgs: [{ fontBlobs }] });
    const input = JSON.parse(readFileSync(0, 'utf8'));
    const compiled = node.compile({
      mainFilePath: process.cwd() + '/src/documents/templates/notice.typ',
      inputs: { notice: JSON.stringify(input) },
    });
    const pdf = node.pdf(compiled.result, { pdfStandard: 'ua-1', creationTimestamp: input.at });
    process.stdout.write(createHash('sha256').update(pdf).digest('hex'));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    input: JSON.stringify(document),
    env: { TZ: 'Asia/Tokyo', LANG: 'C' },
    encoding: 'utf8',
  });
}
