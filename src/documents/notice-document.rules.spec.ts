import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printable, printableLetters } from './notice-document.rules.js';

describe('printable', () => {
  it.each([
    ['170.000,00 EUR', '170.000,00\u00A0EUR'],
    ['ab dem 1. Mai 2016 und am 3. März', 'ab dem 1.\u00A0Mai\u00A02016 und am 3.\u00A0März'],
    ['§ 44 Abs. 1 LHO, VVG Nr. 7.2', '§\u00A044 Abs.\u00A01 LHO, VVG Nr.\u00A07.2'],
    ['3,00 VZÄ für 324 Tage', '3,00\u00A0VZÄ für 324\u00A0Tage'],
    ['im Mai 2016', 'im Mai 2016'],
  ])('keeps %j together', (text, set) => {
    expect(printable(text)).toBe(set);
  });

  it.each([
    ['#read("/etc/passwd")', '#read("/etc/passwd")'],
    ['$x$ *fett* _kursiv_ `code` <label> @ref //', '$x$ *fett* _kursiv_ `code` <label> @ref //'],
    ['Łódź, Đặng, Çelik, Αθήνα, Київ', 'Łódź, Đặng, Çelik, Αθήνα, Київ'],
    ['Mu\u0308nster', 'Münster'],
  ])('leaves %j as it is', (text, set) => {
    expect(printable(text)).toBe(set);
  });

  it.each([
    ['100\u202E EUR', '100[U+202E] EUR'],
    ['a\u0000b\u001B[31m', 'a[U+0000]b[U+001B][31m'],
    ['\u05D0\u6F22', '[U+05D0][U+6F22]'],
    ['\u{1F600}', '[U+1F600]'],
    ['\uFEFF\u200B\u00AD', '[U+FEFF][U+200B][U+00AD]'],
  ])('names what it has no letter for: %j', (text, set) => {
    expect(printable(text)).toBe(set);
  });

  it('leaves nothing behind that the font lacks, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const sign of printable(text)) expect(printableLetters.has(sign)).toBe(true);
      }),
    );
  });

  it('says the same of what it has said before', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });
});
