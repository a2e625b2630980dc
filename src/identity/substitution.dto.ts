import type { CalendarDate } from '../kernel/calendar-date.js';
import type { UserId } from '../kernel/ids.js';
import { DayField, IdField } from '../platform/http/fields.js';

export class SubstituteDto {
  @IdField({
    de: 'Konto, das vertritt; es hat dieselbe Rolle',
    en: 'account that stands in; it holds the same role',
  })
  substituteUserId!: UserId;

  @DayField({ de: 'erster Tag der Vertretung', en: 'first day of the substitution', example: '2016-07-04' })
  from!: CalendarDate;

  @DayField({
    de: 'erster Tag, an dem nicht mehr vertreten wird',
    en: 'first day no longer represented',
    example: '2016-07-23',
  })
  to!: CalendarDate;
}
