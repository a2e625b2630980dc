import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type RoleGrantId, type SubstitutionId, type UserId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { Substitution } from './substitution.entity.js';
import { SubstitutionRepository } from './substitution.repository.js';
import {
  fittingGrants,
  judgeSubstitution,
  judgeSubstitutionConfirmation,
  type Leave,
} from './substitution.rules.js';
import { UserRepository } from './user.repository.js';

export interface SubstitutionInput extends Leave {
  readonly substituteUserId: UserId;
}

/** Who stands in for whom: entered by one administrator, confirmed by another, over on its last day or when ended. */
@Injectable()
export class SubstitutionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly substitutions: SubstitutionRepository,
    private readonly users: UserRepository,
  ) {}

  propose(
    invocation: Invocation<Substitution>,
    { userId, grantId }: { readonly userId: UserId; readonly grantId: RoleGrantId },
    { substituteUserId, validFrom, validTo }: SubstitutionInput,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'user.substitute', async (unit) => {
      if ((await this.users.lockGrant(unit, userId, grantId)) === null) throw notFound();
      const role = (await this.substitutions.lockLiveGrants(unit, userId)).find(({ id }) => id === grantId);
      if (role === undefined) throw stateConflict(ROLE_NOT_LIVE);
      const account = await this.users.find(unit, substituteUserId);
      if (account === null) throw ruleViolated([UNKNOWN_ACCOUNT]);
      const substitute = account.account.personId;
      const held = await this.substitutions.lockLiveGrants(unit, substituteUserId);
      const leave = { validFrom, validTo };
      const objections = judgeSubstitution({ role, substitute, held }, leave, unit.today);
      const [own] = fittingGrants(held, role);
      if (objections.length > 0 || own === undefined) throw ruleViolated(objections);

      const id = newId<SubstitutionId>();
      const grants = { roleGrantId: grantId, personId: role.personId, substituteGrantId: own.id };
      const added = await this.substitutions.add(unit, {
        ...{ id, ...grants, substituteId: substitute, ...leave },
      });
      if (!added) throw new Failure('duplicate', { detail: STANDS_IN_ALREADY });
      return this.reread(unit, userId, id);
    });
  }

  confirm(invocation: Invocation<Substitution>, userId: UserId, id: SubstitutionId): Promise<Answer> {
    return this.commands.run(invocation, 'user.confirmSubstitute', async (unit) => {
      const proposed = await this.lock(unit, userId, id);
      if (proposed.confirmedAt !== null) throw stateConflict(CONFIRMED);
      const objections = judgeSubstitutionConfirmation(proposed, unit.actor);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.substitutions.confirm(unit, id);
      return this.reread(unit, userId, id);
    });
  }

  /** Back early, or entered by mistake: ends with the next request. */
  end(invocation: Invocation<Substitution>, userId: UserId, id: SubstitutionId): Promise<Answer> {
    return this.commands.run(invocation, 'user.endSubstitute', async (unit) => {
      await this.lock(unit, userId, id);
      await this.substitutions.end(unit, id);
      return this.reread(unit, userId, id);
    });
  }

  /** Everybody who stood or stands in for the holder of an account. @throws Failure 404 */
  list(actor: Actor, userId: UserId): Promise<Substitution[]> {
    return this.commands.read(actor, async (tx) => {
      if ((await this.users.find(tx, userId)) === null) throw notFound();
      return this.substitutions.list(tx, userId);
    });
  }

  private async lock(unit: Unit, userId: UserId, id: SubstitutionId): Promise<Substitution> {
    const found = await this.substitutions.lock(unit, userId, id);
    if (found === null) throw notFound();
    unit.expect(found.version);
    if (found.endedAt !== null) throw stateConflict(ENDED);
    return found;
  }

  private async reread(unit: Unit, userId: UserId, id: SubstitutionId): Promise<Substitution> {
    const substitution = await this.substitutions.read(unit, id);
    const nowhere = { centreId: null, caseId: null };
    unit.concerns({ type: 'substitution', id, version: substitution.version, ...nowhere });
    unit.concerns({ type: 'user', id: userId, version: null, ...nowhere });
    return substitution;
  }
}

const ROLE_NOT_LIVE = {
  de: 'Vertreten wird eine Rolle, die bestätigt und nicht entzogen ist, eines Kontos, das nicht gesperrt ist.',
  en: 'A role that is represented is confirmed and not revoked, of an account that is not disabled.',
};
const STANDS_IN_ALREADY = {
  de: 'Diese Person vertritt die Rolle an einem der Tage schon.',
  en: 'This person already stands in for the role on one of the days.',
};
const CONFIRMED = {
  de: 'Die Vertretung ist schon bestätigt. Sie lässt sich beenden (user.endSubstitute).',
  en: 'The substitution is already confirmed. It can be ended (user.endSubstitute).',
};
const ENDED = {
  de: 'Die Vertretung ist beendet; möglich ist eine neue (user.substitute).',
  en: 'The substitution has been ended; a new one is possible (user.substitute).',
};
const UNKNOWN_ACCOUNT = violation(
  'unknown-account',
  null,
  { de: 'Dieses Konto gibt es nicht.', en: 'There is no such account.' },
  '/substituteUserId',
);
