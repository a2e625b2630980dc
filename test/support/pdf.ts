import { getDocumentProxy } from 'unpdf';

/** A PDF as a reader's program takes it in. */
export interface ReadPdf {
  /** The text of each page in reading order, a line feed after each line. */
  readonly pages: readonly string[];
  /** The same without line breaks and with plain spaces. */
  readonly text: string;
  /** Roles of the structure in order: H1, P, Table … */
  readonly roles: readonly string[];
  readonly marked: boolean;
  readonly language: string;
  readonly title: string;
  readonly created: string;
  /** The raw XMP packet. */
  readonly xmp: string;
}

interface Node {
  readonly role?: string;
  readonly children?: readonly Node[];
}

/** As much of PDF.js as is used here; its own types do not resolve in modules of Node. */
interface PdfJs {
  readonly numPages: number;
  getPage(number: number): Promise<{
    getTextContent(): Promise<{ items: readonly { str?: string; hasEOL?: boolean }[] }>;
    getStructTree(): Promise<Node | null>;
  }>;
  getMarkInfo(): Promise<{ Marked?: boolean } | null>;
  getMetadata(): Promise<{
    info: { Language?: string; Title?: string; CreationDate?: string };
    metadata: { getRaw(): string } | null;
  }>;
  destroy(): Promise<void>;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const opened: unknown = await getDocumentProxy(new Uint8Array(bytes));
  const document = opened as PdfJs;
  const pages: string[] = [];
  const roles: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map(({ str = '', hasEOL = false }) => `${str}${hasEOL ? '\n' : ''}`).join(''));
    roles.push(...rolesOf(await page.getStructTree()));
  }
  const { Marked = false } = (await document.getMarkInfo()) ?? {};
  const { info, metadata } = await document.getMetadata();
  await document.destroy();
  return {
    ...{ pages, roles, marked: Marked, xmp: metadata?.getRaw() ?? '' },
    text: pages.join('\n').replaceAll(/[\s\u00A0]+/g, ' '),
    ...{ language: info.Language ?? '', title: info.Title ?? '', created: info.CreationDate ?? '' },
  };
}

function rolesOf(node: Node | null): string[] {
  if (node === null) return [];
  const own = node.role === undefined || node.role === 'Root' ? [] : [node.role];
  return [...own, ...(node.children ?? []).flatMap(rolesOf)];
}
