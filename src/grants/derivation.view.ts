import type { DerivationStep } from '../kernel/derivation.js';
import type { Text, Violation } from '../kernel/violation.js';
import { ChoiceField, ListField, ObjectField, TextField } from '../platform/http/fields.js';

/** Words in both languages, whatever the caller's: a notice may be needed in either. */
export class WordsView {
  @TextField({ de: 'Deutsch', en: 'German', max: 4000, example: 'Fachkraft' }) de!: string;
  @TextField({ de: 'Englisch', en: 'English', max: 4000, example: 'Specialist' }) en!: string;

  static of({ de, en }: Text): WordsView {
    return { de, en };
  }
}

export class OperandView {
  @TextField({ de: 'Name der Größe', en: 'Name of the operand', example: 'rateCents' }) name!: string;
  @TextField({
    de: 'Wert: Cent in Ziffern, Tage als ISO 8601, Brüche als Zähler/Nenner',
    en: 'Value: cents in digits, days as ISO 8601, fractions as n/d',
    min: 0,
    max: 4000,
    example: '5000000',
  })
  value!: string;
}

/** One line of a reckoning, exact enough to be redone by hand. */
export class DerivationStepView {
  @ObjectField({ de: 'Was dieser Schritt tut', en: 'What this step does', of: WordsView }) label!: WordsView;
  @TextField({ de: 'Regel', en: 'Rule', example: 'fixed_amount.actual_days' }) rule!: string;
  @TextField({
    de: 'Rechtsgrundlage',
    en: 'Legal basis',
    nullable: true,
    example: 'Richtlinie vom 25.06.2012',
  })
  basis!: string | null;
  @ChoiceField({
    de: 'Wie gut die Regel belegt ist; null, wo es nichts zu bezweifeln gibt',
    en: 'How well the rule is sourced; null where there is nothing to doubt',
    of: ['verified', 'derived', 'assumed'],
    nullable: true,
    example: 'assumed',
  })
  confidence!: DerivationStep['confidence'];
  @ListField({ de: 'Eingangsgrößen', en: 'Operands', of: OperandView }) operands!: OperandView[];
  @TextField({ de: 'Ergebnis', en: 'Result', max: 4000, example: '15000000/1' }) result!: string;

  static of({ label, rule, basis, confidence, operands, result }: DerivationStep): DerivationStepView {
    return {
      ...{ label: WordsView.of(label), rule, basis, confidence, result },
      operands: operands.map(({ name, value }) => ({ name, value })),
    };
  }
}

/** Why something would be refused. */
export class ObjectionView {
  @TextField({ de: 'Kennung der Regel', en: 'Code of the rule', example: 'plan-differs-from-rules' })
  code!: string;
  @TextField({
    de: 'Rechtsgrundlage',
    en: 'Legal basis',
    nullable: true,
    example: 'VVG zu § 44 LHO',
  })
  basis!: string | null;
  @ObjectField({ de: 'Einwand', en: 'Objection', of: WordsView }) detail!: WordsView;
  @TextField({
    de: 'Stelle im Antrag (JSON Pointer)',
    en: 'Place in the application (JSON Pointer)',
    nullable: true,
    example: '/financingPlan/0/amountCents',
  })
  pointer!: string | null;

  static of({ code, basis, detail, pointer }: Violation): ObjectionView {
    return { code, basis, detail: WordsView.of(detail), pointer };
  }
}
