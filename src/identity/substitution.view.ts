import type { CalendarDate } from '../kernel/calendar-date.js';
import type { PersonId, RoleGrantId, SubstitutionId } from '../kernel/ids.js';
import { DayField, IdField, InstantField, IntegerField } from '../platform/http/fields.js';
import type { Substitution } from './substitution.entity.js';

export class SubstitutionView {
  @IdField({ de: 'Vertretung', en: 'substitution' })
  id!: SubstitutionId;

  @IdField({ de: 'Rolle, die vertreten wird', en: 'role that is represented' })
  roleGrantId!: RoleGrantId;

  @IdField({
    de: 'vertretene Person; der Wert von On-Behalf-Of',
    en: 'person represented; the value of On-Behalf-Of',
  })
  personId!: PersonId;

  @IdField({ de: 'Person, die vertritt', en: 'person who stands in' })
  substituteId!: PersonId;

  @DayField({ de: 'erster Tag', en: 'first day', example: '2016-07-04' })
  from!: CalendarDate;

  @DayField({ de: 'erster Tag danach', en: 'first day after', example: '2016-07-23' })
  to!: CalendarDate;

  @IdField({ de: 'eingetragen von', en: 'entered by' })
  proposedBy!: PersonId;

  @InstantField({ de: 'bestätigt', en: 'confirmed', nullable: true })
  confirmedAt!: string | null;

  @IdField({ de: 'bestätigt von', en: 'confirmed by', nullable: true })
  confirmedBy!: PersonId | null;

  @InstantField({ de: 'vorzeitig beendet', en: 'ended early', nullable: true })
  endedAt!: string | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(substitution: Substitution): SubstitutionView {
    const { id, roleGrantId, personId, substituteId, validFrom: from, validTo: to } = substitution;
    const { proposedBy, confirmedAt, confirmedBy, endedAt, version } = substitution;
    return Object.assign(new SubstitutionView(), {
      ...{ id, roleGrantId, personId, substituteId, from, to },
      ...{ proposedBy, confirmedAt, confirmedBy, endedAt, version },
    });
  }
}
