import { describe, expect, it } from '@jest/globals';
import { DocumentService } from '../../src/documents/document.service.js';
import { noticeKinds } from '../../src/grants/decision/notice-facts.rules.js';
import { noticeOf } from '../../src/grants/decision/notice.rules.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { Money } from '../../src/kernel/money.js';
import { noticeFacts } from '../support/notice.js';
import { readPdf } from '../support/pdf.js';

const documents = new DocumentService();
const earlier = {
  ...{ fileNumber: '36.02-KI-2016-7', releasedOn: CalendarDate.of(2016, 2, 10) },
  granted: Money.ofCents(15_049_180),
};

describe('the notice of every kind of decision', () => {
  it.each(noticeKinds.flatMap((kind) => [[kind, 'released'] as const, [kind, 'draft'] as const]))(
    'of %s, %s, is PDF/UA-1 and says all it was given, in order',
    async (kind, state) => {
      const releasedOn = state === 'draft' ? null : CalendarDate.of(2016, 2, 10);
      const reasons = kind === 'grant' ? null : 'Die Stelle war nicht besetzt.';
      const notice = noticeOf(noticeFacts({ kind, releasedOn, reasons, earlier }));
      const bytes = documents.render(notice);
      const pdf = await readPdf(bytes);
      expect(pdf).toMatchObject({ marked: true, language: 'de-DE', title: notice.title });
      expect(pdf.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
      const places = notice.sections.map(({ heading }) => pdf.text.indexOf(heading));
      expect(places.every((place) => place > 0)).toBe(true);
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(pdf.text.includes('Entwurf')).toBe(state === 'draft');
      if (reasons !== null) expect(pdf.text).toContain(reasons);
      expect(documents.render(notice).equals(bytes)).toBe(true);
    },
  );

  it('of many posts runs over pages, the head of its tables on each', async () => {
    const posts = Array.from({ length: 60 }, (_, index) => ({
      ...{ position: index + 1, category: 'specialist' as const, fteHundredths: 5 },
      ...{ from: CalendarDate.of(2016, 1, 1), to: CalendarDate.of(2017, 1, 1) },
    }));
    const { pages } = await readPdf(documents.render(noticeOf(noticeFacts({ posts }))));
    const bearing = (head: string): number => pages.filter((page) => page.includes(head)).length;
    expect(bearing('besetzt von')).toBe(2);
    expect(bearing('Rechenschritt')).toBeGreaterThan(5);
    expect(pages.at(-1)?.replaceAll('\u00A0', ' ')).toContain(`Seite ${String(pages.length)} von`);
  });
});
