import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Power, Role } from '../kernel/actor.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type CentreId, type RoleGrantId, type UserId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { RoleGrant } from './user.entity.js';
import { UserRepository } from './user.repository.js';
import { judgeConfirmation, judgeGrant, judgeLossOfAdmin } from './user.rules.js';

/** The roles of an account: granted by one person, confirmed by another, effective and revoked with the next request. */
@Injectable()
export class RoleService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly users: UserRepository,
  ) {}

  grant(
    invocation: Invocation<RoleGrant>,
    userId: UserId,
    { role, centreId, powers }: { role: Role; centreId: CentreId | null; powers: readonly Power[] },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'user.grantRole', async (unit) => {
      const account = await this.users.lockAccount(unit, userId);
      if (account === null) throw notFound();
      if (account.disabledAt !== null) throw stateConflict(ACCOUNT_DISABLED);
      const objections = judgeGrant(role, centreId, powers);
      if (objections.length > 0) throw ruleViolated(objections);

      const id = newId<RoleGrantId>();
      const outcome = await this.users.addGrant(unit, {
        id,
        userId,
        personId: account.personId,
        role,
        centreId,
        powers,
      });
      if (outcome === 'held already') throw new Failure('duplicate', { detail: HELD_ALREADY });
      if (outcome === 'unknown centre') throw ruleViolated([UNKNOWN_CENTRE]);
      return this.reread(unit, id);
    });
  }

  confirm(invocation: Invocation<RoleGrant>, userId: UserId, id: RoleGrantId): Promise<Answer> {
    return this.commands.run(invocation, 'user.confirmRole', async (unit) => {
      const grant = await this.lockPending(unit, userId, id);
      const confirmer = unit.actor.personId;
      if (confirmer === null) throw new Failure('forbidden');
      const objections = judgeConfirmation(grant, confirmer);
      if (objections.length > 0) throw ruleViolated(objections);

      await this.users.confirmGrant(unit, id);
      return this.reread(unit, id);
    });
  }

  revoke(invocation: Invocation<RoleGrant>, userId: UserId, id: RoleGrantId): Promise<Answer> {
    return this.commands.run(invocation, 'user.revokeRole', async (unit) => {
      const others = await this.users.otherAdmins(unit, { grantId: id });
      const grant = await this.users.lockGrant(unit, userId, id);
      if (grant === null) throw notFound();
      unit.expect(grant.version);
      if (grant.revokedAt !== null) throw stateConflict(REVOKED);
      const objections = grant.role === 'admin' && grant.confirmedAt !== null ? judgeLossOfAdmin(others) : [];
      if (objections.length > 0) throw ruleViolated(objections);

      await this.users.revokeGrant(unit, id);
      return this.reread(unit, id);
    });
  }

  private async lockPending(unit: Unit, userId: UserId, id: RoleGrantId): Promise<RoleGrant> {
    const account = await this.users.lockAccount(unit, userId);
    const grant = await this.users.lockGrant(unit, userId, id);
    if (account === null || grant === null) throw notFound();
    unit.expect(grant.version);
    if (account.disabledAt !== null) throw stateConflict(ACCOUNT_DISABLED);
    if (grant.revokedAt !== null) throw stateConflict(REVOKED);
    if (grant.confirmedAt !== null) throw stateConflict(CONFIRMED);
    return grant;
  }

  private async reread(unit: Unit, id: RoleGrantId): Promise<RoleGrant> {
    const grant = await this.users.readGrant(unit, id);
    const { userId, centreId, version } = grant;
    unit.concerns({ type: 'role-grant', id, version, centreId, caseId: null });
    unit.concerns({ type: 'user', id: userId, version: null, centreId, caseId: null });
    return grant;
  }
}

const ACCOUNT_DISABLED = { de: 'Das Konto ist gesperrt.', en: 'The account is disabled.' };
const HELD_ALREADY = { de: 'Das Konto hat diese Rolle schon.', en: 'The account already holds this role.' };
const REVOKED = { de: 'Die Rolle ist entzogen.', en: 'The role has been revoked.' };
const CONFIRMED = { de: 'Die Rolle ist schon bestätigt.', en: 'The role is already confirmed.' };

const UNKNOWN_CENTRE = violation(
  'unknown-centre',
  null,
  { de: 'Dieses Zentrum gibt es nicht.', en: 'There is no such centre.' },
  '/centreId',
);
