import type { CentreId } from '../kernel/ids.js';
import { ChoiceField, IdField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { programmeCodes, type ProgrammeCode } from '../programmes/guideline.rules.js';
import { workKinds, type WorkKind } from './waiting-work.repository.js';

export class WorkListQuery extends PageQuery {
  @ChoiceField({
    de: 'Nur diese Art von Arbeit',
    en: 'This kind of work only',
    of: workKinds,
    optional: true,
    example: 'application_to_check',
  })
  kind: WorkKind | null = null;

  @IdField({ de: 'Nur zu diesem Zentrum', en: 'About this centre only', optional: true })
  centreId: CentreId | null = null;

  @ChoiceField({
    de: 'Nur zu diesem Programm',
    en: 'About this programme only',
    of: programmeCodes,
    optional: true,
    example: 'KI',
  })
  programme: ProgrammeCode | null = null;
}
