import type { Request } from 'express';

export type Language = 'de' | 'en';

/** The language of the answer: German unless the caller weighs English higher (RFC 9110, section 12.5.4). */
export function languageOf(request: Request): Language {
  return request.acceptsLanguages('de', 'en') === 'en' ? 'en' : 'de';
}
