import { powers, roles, type Power, type Role } from '../kernel/actor.js';
import type { CentreId, PersonId, RoleGrantId, UserId } from '../kernel/ids.js';
import {
  ChoiceField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from '../platform/http/fields.js';
import { choice } from '../platform/http/kinds.js';
import type { Person, RoleGrant, UserWithRoles } from './user.entity.js';

export class PersonView {
  @IdField({ de: 'Person', en: 'person' })
  id!: PersonId;

  @TextField({
    de: 'Name; null nach Löschung',
    en: 'name; null after erasure',
    nullable: true,
    example: 'Anna Beispiel',
  })
  name!: string | null;

  @TextField({
    de: 'E-Mail-Adresse',
    en: 'e-mail address',
    nullable: true,
    example: 'anna.beispiel@example.org',
  })
  email!: string | null;

  @IntegerField({ de: 'Version', en: 'version', min: 1 })
  version!: number;

  static of({ id, name, email, version }: Person): PersonView {
    return Object.assign(new PersonView(), { id, name, email, version });
  }
}

export class RoleGrantView {
  @IdField({ de: 'Rollenvergabe', en: 'role grant' })
  id!: RoleGrantId;

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

  @FlagField({ de: 'bestätigt und nicht entzogen', en: 'confirmed and not revoked' })
  live!: boolean;

  @InstantField({ de: 'vergeben', en: 'granted' })
  grantedAt!: string;

  @IdField({
    de: 'vergeben von; null bei der Ersteinrichtung',
    en: 'granted by; null at bootstrap',
    nullable: true,
  })
  grantedBy!: PersonId | null;

  @InstantField({ de: 'bestätigt', en: 'confirmed', nullable: true })
  confirmedAt!: string | null;

  @IdField({ de: 'bestätigt von', en: 'confirmed by', nullable: true })
  confirmedBy!: PersonId | null;

  @InstantField({ de: 'entzogen', en: 'revoked', nullable: true })
  revokedAt!: string | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of(grant: RoleGrant): RoleGrantView {
    const { powers: held } = grant;
    const { id, role, centreId, grantedAt, grantedBy, confirmedAt, confirmedBy, revokedAt, version } = grant;
    return Object.assign(new RoleGrantView(), {
      ...{ id, role, centreId, powers: held, live: confirmedAt !== null && revokedAt === null },
      ...{ grantedAt, grantedBy, confirmedAt, confirmedBy, revokedAt, version },
    });
  }
}

export class UserView {
  @IdField({ de: 'Konto', en: 'account' })
  id!: UserId;

  @TextField({
    de: 'Anmeldename; null nach Löschung',
    en: 'user name; null after erasure',
    nullable: true,
    example: 'a.beispiel',
  })
  username!: string | null;

  @IdField({ de: 'Person', en: 'person' })
  personId!: PersonId;

  @TextField({ de: 'Name der Person', en: 'name of the person', nullable: true, example: 'Anna Beispiel' })
  name!: string | null;

  @InstantField({ de: 'gesperrt seit', en: 'disabled since', nullable: true })
  disabledAt!: string | null;

  @ListField({ of: RoleGrantView, de: 'Rollen, auch entzogene', en: 'roles, revoked ones included' })
  roles!: RoleGrantView[];

  @IntegerField({ de: 'Version', en: 'version', min: 1 })
  version!: number;

  static of({ account, grants }: UserWithRoles): UserView {
    const { id, username, personId, person, disabledAt, version } = account;
    return Object.assign(new UserView(), {
      ...{ id, username, personId, name: person.name, disabledAt, version },
      roles: grants.map((grant) => RoleGrantView.of(grant)),
    });
  }
}
