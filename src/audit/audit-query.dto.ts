import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CaseId, CentreId, PersonId } from '../kernel/ids.js';
import { DayField, IdField, TextField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';

export class AuditQuery extends PageQuery {
  @IdField({ de: 'Fall', en: 'Case', optional: true }) caseId: CaseId | null = null;
  @IdField({ de: 'Zentrum', en: 'Centre', optional: true }) centreId: CentreId | null = null;
  @IdField({ de: 'Handelnde Person', en: 'Acting person', optional: true }) personId: PersonId | null = null;
  @TextField({
    de: 'Vorgang (operationId)',
    en: 'Operation (operationId)',
    max: 60,
    pattern: /^[a-z][A-Za-z]*[.][a-z][A-Za-z]*$/,
    example: 'decision.release',
    optional: true,
  })
  action: string | null = null;
  @DayField({
    de: 'Tag, an dem es geschah',
    en: 'Day on which it happened',
    example: '2026-03-31',
    optional: true,
  })
  on: CalendarDate | null = null;
}
