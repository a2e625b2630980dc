import { CalendarDate } from '../kernel/calendar-date.js';
import { confidences, type Confidence } from '../kernel/confidence.js';
import type { BankAccountId, CentreId, PersonId, RecipientId } from '../kernel/ids.js';
import { statesOf } from '../kernel/lifecycle.js';
import {
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from '../platform/http/fields.js';
import { withdrawalOf, WithdrawalView } from '../platform/http/withdrawal.js';
import type { BankAccount } from './bank-account.entity.js';
import { accountLifecycle, accountState, type AccountState } from './bank-account.rules.js';
import type { Centre } from './centre.entity.js';
import type { CentrePage } from './centre.service.js';
import { hostTypes, regierungsbezirke, type HostType, type Regierungsbezirk } from './centres.rules.js';

export class CentreView {
  @IdField({ de: 'Zentrum', en: 'centre' })
  id!: CentreId;

  @IdField({ de: 'Zuwendungsempfänger', en: 'grant recipient' })
  recipientId!: RecipientId;

  @TextField({ de: 'Amtlicher Gemeindeschlüssel', en: 'official municipality key', example: '05558000' })
  ags!: string;

  @TextField({ de: 'Name', en: 'name', example: 'Kreis Coesfeld' })
  name!: string;

  @ChoiceField({
    of: hostTypes,
    de: 'Stellen und Sätze wie Kreis oder Stadt',
    en: 'posts and rates as Kreis or city',
    example: 'kreis',
  })
  hostType!: HostType;

  @ChoiceField({ of: regierungsbezirke, de: 'Regierungsbezirk', en: 'Regierungsbezirk', example: 'Münster' })
  regierungsbezirk!: Regierungsbezirk;

  @DayField({
    de: 'Eröffnungstag; null, wenn nicht bekannt',
    en: 'opening day; null where not known',
    nullable: true,
    example: '2016-02-12',
  })
  openedOn!: CalendarDate | null;

  @DayField({
    de: 'nachweislich offen spätestens an diesem Tag; null, wenn der Eröffnungstag bekannt ist',
    en: 'known to be open by this day; null where the opening day is known',
    nullable: true,
    example: null,
  })
  knownOpenBy!: CalendarDate | null;

  @DayField({
    de: 'angenommen: für die Förderung offen ab diesem Tag; null, wo nichts anzunehmen ist',
    en: 'assumed: open for funding from this day; null where there is nothing to assume',
    nullable: true,
    example: null,
  })
  assumedOpenFrom!: CalendarDate | null;

  @TextField({
    de: 'worauf sich die Annahme stützt',
    en: 'what the assumption rests on',
    max: 1000,
    nullable: true,
    example: null,
  })
  assumedOpenReason!: string | null;

  @DayField({ de: 'geschlossen ab', en: 'closed from', nullable: true, example: null })
  closedOn!: CalendarDate | null;

  @IntegerField({
    de: 'das wievielte Zentrum im Land',
    en: 'which centre of the state in order',
    nullable: true,
    example: 50,
  })
  ordinal!: number | null;

  @IntegerField({ de: 'Einwohner', en: 'inhabitants', nullable: true, example: 220_586 })
  population!: number | null;

  @DayField({
    de: 'Stichtag der Einwohnerzahl',
    en: 'day of the number of inhabitants',
    nullable: true,
    example: '2019-12-31',
  })
  populationOn!: CalendarDate | null;

  @ChoiceField({
    of: confidences,
    de: 'Verlässlichkeit der Einwohnerzahl',
    en: 'confidence of the number of inhabitants',
    nullable: true,
  })
  populationConfidence!: Confidence | null;

  @TextField({ de: 'Anmerkung', en: 'note', nullable: true })
  note!: string | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(centre: Centre): CentreView {
    const { id, recipientId, ags, name, hostType, regierungsbezirk, openedOn, knownOpenBy, closedOn } =
      centre;
    const { ordinal, population, populationOn, populationConfidence, note, version } = centre;
    const { assumedOpenFrom, assumedOpenReason } = centre;
    return Object.assign(new CentreView(), {
      ...{ id, recipientId, ags, name, hostType, regierungsbezirk, openedOn, knownOpenBy, closedOn },
      ...{ ordinal, population, populationOn, populationConfidence, note, version },
      ...{ assumedOpenFrom, assumedOpenReason },
    });
  }
}

export class CentrePageView {
  @ListField({
    of: CentreView,
    de: 'offene Zentren, nach Gemeindeschlüssel',
    en: 'open centres, by municipality key',
  })
  items!: CentreView[];

  @TextField({
    de: 'Zeiger auf die nächste Seite; null auf der letzten',
    en: 'cursor of the next page; null on the last',
    nullable: true,
    example: null,
  })
  nextCursor!: string | null;

  @DayField({ de: 'Stichtag', en: 'day the list is for', example: '2016-06-29' })
  asOf!: CalendarDate;

  @IntegerField({
    de: 'Zentren, deren Eröffnungstag nicht bekannt ist und die am Stichtag offen gewesen sein können; sie fehlen in der Liste',
    en: 'centres whose opening day is not known and that may have been open on the day; the list leaves them out',
    example: 1,
  })
  openingUnknown!: number;

  static of({ items, nextCursor, asOf, openingUnknown }: CentrePage): CentrePageView {
    return Object.assign(new CentrePageView(), {
      ...{ items: items.map((centre) => CentreView.of(centre)), nextCursor, asOf, openingUnknown },
    });
  }
}

export class BankAccountView extends WithdrawalView {
  @IdField({ de: 'Bankverbindung', en: 'bank account' })
  id!: BankAccountId;

  @IdField({ de: 'Zentrum', en: 'centre' })
  centreId!: CentreId;

  @IdField({ de: 'Zuwendungsempfänger', en: 'grant recipient' })
  recipientId!: RecipientId;

  @TextField({ de: 'IBAN', en: 'IBAN', example: 'DE02120300000000202051' })
  iban!: string;

  @TextField({ de: 'Kontoinhaber', en: 'account holder', example: 'Kreis Coesfeld, Kreiskasse' })
  holder!: string;

  @ChoiceField({ of: statesOf(accountLifecycle), de: 'Stand', en: 'state', example: 'confirmed' })
  state!: AccountState;

  @InstantField({ de: 'eingetragen', en: 'proposed' })
  proposedAt!: string;

  @IdField({ de: 'eingetragen von', en: 'proposed by' })
  proposedBy!: PersonId;

  @InstantField({ de: 'bestätigt', en: 'confirmed', nullable: true })
  confirmedAt!: string | null;

  @IdField({ de: 'bestätigt von', en: 'confirmed by', nullable: true })
  confirmedBy!: PersonId | null;

  @InstantField({ de: 'durch eine neuere abgelöst', en: 'replaced by a newer one', nullable: true })
  replacedAt!: string | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(account: BankAccount): BankAccountView {
    const { id, centreId, recipientId, iban, holder, proposedAt, proposedBy } = account;
    const { confirmedAt, confirmedBy, replacedAt, version } = account;
    return Object.assign(new BankAccountView(), {
      ...{ id, centreId, recipientId, iban, holder, state: accountState(account), proposedAt, proposedBy },
      ...{ confirmedAt, confirmedBy, replacedAt, version },
      ...withdrawalOf(account),
    });
  }
}
