import { Injectable } from '@nestjs/common';
import { NodeCompiler, PdfStandard } from '@myriaddreamin/typst-ts-node-compiler';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { printableDocument, type NoticeDocument } from './notice-document.rules.js';

const TEMPLATES = join(import.meta.dirname, 'templates');
const NOTICE = join(TEMPLATES, 'notice.typ');

/** The weights the templates use; the compiler's own fonts are for formulas and programs. */
const FONTS = ['400Regular/SourceSans3_400Regular.ttf', '600SemiBold/SourceSans3_600SemiBold.ttf'];

/** Results the compiler remembers are dropped after so many renderings without use, or it would grow for ever. */
const REMEMBERED = 10;

/**
 * Sets documents as PDF/UA-1: tagged, with language and title, readable by a screen reader. Template and fonts come
 * with the build and nothing else of the machine is used, so the same input gives the same bytes on every server.
 */
@Injectable()
export class DocumentService {
  private compiler: NodeCompiler | null = null;

  /** The notice as PDF; some tens of milliseconds. */
  render(document: NoticeDocument): Buffer {
    const compiler = (this.compiler ??= started());
    const notice = JSON.stringify(printableDocument(document));
    const compiled = compiler.compile({ mainFilePath: NOTICE, inputs: { notice } });
    const { result } = compiled;
    if (result === null) throw new Error(`a notice cannot be set: ${said(compiled.takeDiagnostics())}`);
    const pdf = compiler.pdf(result, { pdfStandard: PdfStandard.UA_1, creationTimestamp: document.at });
    compiler.evictCache(REMEMBERED);
    return pdf;
  }
}

/** On first use: reading the fonts takes longer than setting a notice, and no start of the server should wait for it. */
function started(): NodeCompiler {
  const { resolve } = createRequire(import.meta.url);
  const fontBlobs = FONTS.map((file) => readFileSync(resolve(`@expo-google-fonts/source-sans-3/${file}`)));
  return NodeCompiler.create({ workspace: TEMPLATES, fontArgs: [{ fontBlobs }] });
}

function said(error: { shortDiagnostics: unknown } | null): string {
  return JSON.stringify(error?.shortDiagnostics ?? null);
}
