import type { CalendarDate } from '../kernel/calendar-date.js';
import type { CentreId } from '../kernel/ids.js';
import { ChoiceField, DayField, FlagField, IdField } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/page.js';
import { deadlineKinds, type DeadlineKind } from './deadline.rules.js';

export class DeadlineQuery extends PageQuery {
  @DayField({
    ...{ de: 'Nur was bis zu diesem Tag endet', en: 'Only what ends by this day' },
    ...{ optional: true, fromText: true, example: '2016-12-31' },
  })
  until: CalendarDate | null = null;

  @FlagField({
    ...{
      de: 'Nur versäumte (true) oder nur laufende (false)',
      en: 'Missed ones only (true) or running ones only (false)',
    },
    ...{ optional: true, fromText: true, example: true },
  })
  overdue: boolean | null = null;

  @ChoiceField({
    ...{ de: 'Nur diese Art', en: 'This kind only', of: deadlineKinds },
    ...{ optional: true, example: 'proof_of_use' },
  })
  kind: DeadlineKind | null = null;

  @IdField({ de: 'Nur zu diesem Zentrum', en: 'About this centre only', optional: true })
  centreId: CentreId | null = null;
}
