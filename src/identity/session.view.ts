import { powers, roles, type Actor, type Power, type Role } from '../kernel/actor.js';
import type { CentreId, PersonId, UserId } from '../kernel/ids.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import {
  ChoiceField,
  DayField,
  IdField,
  IntegerField,
  ListField,
  TextField,
} from '../platform/http/fields.js';
import { choice, text } from '../platform/http/kinds.js';
import { actionsOf } from './access.rules.js';
import type { LiveRole } from './session.rules.js';
import type { Represented } from './substitution.repository.js';
import type { Self, Tokens } from './session.service.js';

export class TokensView {
  @TextField({
    de: 'Zugriffsschlüssel (JWT) für den Kopf Authorization',
    en: 'access token (JWT) for the Authorization header',
    example: 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln',
  })
  accessToken!: string;

  @TextField({ de: 'Erneuerungsschlüssel, gilt einmal', en: 'refresh token, works once', example: 'pT1rq0' })
  refreshToken!: string;

  @IntegerField({
    de: 'Gültigkeit des Zugriffsschlüssels',
    en: 'life of the access token',
    unit: 's',
    example: 600,
  })
  expiresInSeconds!: number;

  static of({ accessToken, refreshToken, expiresInSeconds }: Tokens): TokensView {
    return Object.assign(new TokensView(), { accessToken, refreshToken, expiresInSeconds });
  }
}

export class HeldRoleView {
  @ChoiceField({ of: roles, de: 'Rolle', en: 'role', example: 'municipality' })
  role!: Role;

  @IdField({
    de: 'Zentrum; null für landesweite Rollen',
    en: 'centre; null for statewide roles',
    nullable: true,
  })
  centreId!: CentreId | null;

  @ListField({
    of: choice(powers),
    de: 'Befugnisse; nur die Rolle municipality hat welche',
    en: 'powers; only the role municipality has any',
    example: ['drafter', 'treasurer', 'signatory'],
  })
  powers!: readonly Power[];

  static of({ role, centreId, powers: held }: LiveRole): HeldRoleView {
    return Object.assign(new HeldRoleView(), { role, centreId, powers: held });
  }
}

/** A person on leave whom the caller may represent today. */
export class RepresentedView {
  @IdField({
    de: 'vertretene Person; der Wert von On-Behalf-Of',
    en: 'person represented; the value of On-Behalf-Of',
  })
  personId!: PersonId;

  @DayField({ de: 'erster Tag', en: 'first day', example: '2016-07-04' })
  from!: CalendarDate;

  @DayField({ de: 'erster Tag danach', en: 'first day after', example: '2016-07-23' })
  to!: CalendarDate;

  static of({ personId, validFrom, validTo }: Represented): RepresentedView {
    const [from, to] = [CalendarDate.parse(validFrom), CalendarDate.parse(validTo)];
    return Object.assign(new RepresentedView(), { personId, from, to });
  }
}

export class MeView {
  @IdField({ de: 'Person', en: 'person' })
  personId!: PersonId;

  @TextField({ de: 'Name', en: 'name', example: 'Anna Beispiel' })
  name!: string;

  @IdField({ de: 'Konto', en: 'account' })
  userId!: UserId;

  @TextField({ de: 'Anmeldename', en: 'user name', example: 'a.beispiel' })
  username!: string;

  @ChoiceField({ of: roles, de: 'Rolle dieser Sitzung', en: 'role of this session', example: 'ministry' })
  role!: Role;

  @IdField({ de: 'Zentrum dieser Sitzung', en: 'centre of this session', nullable: true })
  centreId!: CentreId | null;

  @ListField({
    of: choice(powers),
    de: 'Befugnisse dieser Sitzung',
    en: 'powers of this session',
    example: [],
  })
  powers!: readonly Power[];

  @ListField({ of: HeldRoleView, de: 'alle Rollen des Kontos', en: 'all roles of the account' })
  roles!: HeldRoleView[];

  @ListField({
    of: RepresentedView,
    de: 'wen diese Sitzung heute vertritt',
    en: 'whom this session stands in for today',
    example: [],
  })
  represents!: RepresentedView[];

  @ListField({
    of: text(),
    de: 'erlaubte Vorgänge (operationId)',
    en: 'permitted operations (operationId)',
    max: 1000,
    example: ['me.read', 'session.end'],
  })
  actions!: string[];

  static of(actor: Actor, self: Self): MeView {
    const role = roles.find((each) => each === actor.role);
    if (role === undefined) throw new Error('Only persons ask who they are.');
    return Object.assign(new MeView(), {
      personId: self.personId,
      name: self.name,
      userId: self.userId,
      username: self.username,
      role,
      centreId: actor.centreId,
      powers: actor.powers,
      roles: self.roles.map((held) => HeldRoleView.of(held)),
      represents: self.represents.map((one) => RepresentedView.of(one)),
      actions: actionsOf(role, actor.powers),
    });
  }
}
