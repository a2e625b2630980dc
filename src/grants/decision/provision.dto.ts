import { TextField } from '../../platform/http/fields.js';
import type { ChosenProvision, FurtherProvision } from './provision.rules.js';

export class ChosenProvisionDto implements ChosenProvision {
  @TextField({
    de: 'Kürzel im Katalog der Richtlinie des ersten Jahres',
    en: 'Code in the catalogue of the guideline of the first year',
    max: 60,
    pattern: /^[a-z][a-z0-9_]*$/,
    example: 'interim_report',
  })
  code!: string;
}

export class FurtherProvisionDto implements FurtherProvision {
  @TextField({
    de: 'Wortlaut',
    en: 'Wording',
    max: 4000,
    multiline: true,
    example: 'Über die Besetzung der Leitung ist bis zum 30. Juni zu berichten.',
  })
  text!: string;
  @TextField({
    de: 'Warum diese Bewilligung sie braucht',
    en: 'Why this grant needs it',
    source: '§ 39 VwVfG NRW',
    max: 2000,
    multiline: true,
    example: 'Die Leitung ist noch nicht besetzt.',
  })
  reason!: string;
}
