import type { ProgrammeId } from '../kernel/ids.js';
import { ChoiceField, IdField, TextField } from '../platform/http/fields.js';
import type { Programme } from './guideline.entity.js';
import { instruments, programmeCodes, type Instrument, type ProgrammeCode } from './guideline.rules.js';

export class ProgrammeView {
  @IdField({ de: 'Programm', en: 'programme' })
  id!: ProgrammeId;

  @ChoiceField({ of: programmeCodes, de: 'Kürzel', en: 'code', example: 'KI' })
  code!: ProgrammeCode;

  @TextField({ de: 'Name', en: 'name', example: 'Kommunale Integrationszentren' })
  name!: string;

  @ChoiceField({
    of: instruments,
    de: 'Zuwendung oder fachbezogene Pauschale',
    en: 'grant or earmarked lump sum',
    example: 'grant',
  })
  instrument!: Instrument;

  @TextField({ de: 'Anmerkung', en: 'note', nullable: true, example: null })
  note!: string | null;

  static of({ id, code, name, instrument, note }: Programme): ProgrammeView {
    return Object.assign(new ProgrammeView(), { id, code, name, instrument, note });
  }
}
