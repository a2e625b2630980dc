import { powers, type Power } from '../../kernel/actor.js';
import type { ApplicationId } from '../../kernel/ids.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
} from '../../platform/http/fields.js';
import { ObjectionView, WordsView } from '../derivation.view.js';
import type { Difference, Readiness } from './application-reading.service.js';
import type { Change } from './difference.rules.js';

/** Which two submissions are compared. */
export class DifferenceQuery {
  @IntegerField({
    de: 'Frühere Einreichung; ohne Angabe die vor der späteren',
    en: 'Earlier submission; when left out the one before the later',
    min: 1,
    max: 9999,
    optional: true,
    fromText: true,
    example: 1,
  })
  from: number | null = null;

  @IntegerField({
    de: 'Spätere Einreichung; ohne Angabe die letzte',
    en: 'Later submission; when left out the last one',
    min: 1,
    max: 9999,
    optional: true,
    fromText: true,
    example: 1,
  })
  to: number | null = null;
}

export class ChangeView {
  @TextField({
    de: 'Stelle im eingefrorenen Inhalt; Einträge von Listen nach dem, was sie sind',
    en: 'Place in the frozen content; items of lists by what they are',
    max: 1000,
    example: '/posts/3/fteHundredths',
  })
  pointer!: string;

  @ObjectField({
    de: 'Der Unterschied in Worten',
    en: 'The difference in words',
    of: WordsView,
    example: {
      de: 'Stelle 3: 1,00 statt 0,50 Vollzeitäquivalente',
      en: 'Post 3: 1.00 instead of 0.50 full-time equivalents',
    },
  })
  words!: WordsView;

  static of({ pointer, words }: Change): ChangeView {
    return { pointer, words: WordsView.of(words) };
  }
}

export class DifferenceView {
  @IdField({ de: 'Antrag', en: 'Application' }) applicationId!: ApplicationId;
  @IntegerField({ de: 'Frühere Einreichung', en: 'Earlier submission', min: 1, example: 1 }) from!: number;
  @IntegerField({ de: 'Spätere Einreichung', en: 'Later submission', min: 1, example: 2 }) to!: number;
  @ListField({
    de: 'Was die spätere anders sagt; leer, wenn nichts',
    en: 'What the later one says differently; empty when nothing',
    of: ChangeView,
    max: 10_000,
  })
  changes!: ChangeView[];

  static of({ applicationId, from, to, changes }: Difference): DifferenceView {
    return { applicationId, from, to, changes: changes.map((change) => ChangeView.of(change)) };
  }
}

export class ReadinessView {
  @IdField({ de: 'Antrag', en: 'Application' }) applicationId!: ApplicationId;
  @FlagField({
    de: 'Ob jetzt nichts gegen die Einreichung durch diese Person spricht',
    en: 'Whether nothing stands against this person submitting it now',
    example: true,
  })
  ready!: boolean;
  @TextField({
    de: 'SHA-256 dessen, was eine Einreichung jetzt einfröre; application.submit nimmt sie entgegen. Null, solange der Antrag bei der Bewilligungsbehörde liegt',
    en: 'SHA-256 of what a submission would freeze now; application.submit takes it. Null while the application lies with the granting authority',
    min: 64,
    max: 64,
    nullable: true,
    example: '0'.repeat(64),
  })
  sha256!: string | null;
  @ChoiceField({
    de: 'Befugnis, die zum Einreichen fehlt',
    en: 'Power that is missing for submitting',
    of: powers,
    nullable: true,
    example: null,
  })
  missingPower!: Power | null;
  @ListField({
    de: 'Jeder Einwand auf einmal',
    en: 'Every objection at once',
    of: ObjectionView,
    max: 1000,
    example: [],
  })
  objections!: ObjectionView[];
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static of({ application, sha256, missingPower, objections }: Readiness): ReadinessView {
    return {
      ...{ applicationId: application.id, ready: objections.length === 0, sha256, missingPower },
      objections: objections.map((objection) => ObjectionView.of(objection)),
      version: application.version,
    };
  }
}
