import { powers, roles, type Power, type Role } from '../kernel/actor.js';
import type { CentreId, PersonId } from '../kernel/ids.js';
import { ChoiceField, IdField, ListField, TextField } from '../platform/http/fields.js';
import { choice } from '../platform/http/kinds.js';
import {
  LEAST_PASSWORD_CHARACTERS,
  MOST_PASSWORD_CHARACTERS,
  MOST_USERNAME_CHARACTERS,
  USERNAME,
} from './user.rules.js';

export class CreatePersonDto {
  @TextField({ de: 'Vor- und Nachname', en: 'full name', max: 200, example: 'Anna Beispiel' })
  name!: string;

  @TextField({
    de: 'dienstliche E-Mail-Adresse',
    en: 'official e-mail address',
    max: 254,
    pattern: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
    optional: true,
    example: 'anna.beispiel@example.org',
  })
  email: string | null = null;
}

export class CreateUserDto {
  @IdField({ de: 'Person, der das Konto gehört', en: 'person the account belongs to' })
  personId!: PersonId;

  @TextField({
    de: 'Anmeldename',
    en: 'user name',
    min: 3,
    max: MOST_USERNAME_CHARACTERS,
    pattern: USERNAME,
    example: 'a.beispiel',
  })
  username!: string;

  @TextField({
    de: 'Anfangskennwort; wird nie wieder gezeigt',
    en: 'initial password; never shown again',
    min: LEAST_PASSWORD_CHARACTERS,
    max: MOST_PASSWORD_CHARACTERS,
    example: 'Sieben Brücken, ein Fluss',
  })
  password!: string;
}

export class GrantRoleDto {
  @ChoiceField({ of: roles, de: 'Rolle', en: 'role', example: 'municipality' })
  role!: Role;

  @IdField({
    de: 'Zentrum; nötig für die Rolle municipality, sonst unzulässig',
    en: 'centre; needed for the role municipality, refused otherwise',
    optional: true,
  })
  centreId: CentreId | null = null;

  @ListField({
    of: choice(powers),
    de: 'Befugnisse: Antragsbearbeitung (drafter), Kämmerei (treasurer), Zeichnungsbefugnis (signatory); nötig für die Rolle municipality, sonst unzulässig. Andere Befugnisse sind eine neue Vergabe',
    en: 'powers: drafting (drafter), treasury (treasurer), authority to sign (signatory); needed for the role municipality, refused otherwise. Other powers are another grant',
    max: powers.length,
    unique: true,
    optional: true,
    example: ['drafter', 'treasurer', 'signatory'],
  })
  powers: Power[] = [];
}
