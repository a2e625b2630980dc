import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type PersonId, type RoleGrantId, type UserId } from '../kernel/ids.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { PasswordHash } from './password.service.js';
import { UserRepository } from './user.repository.js';
import { judgeFounders } from './user.rules.js';
import { concernsPerson } from './user.service.js';

export interface Founder {
  readonly username: string;
  readonly name: string;
  readonly passwordHash: PasswordHash;
}

/**
 * Makes the first two administrators. Every later role needs two of them, so nobody else can be first; hence this
 * works once, only from the command line, and is one audited command like any other.
 */
@Injectable()
export class BootstrapService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly users: UserRepository,
  ) {}

  bootstrap(invocation: Invocation<null>, founders: readonly Founder[]): Promise<Answer> {
    return this.commands.run(invocation, 'user.bootstrap', async (unit) => {
      if (await this.users.hasAdmin(unit)) throw stateConflict(HAS_ADMIN);
      const objections = judgeFounders(founders);
      if (objections.length > 0) throw ruleViolated(objections);
      for (const founder of founders) await this.found(unit, founder);
      return null;
    });
  }

  private async found(unit: Unit, { username, name, passwordHash }: Founder): Promise<void> {
    const person = await this.users.addPerson(unit, { id: newId<PersonId>(), name, email: null });
    const userId = newId<UserId>();
    if (!(await this.users.addAccount(unit, { id: userId, personId: person.id, username }))) {
      throw stateConflict({ de: `${username} ist vergeben.`, en: `${username} is taken.` });
    }
    await this.users.addCredential(unit, userId, passwordHash);
    const id = newId<RoleGrantId>();
    const founder = { id, userId, personId: person.id, role: 'admin' as const, centreId: null, powers: [] };
    await this.users.addGrant(unit, founder);
    await this.users.confirmGrant(unit, id);
    concernsPerson(unit, person);
    unit.concerns({ type: 'user', id: userId, version: 1, centreId: null, caseId: null });
    unit.concerns({ type: 'role-grant', id, version: 2, centreId: null, caseId: null });
  }
}

const HAS_ADMIN = {
  de: 'Es gibt schon eine Person, die Konten verwaltet; weitere werden von ihr angelegt und bestätigt.',
  en: 'There is an administrator already; further ones are created and confirmed by administrators.',
};
