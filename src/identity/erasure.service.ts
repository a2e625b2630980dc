import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type PersonErasureId, type PersonId } from '../kernel/ids.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { PersonErasure } from './erasure.entity.js';
import { ErasureRepository } from './erasure.repository.js';
import { judgeErasure, type ErasureGround } from './erasure.rules.js';
import type { Person } from './user.entity.js';
import { UserRepository } from './user.repository.js';
import { judgeLossOfAdmin } from './user.rules.js';

@Injectable()
export class ErasureService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly erasures: ErasureRepository,
    private readonly users: UserRepository,
  ) {}

  /** Asks for it; nothing is erased until another administrator confirms. */
  request(invocation: Invocation<PersonErasure>, personId: PersonId, ground: ErasureGround): Promise<Answer> {
    return this.commands.run(invocation, 'person.erase', async (unit) => {
      await this.lockPerson(unit, personId);
      const id = newId<PersonErasureId>();
      if (!(await this.erasures.add(unit, { id, personId, ground }))) throw new Failure('duplicate');
      return this.reread(unit, id);
    });
  }

  confirm(invocation: Invocation<PersonErasure>, personId: PersonId, id: PersonErasureId): Promise<Answer> {
    return this.commands.run(invocation, 'person.confirmErasure', async (unit) => {
      const others = await this.users.otherAdmins(unit, { personId });
      const erasure = await this.erasures.lock(unit, personId, id);
      if (erasure === null) throw notFound();
      unit.expect(erasure.version);
      await this.lockPerson(unit, personId);
      const confirmer = unit.actor.personId;
      if (confirmer === null) throw new Failure('forbidden');
      const objections = [
        ...judgeErasure(erasure, confirmer),
        ...((await this.erasures.isAdmin(unit, personId)) ? judgeLossOfAdmin(others) : []),
      ];
      if (objections.length > 0) throw ruleViolated(objections);
      await this.erasures.erase(unit, personId);
      return this.reread(unit, id);
    });
  }

  private async lockPerson(unit: Unit, personId: PersonId): Promise<Person> {
    const person = await this.erasures.lockPerson(unit, personId);
    if (person === null) throw notFound();
    if (person.erasedAt !== null) throw stateConflict(ERASED);
    return person;
  }

  private async reread(unit: Unit, id: PersonErasureId): Promise<PersonErasure> {
    const erasure = await this.erasures.read(unit, id);
    const nowhere = { centreId: null, caseId: null };
    unit.concerns({ type: 'person-erasure', id, version: erasure.version, ...nowhere });
    unit.concerns({ type: 'person', id: erasure.personId, version: null, ...nowhere });
    return erasure;
  }
}

const ERASED = { de: 'Die Person ist bereits gelöscht.', en: 'The person has been erased already.' };
