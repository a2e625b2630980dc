import type { Request, Response } from 'express';
import { failureStatus, type FailureCode } from '../../kernel/failure.js';
import { languageOf, type Language } from './accept-language.js';
import { isFailureCode, problems, typeOf } from './problem.registry.js';

const words = {
  de: { list: 'Fehlerarten der Schnittstelle', status: 'HTTP-Status', all: 'Alle Fehlerarten' },
  en: { list: 'Problem types of the API', status: 'HTTP status', all: 'All problem types' },
};

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

function page(language: Language, title: string, body: string): string {
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} – Förderbuch</title></head>
<body><main>${body}</main></body></html>
`;
}

function section(code: FailureCode, language: Language): string {
  const { title, remedy } = problems[code];
  return `<section lang="${language}"><h2>${escaped(title[language])}</h2><p>${escaped(remedy[language])}</p>
<p>${words[language].status} ${String(failureStatus[code])}, <code>${code}</code></p></section>`;
}

/** The page a problem's `type` leads to, in both languages, the reader's first; null for an unknown code. */
export function problemPage(code: string, language: Language): string | null {
  if (!isFailureCode(code)) return null;
  const order: Language[] = language === 'de' ? ['de', 'en'] : ['en', 'de'];
  const sections = order.map((one) => section(code, one)).join('\n');
  return page(
    language,
    problems[code].title[language],
    `<h1><code>${code}</code></h1>\n${sections}
<p><a href="/problems">${words[language].all}</a></p>`,
  );
}

/** The list of all problem types. */
export function problemIndex(language: Language): string {
  const rows = Object.keys(problems)
    .filter(isFailureCode)
    .map(
      (code) =>
        `<li><a href="${typeOf(code)}"><code>${code}</code></a> ${String(failureStatus[code])} ${escaped(problems[code].title[language])}</li>`,
    );
  return page(
    language,
    words[language].list,
    `<h1>${words[language].list}</h1><ul>\n${rows.join('\n')}\n</ul>`,
  );
}

/** Handles `/problems` and `/problems/:code`; answers false where the page is unknown. */
export function sendProblemPage(request: Request, response: Response): boolean {
  const language = languageOf(request);
  const code: unknown = request.params.code;
  const html = typeof code === 'string' ? problemPage(code, language) : problemIndex(language);
  if (html === null) return false;
  response.vary('Accept-Language').set('Content-Language', language).type('html').send(html);
  return true;
}
