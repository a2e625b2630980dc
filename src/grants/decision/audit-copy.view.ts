import { confidences, type Confidence } from '../../kernel/confidence.js';
import type { Money } from '../../kernel/money.js';
import { CentsField, ChoiceField, FlagField, TextField } from '../../platform/http/fields.js';
import type { AuditCopy } from './audit-copy.rules.js';

/** Whether notice and application go to the court of audit, and what says so. */
export class AuditCopyView {
  @FlagField({ de: 'Abdruck nötig', en: 'copy required', example: true }) required!: boolean;
  @CentsField({
    de: 'Betrag, über dem ein Abdruck nötig ist; null, wo keiner gilt',
    en: 'amount above which a copy is required; null where none holds',
    nullable: true,
    example: 4_000_000,
  })
  thresholdCents!: Money | null;
  @TextField({ de: 'Fundstelle', en: 'source', max: 1000, nullable: true, example: 'VVG zu § 44 LHO' })
  basis!: string | null;
  @ChoiceField({
    de: 'Verlässlichkeit',
    en: 'confidence',
    of: confidences,
    nullable: true,
    example: 'assumed',
  })
  confidence!: Confidence | null;
  @TextField({
    de: 'Durch wen und womit verzichtet ist',
    en: 'By whom, and by what, it was waived',
    max: 1000,
    nullable: true,
    example: null,
  })
  waiver!: string | null;

  static of({
    copyRequired,
    copyThreshold,
    copyBasis,
    copyConfidence,
    copyWaiver,
  }: AuditCopy): AuditCopyView {
    return {
      ...{ required: copyRequired, thresholdCents: copyThreshold, basis: copyBasis },
      ...{ confidence: copyConfidence, waiver: copyWaiver },
    };
  }
}
