import type { CalendarDate } from '../../kernel/calendar-date.js';
import { DayField, TextField } from '../../platform/http/fields.js';

export class ConsentEarlyStartDto {
  @DayField({
    de: 'Frühester Tag, an dem begonnen werden darf',
    en: 'First day on which a start is allowed',
    example: '2016-03-01',
  })
  startsOn!: CalendarDate;
  @TextField({
    de: 'Begründung',
    en: 'Reason',
    max: 4000,
    multiline: true,
    example: 'Die Stellen müssen zum Schuljahr besetzt sein.',
  })
  reason!: string;
}
