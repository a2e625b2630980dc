import type { INestApplicationContext } from '@nestjs/common';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { PasswordService, type PasswordHash } from '../../src/identity/password.service.js';
import { powers, roles, technicalActor, type Actor, type Power, type Role } from '../../src/kernel/actor.js';
import {
  newId,
  type CentreId,
  type PersonId,
  type RoleGrantId,
  type SessionId,
  type UserId,
} from '../../src/kernel/ids.js';
import type { Invocation } from '../../src/platform/invocation.js';

/** Somebody who can sign in. */
export interface Member {
  readonly username: string;
  readonly personId: PersonId;
  readonly userId: UserId;
  readonly grantId: RoleGrantId;
  readonly role: Role;
  readonly centreId: CentreId | null;
  /** All three for a municipality, unless a story divides them. */
  readonly powers: readonly Power[];
}

/** The people of a test as data, for other tests on a copy of their database. */
export interface KnownCast {
  readonly hash: PasswordHash;
  readonly members: readonly Member[];
}

/** An invocation as the house itself, for what tests do beneath HTTP. */
export function invocationOf<R = unknown>(actor: Actor, changes: Partial<Invocation<R>> = {}): Invocation<R> {
  return {
    actor,
    requestId: newId(),
    idempotency: null,
    expectedVersion: null,
    dryRun: false,
    present: () => ({ status: 200, body: null }),
    ...changes,
  };
}

/**
 * The people of a test: one of each statewide role, named like the role (`ministry`, `granting_authority`, ...),
 * and `admin2`, because much needs two. Municipalities join with `municipality(centreId)`.
 */
export class Cast {
  readonly password = 'Sieben Brücken, ein Fluss';
  private readonly members = new Map<string, Member>();

  private constructor(
    private readonly commands: CommandRunner,
    private readonly hash: PasswordHash,
  ) {}

  /** The same people, before an application that was started on a copy of their database. */
  static again(app: INestApplicationContext, { hash, members }: KnownCast): Cast {
    const cast = new Cast(app.get(CommandRunner, { strict: false }), hash);
    for (const member of members) cast.members.set(member.username, member);
    return cast;
  }

  /** Who is there by now. */
  known(): KnownCast {
    return { hash: this.hash, members: [...this.members.values()] };
  }

  static async assemble(app: INestApplicationContext): Promise<Cast> {
    const passwords = app.get(PasswordService, { strict: false });
    const cast = new Cast(
      app.get(CommandRunner, { strict: false }),
      await passwords.hash('Sieben Brücken, ein Fluss'),
    );
    const statewide = roles.filter((role) => role !== 'municipality');
    await cast.admit([
      ...statewide.map((role) => ({ username: role, role, centreId: null })),
      { username: 'admin2', role: 'admin', centreId: null },
      { username: 'ministry2', role: 'ministry', centreId: null },
      { username: 'granting_authority2', role: 'granting_authority', centreId: null },
      { username: 'cashier2', role: 'cashier', centreId: null },
    ]);
    return cast;
  }

  /** The member of this name; throws for a name nobody has. */
  member(username: string): Member {
    const found = this.members.get(username);
    if (found === undefined) throw new Error(`Nobody is called ${username}`);
    return found;
  }

  /** Admits somebody who acts for a centre; the centre must exist. */
  async municipality(
    centreId: CentreId,
    username = `municipality-${centreId.slice(-6)}`,
    held: readonly Power[] = powers,
  ): Promise<Member> {
    const [member] = await this.admit([{ username, role: 'municipality', centreId, powers: held }]);
    if (member === undefined) throw new Error('nobody was admitted');
    return member;
  }

  /** The member as an actor beneath HTTP, in a session that is live. */
  async actor(username: string): Promise<Actor> {
    const [actor] = await this.actors([username]);
    if (actor === undefined) throw new Error(`Nobody is called ${username}`);
    return actor;
  }

  /** Several at once, each in a session of their own. */
  async actors(usernames: readonly string[]): Promise<Actor[]> {
    const sessions = usernames.map((username) => ({
      ...this.member(username),
      sessionId: newId<SessionId>(),
    }));
    await this.commands.run(invocationOf(technicalActor('signin')), 'session.create', async (unit) => {
      for (const { sessionId, centreId } of sessions)
        unit.concerns({ type: 'session', id: sessionId, version: null, centreId, caseId: null });
      await unit.rows(
        `insert into session (id, user_id, role_grant_id, expires_at)
         select "sessionId", "userId", "grantId", transaction_timestamp() + interval '1 hour'
           from jsonb_to_recordset($1) as s("sessionId" uuid, "userId" uuid, "grantId" uuid)`,
        [JSON.stringify(sessions)],
      );
      return null;
    });
    return sessions.map(({ role, userId, personId, sessionId, centreId, powers: held }) => ({
      ...{ role, userId, personId, sessionId, centreId, powers: held, onBehalfOf: null },
    }));
  }

  /** As bootstrap does it, for any role and in one command: persons, accounts and grants without a granter. */
  async admit(
    wanted: readonly (Pick<Member, 'username' | 'role' | 'centreId'> & Partial<Pick<Member, 'powers'>>)[],
  ): Promise<Member[]> {
    const members = wanted.map((one) => ({
      ...{ powers: [], ...one },
      personId: newId<PersonId>(),
      userId: newId<UserId>(),
      grantId: newId<RoleGrantId>(),
    }));
    await this.commands.run(invocationOf(technicalActor('system')), 'user.bootstrap', async (unit) => {
      const rows = JSON.stringify(members);
      unit.concerns({ type: 'cast', id: newId(), version: null, centreId: null, caseId: null });
      await unit.rows(
        `insert into person (id, name) select "personId", initcap(username)
           from jsonb_to_recordset($1) as m("personId" uuid, username text)`,
        [rows],
      );
      await unit.rows(
        `insert into user_account (id, person_id, username) select "userId", "personId", username
           from jsonb_to_recordset($1) as m("userId" uuid, "personId" uuid, username text)`,
        [rows],
      );
      await unit.rows(
        `insert into credential (user_id, password_hash) select "userId", $2
           from jsonb_to_recordset($1) as m("userId" uuid)`,
        [rows, this.hash],
      );
      await unit.rows(
        `insert into role_grant (id, user_id, person_id, role, centre_id, powers, confirmed_at)
         select "grantId", "userId", "personId", role, "centreId", powers, transaction_timestamp()
           from jsonb_to_recordset($1)
             as m("grantId" uuid, "userId" uuid, "personId" uuid, role text, "centreId" uuid, powers text[])`,
        [rows],
      );
      return null;
    });
    for (const member of members) this.members.set(member.username, member);
    return members;
  }
}
