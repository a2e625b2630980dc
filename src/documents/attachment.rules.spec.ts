import { describe, expect, it } from '@jest/globals';
import { attachmentTypes, judgeFile, nameFor } from './attachment.rules.js';

const PDF = 'application/pdf';
const codes = (declared: string, detected: string | null, fileName: string | null = null) =>
  judgeFile({ declared, detected, fileName }).map(({ code }) => code);

describe('a file', () => {
  it.each(attachmentTypes)('of type %s is taken as what it is, under a name that fits', (type) => {
    expect(codes(type, type)).toEqual([]);
    expect(codes(type, type, nameFor(type))).toEqual([]);
    expect(codes(type, type, nameFor(type).toUpperCase())).toEqual([]);
  });

  it.each([
    ['an archive that calls itself a PDF', PDF, 'application/zip', 'a.pdf', ['file-type-not-allowed']],
    ['something unknown', PDF, null, 'a.pdf', ['file-type-not-allowed']],
    [
      'a picture that calls itself a PDF',
      PDF,
      'image/png',
      'a.pdf',
      ['file-type-differs', 'file-name-differs'],
    ],
    ['a PDF with the name of a program', PDF, PDF, 'a.pdf.exe', ['file-name-differs']],
    ['a PDF with no ending', PDF, PDF, 'Anlage', ['file-name-differs']],
  ])('that is %s is refused', (_, declared, detected, fileName, expected) => {
    expect(codes(declared, detected, fileName)).toEqual(expected);
  });
});
