import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import { notFound, ruleViolated } from '../kernel/failure.js';
import { newId, type BankAccountId, type CentreId } from '../kernel/ids.js';
import { refuseStep } from '../kernel/withdrawal.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { BankAccount } from './bank-account.entity.js';
import { CentreRepository } from './centre.repository.js';
import { CentreService } from './centre.service.js';
import {
  accountHindrance,
  accountState,
  canonicalIban,
  judgeConfirmer,
  judgeIban,
} from './bank-account.rules.js';
import type { AccountState } from './bank-account.rules.js';

/** Where a centre's money goes: proposed by one person, confirmed by another or withdrawn; the newest confirmed one is used. */
@Injectable()
export class BankAccountService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly centres: CentreService,
    private readonly accounts: CentreRepository,
  ) {}

  propose(
    invocation: Invocation<BankAccount>,
    { centreId, iban, holder }: { centreId: CentreId; iban: string; holder: string },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'recipient.proposeAccount', async (unit) => {
      const { recipientId } = await this.centres.require(unit, centreId);
      const objections = judgeIban(iban);
      if (objections.length > 0) throw ruleViolated(objections);
      const id = newId<BankAccountId>();
      await this.accounts.addAccount(unit, { id, recipientId, centreId, iban: canonicalIban(iban), holder });
      return this.reread(unit, id);
    });
  }

  confirm(invocation: Invocation<BankAccount>, id: BankAccountId): Promise<Answer> {
    return this.commands.run(invocation, 'recipient.confirmAccount', async (unit) => {
      const { account, accounts } = await this.lockFor(unit, id, 'confirmed');
      const objections = judgeConfirmer(account.proposedBy, unit.actor.personId);
      if (objections.length > 0) throw ruleViolated(objections);
      const previous = accounts.find((one) => accountState(one) === 'confirmed');
      if (previous !== undefined) {
        await this.accounts.stampAccount(unit, previous.id, 'replacedAt');
        await this.reread(unit, previous.id);
      }
      await this.accounts.stampAccount(unit, id, 'confirmedAt');
      return this.reread(unit, id);
    });
  }

  /** By whoever may propose one: the account was never used, so one person is enough. */
  withdraw(invocation: Invocation<BankAccount>, id: BankAccountId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'recipient.withdrawAccount', async (unit) => {
      await this.lockFor(unit, id, 'withdrawn');
      await this.accounts.withdrawAccount(unit, id, reason);
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: BankAccountId): Promise<BankAccount> {
    return this.commands.read(actor, async (tx) => {
      const account = await this.accounts.account(tx, id);
      if (account === null) throw notFound();
      return account;
    });
  }

  list(actor: Actor, centreId: CentreId, { limit, cursor }: PageQuery): Promise<Page<BankAccount>> {
    const after = keyOf(cursor, ['id']);
    return this.commands.read(actor, async (tx) => {
      await this.centres.require(tx, centreId);
      // Centres are public, their accounts are not: to another municipality there is nothing here.
      if (actor.centreId !== null && actor.centreId !== centreId) throw notFound();
      return pageOf(await this.accounts.accounts(tx, centreId, after, limit + 1), limit, ({ id }) => [id]);
    });
  }

  /** Before a step that it can take, with the others of its centre. @throws Failure 404, 409, 412 */
  private async lockFor(
    unit: Unit,
    id: BankAccountId,
    to: AccountState,
  ): Promise<{ account: BankAccount; accounts: readonly BankAccount[] }> {
    const centreId = (await this.accounts.account(unit, id))?.centreId ?? null;
    const accounts = centreId === null ? [] : await this.accounts.lockAccounts(unit, centreId);
    const account = accounts.find((one) => one.id === id);
    if (account === undefined) throw notFound();
    unit.expect(account.version);
    refuseStep(accountHindrance(account, to), account);
    return { account, accounts };
  }

  /** The account as this command leaves it, which is also what its record is about. */
  private async reread(unit: Unit, id: BankAccountId): Promise<BankAccount> {
    const account = await this.accounts.account(unit, id);
    if (account === null) throw notFound();
    unit.concerns({
      type: 'bank-account',
      id,
      version: account.version,
      centreId: account.centreId,
      caseId: null,
    });
    return account;
  }
}
