import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type PersonId, type UserId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { PasswordHash } from './password.service.js';
import type { Person, UserWithRoles } from './user.entity.js';
import { UserRepository } from './user.repository.js';
import { judgeLossOfAdmin } from './user.rules.js';

/** Who reads, with which request. */
type Reader = Pick<Invocation<unknown>, 'actor' | 'requestId'>;

@Injectable()
export class UserService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly users: UserRepository,
  ) {}

  createPerson(
    invocation: Invocation<Person>,
    input: { name: string; email: string | null },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'person.create', async (unit) => {
      const person = await this.users.addPerson(unit, {
        id: newId<PersonId>(),
        name: input.name,
        email: input.email,
      });
      concernsPerson(unit, person);
      return person;
    });
  }

  /** Takes the hash and not the password, so that hashing never happens inside a transaction. */
  create(
    invocation: Invocation<UserWithRoles>,
    input: { personId: PersonId; username: string; passwordHash: PasswordHash },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'user.create', async (unit) => {
      const person = await this.users.lockPerson(unit, input.personId);
      if (person === null) throw ruleViolated([UNKNOWN_PERSON]);
      const id = newId<UserId>();
      if (!(await this.users.addAccount(unit, { id, personId: person.id, username: input.username }))) {
        throw new Failure('duplicate', { violations: [USERNAME_TAKEN] });
      }
      await this.users.addCredential(unit, id, input.passwordHash);
      return this.reread(unit, id);
    });
  }

  /** Sessions need no ending of their own: every transaction asks whether the account is disabled. */
  disable(invocation: Invocation<UserWithRoles>, id: UserId): Promise<Answer> {
    return this.commands.run(invocation, 'user.disable', async (unit) => {
      const others = await this.users.otherAdmins(unit, { userId: id });
      const account = await this.users.lockAccount(unit, id);
      if (account === null) throw notFound();
      unit.expect(account.version);
      if (account.disabledAt !== null) throw stateConflict(ALREADY_DISABLED);
      const objections = (await this.isAdmin(unit, id)) ? judgeLossOfAdmin(others) : [];
      if (objections.length > 0) throw ruleViolated(objections);
      await this.users.disable(unit, id);
      return this.reread(unit, id);
    });
  }

  /** Names are personal data, so who looked at whose stands in the record. */
  read(reader: Reader, id: UserId): Promise<UserWithRoles> {
    return this.commands.readRecorded(reader, 'user.read', async (unit) => {
      const found = await this.users.find(unit, id);
      if (found === null) throw notFound();
      concernsShown(unit, [found]);
      return found;
    });
  }

  list(reader: Reader, { limit, cursor }: PageQuery): Promise<Page<UserWithRoles>> {
    const [after] = keyOf(cursor, ['id']) ?? [];
    return this.commands.readRecorded(reader, 'user.list', async (unit) => {
      const rows = await this.users.page(unit, after === undefined ? null : (after as UserId), limit + 1);
      const page = pageOf(rows, limit, ({ account }) => [account.id]);
      concernsShown(unit, page.items);
      return page;
    });
  }

  private async isAdmin(unit: Unit, id: UserId): Promise<boolean> {
    const found = await this.users.find(unit, id);
    return (found?.grants ?? []).some(
      ({ role, confirmedAt, revokedAt }) => role === 'admin' && confirmedAt !== null && revokedAt === null,
    );
  }

  /** The account as this command leaves it, which is also what its record is about. */
  private async reread(unit: Unit, id: UserId): Promise<UserWithRoles> {
    const user = await this.users.find(unit, id);
    if (user === null) throw notFound();
    unit.concerns({ type: 'user', id, version: user.account.version, centreId: null, caseId: null });
    return user;
  }
}

/** Whose data was shown; the reader stands in for nobody where a page is empty. */
function concernsShown(unit: Unit, shown: readonly UserWithRoles[]): void {
  const ids = shown.length === 0 ? [unit.actor.userId ?? newId()] : shown.map(({ account }) => account.id);
  for (const id of ids) unit.concerns({ type: 'user', id, version: null, centreId: null, caseId: null });
  unit.note('shown', shown.length);
}

export function concernsPerson(unit: Unit, person: Pick<Person, 'id' | 'version'>): void {
  unit.concerns({ type: 'person', id: person.id, version: person.version, centreId: null, caseId: null });
}

const ALREADY_DISABLED = { de: 'Das Konto ist bereits gesperrt.', en: 'The account is already disabled.' };

const UNKNOWN_PERSON = violation(
  'unknown-person',
  null,
  { de: 'Diese Person gibt es nicht.', en: 'There is no such person.' },
  '/personId',
);

const USERNAME_TAKEN = violation(
  'username-taken',
  null,
  { de: 'Der Anmeldename ist vergeben.', en: 'The user name is taken.' },
  '/username',
);
