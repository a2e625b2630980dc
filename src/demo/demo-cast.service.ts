import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { PasswordService, type PasswordHash } from '../identity/password.service.js';
import { RoleService } from '../identity/role.service.js';
import { SessionService } from '../identity/session.service.js';
import { TokenService } from '../identity/token.service.js';
import { UserService } from '../identity/user.service.js';
import { powers as everyPower, technicalActor, type Actor, type Role } from '../kernel/actor.js';
import { newId, type CentreId, type PersonId, type RoleGrantId, type UserId } from '../kernel/ids.js';
import type { Answer, Invocation } from '../platform/invocation.js';

export const DEMO_PASSWORD = 'foerderbuch-demo';

const ADMINS = ['admin-1', 'admin-2'] as const;

/** Who plays the demo years, beside the municipalities: several persons per role, because much needs two. */
export const statewideCast: Readonly<Record<string, Role>> = {
  'ministry-1': 'ministry',
  'ministry-2': 'ministry',
  'school-1': 'school_ministry',
  'school-2': 'school_ministry',
  'laki-1': 'granting_authority',
  'laki-2': 'granting_authority',
  'laki-3': 'granting_authority',
  'cash-1': 'cashier',
  'lrh-1': 'auditor',
};

/** The name a municipality of the demo signs in with. */
export function municipalityName(ags: string): string {
  return `ki-${ags}`;
}

/** What the player keeps of a command's result to go on from. */
export interface Outcome {
  readonly id: string;
  readonly version: number;
}

/** The demo's persons, admitted by the same commands as everybody, and signed in when they are first needed. */
@Injectable()
export class DemoCast {
  private readonly signedIn = new Map<string, Promise<Actor>>();
  private readonly hash: Promise<PasswordHash>;

  constructor(
    private readonly founding: BootstrapService,
    private readonly users: UserService,
    private readonly roles: RoleService,
    private readonly sessions: SessionService,
    private readonly tokens: TokenService,
    passwords: PasswordService,
  ) {
    // One password for the whole demo, so one hash: sixty of them would be most of the waiting.
    this.hash = passwords.hash(DEMO_PASSWORD);
    this.hash.catch(() => undefined);
  }

  /** The first two administrators, unless an earlier start made them. */
  async found(): Promise<void> {
    if (await this.exists(ADMINS[0])) return;
    const passwordHash = await this.hash;
    const founders = ADMINS.map((username) => ({ username, name: `Demo ${username}`, passwordHash }));
    const invocation = invocationOf(technicalActor('system'), null, () => ({ status: 200, body: null }));
    await this.founding.bootstrap(invocation, founders);
  }

  private async exists(username: string): Promise<boolean> {
    return (await this.sessions.prove(username, DEMO_PASSWORD)).userId !== null;
  }

  /** Whether an account of this name opens with the demo's password. */
  async opens(username: string): Promise<boolean> {
    return (await this.sessions.prove(username, DEMO_PASSWORD)).provenHash !== null;
  }

  /** Admits one person with one account and one role: granted by the first administrator, confirmed by the second. */
  async admit(username: string, role: Role, centreId: CentreId | null): Promise<void> {
    const [first, second] = await Promise.all([this.actor(ADMINS[0]), this.actor(ADMINS[1])]);
    const passwordHash = await this.hash;
    // One person of the demo does for a municipality what three may divide among them.
    const powers = role === 'municipality' ? everyPower : [];
    const person = await keyed(first, `${username}/person`, itself, (invocation) =>
      this.users.createPerson(invocation, { name: `Demo ${username}`, email: null }),
    );
    const user = await keyed(
      first,
      `${username}/account`,
      ({ account }: { account: Outcome }) => account,
      (invocation) =>
        this.users.create(invocation, { personId: person.id as PersonId, username, passwordHash }),
    );
    const grant = await keyed(first, `${username}/role`, itself, (invocation) =>
      this.roles.grant(invocation, user.id as UserId, { role, centreId, powers }),
    );
    await keyed(second, `${username}/confirm`, itself, (invocation) =>
      this.roles.confirm(invocation, user.id as UserId, grant.id as RoleGrantId),
    );
  }

  /** Somebody of the cast, signed in as everybody signs in. */
  actor(username: string): Promise<Actor> {
    const known = this.signedIn.get(username) ?? this.signIn(username);
    this.signedIn.set(username, known);
    return known;
  }

  private async signIn(username: string): Promise<Actor> {
    const attempt = await this.sessions.prove(username, DEMO_PASSWORD);
    const invocation = invocationOf<{ accessToken: string }>(
      technicalActor('signin'),
      null,
      ({ accessToken }) => ({
        status: 201,
        body: { accessToken },
      }),
    );
    const { bytes } = await this.sessions.create(invocation, attempt, { role: null, centreId: null });
    const { accessToken } = JSON.parse(String(bytes)) as { accessToken: string };
    const actor = await this.tokens.actorOf(accessToken);
    if (actor === null) throw new Error(`${username} could not sign in`);
    return actor;
  }
}

/** For commands whose result is the thing itself. */
export function itself(result: Outcome): Outcome {
  return result;
}

/** Runs a command under a key that is the same at every start, so that a broken-off year goes on where it stopped. */
export async function keyed<R>(
  actor: Actor,
  key: string,
  outcome: (result: R) => Outcome,
  call: (invocation: Invocation<R>) => Promise<Answer>,
): Promise<Outcome> {
  const invocation = invocationOf<R>(actor, key, (result) => {
    const { id, version } = outcome(result);
    return { status: 200, body: { id, version } };
  });
  const { bytes } = await call(invocation);
  return JSON.parse(String(bytes)) as Outcome;
}

function invocationOf<R>(actor: Actor, key: string | null, present: Invocation<R>['present']): Invocation<R> {
  const idempotency =
    key === null ? null : { key: `demo/${key}`, fingerprint: createHash('sha256').update(key).digest('hex') };
  return { actor, requestId: newId(), idempotency, expectedVersion: null, dryRun: false, present };
}
