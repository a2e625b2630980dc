import type { Violation } from '../kernel/violation.js';
import { TextField } from '../platform/http/fields.js';

/** A rule that something would break, in both languages. */
export class FoundObjectionView {
  @TextField({ de: 'Kennung der Regel', en: 'Code of the rule', example: 'rate-missing' }) code!: string;
  @TextField({
    de: 'Rechtsgrundlage',
    en: 'Legal basis',
    nullable: true,
    example: 'Richtlinie vom 03.04.2025',
  })
  basis!: string | null;
  @TextField({
    de: 'Einwand, deutsch',
    en: 'Objection in German',
    max: 4000,
    example: 'Es ist kein Fördersatz hinterlegt.',
  })
  detailDe!: string;
  @TextField({
    de: 'Einwand, englisch',
    en: 'Objection in English',
    max: 4000,
    example: 'No rate is recorded.',
  })
  detailEn!: string;

  static of({ code, basis, detail }: Pick<Violation, 'code' | 'basis' | 'detail'>): FoundObjectionView {
    return { code, basis, detailDe: detail.de, detailEn: detail.en };
  }
}
