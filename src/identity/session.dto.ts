import { roles, type Role } from '../kernel/actor.js';
import type { CentreId } from '../kernel/ids.js';
import { ChoiceField, IdField, TextField } from '../platform/http/fields.js';
import { MOST_PASSWORD_CHARACTERS, MOST_USERNAME_CHARACTERS } from './user.rules.js';

export class SignInDto {
  @TextField({ de: 'Anmeldename', en: 'user name', max: MOST_USERNAME_CHARACTERS, example: 'a.beispiel' })
  username!: string;

  @TextField({
    de: 'Kennwort',
    en: 'password',
    max: MOST_PASSWORD_CHARACTERS,
    example: 'Sieben Brücken, ein Fluss',
  })
  password!: string;

  @ChoiceField({
    of: roles,
    de: 'Rolle, in der gehandelt wird; nötig, wenn das Konto mehrere hat',
    en: 'role to act in; needed when the account holds several',
    optional: true,
    example: 'municipality',
  })
  role: Role | null = null;

  @IdField({
    de: 'Zentrum, für das gehandelt wird; nötig, wenn das Konto für mehrere steht',
    en: 'centre to act for; needed when the account stands for several',
    optional: true,
  })
  centreId: CentreId | null = null;
}

export class RefreshDto {
  @TextField({ de: 'Erneuerungsschlüssel', en: 'refresh token', max: 100, example: 'pT1r...' })
  refreshToken!: string;
}
