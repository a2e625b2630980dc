import { zipSync, strToU8 } from 'fflate';

/** A small PDF; `bytes` says how large, so that more than one piece is needed. */
export function pdf(bytes = 200): Buffer {
  const head = '%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n';
  return Buffer.concat([
    Buffer.from(head),
    Buffer.alloc(Math.max(0, bytes - head.length - 6), 0x20),
    Buffer.from('%%EOF\n'),
  ]);
}

/** The beginning of a PNG, which is what a PNG is known by. */
export function png(): Buffer {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
}

/** An archive with these files, of no kind an office program knows. */
export function zip(files: Readonly<Record<string, string>> = { 'a.txt': 'a' }): Buffer {
  return Buffer.from(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
  );
}

/** As much of a DOCX as its kind is told by. */
export function docx(): Buffer {
  const part = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  return zip({
    '[Content_Types].xml': `<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="${part}"/></Types>`,
    'word/document.xml': '<w:document/>',
  });
}
