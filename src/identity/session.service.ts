import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { refuse, type Unit } from '../audit/unit.js';
import { technicalActor, type Actor } from '../kernel/actor.js';
import { Failure, ruleViolated } from '../kernel/failure.js';
import { newId, type PersonId, type SessionId, type UserId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { PasswordService } from './password.service.js';
import { SessionRepository, type SignInFacts } from './session.repository.js';
import {
  ACCESS_TOKEN_SECONDS,
  afterMiss,
  fittingRoles,
  roleNotChosen,
  type LiveRole,
  type RoleWish,
} from './session.rules.js';
import { SubstitutionRepository, type Represented } from './substitution.repository.js';
import { TokenService, type Bearer } from './token.service.js';

/** What is known of a sign-in before its command: which account was meant, and the hash the password fitted. */
export interface SignInAttempt {
  readonly userId: UserId | null;
  readonly provenHash: string | null;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly expiresInSeconds: number;
}

export interface Self {
  readonly userId: UserId;
  readonly username: string;
  readonly personId: PersonId;
  readonly name: string;
  readonly roles: readonly LiveRole[];
  readonly represents: readonly Represented[];
}

@Injectable()
export class SessionService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly sessions: SessionRepository,
    private readonly passwords: PasswordService,
    private readonly tokens: TokenService,
    private readonly substitutions: SubstitutionRepository,
    private readonly clock: Clock,
  ) {}

  /** Checks the password before any transaction is open: hashing takes longer than all else a command does. */
  async prove(username: string, password: string): Promise<SignInAttempt> {
    const name = username.toLowerCase();
    const found = await this.commands.read(technicalActor('signin'), (tx) =>
      this.sessions.credentialOf(tx, name),
    );
    const fits = await this.passwords.fits(found?.passwordHash ?? null, password);
    return { userId: found?.userId ?? null, provenHash: fits ? (found?.passwordHash ?? null) : null };
  }

  /** Unknown, disabled, locked and wrong look the same from outside; all are recorded, and a wrong password counts. */
  create(invocation: Invocation<Tokens>, attempt: SignInAttempt, wish: RoleWish): Promise<Answer> {
    return this.commands.run(invocation, 'session.create', async (unit) => {
      const sessionId = newId<SessionId>();
      const { userId } = attempt;
      const facts = userId === null ? null : await this.sessions.lockForSignIn(unit, userId);
      concernsSession(unit, sessionId);
      if (userId === null || facts === null) return refuse(signInFailed());
      unit.concerns({ type: 'user', id: userId, version: null, centreId: null, caseId: null });
      if (!(await this.isAdmitted(unit, userId, attempt, facts))) return refuse(signInFailed());

      unit.actedBy(facts.personId);
      const fitting = fittingRoles(await this.sessions.liveRoles(unit, userId), wish);
      const [chosen] = fitting;
      if (chosen === undefined) return refuse(new Failure('forbidden', { detail: NO_ROLE }));
      if (fitting.length > 1) return refuse(ruleViolated([roleNotChosen(fitting)]));

      await this.sessions.begin(unit, { id: sessionId, userId, roleGrantId: chosen.id });
      const { role, centreId, powers } = chosen;
      return this.issue(unit, { userId, personId: facts.personId, sessionId, role, centreId, powers });
    });
  }

  /** A refresh token works once. Seen twice, one of the two callers stole it: the session ends for both. */
  refresh(invocation: Invocation<Tokens>, refreshToken: string): Promise<Answer> {
    const sha256 = this.tokens.hashOf(refreshToken);
    return this.commands.run(invocation, 'session.refresh', async (unit) => {
      const found = await this.sessions.lockRefreshToken(unit, sha256);
      if (found === null) throw new Failure('unauthenticated', { detail: UNKNOWN_TOKEN });
      unit.actedBy(found.personId);
      concernsSession(unit, found.sessionId);
      if (!found.live) throw new Failure('session-ended');
      if (found.used) {
        await this.sessions.end(unit, found.sessionId);
        return refuse(new Failure('session-ended'));
      }
      await this.sessions.useRefreshToken(unit, sha256);
      return this.issue(unit, found);
    });
  }

  /** Ends the session the caller acts in; its access tokens stop working with the next request. */
  end(invocation: Invocation<null>): Promise<Answer> {
    return this.commands.run(invocation, 'session.end', async (unit) => {
      const { sessionId } = unit.actor;
      if (sessionId === null) throw new Failure('unauthenticated');
      concernsSession(unit, sessionId);
      await this.sessions.end(unit, sessionId);
      return null;
    });
  }

  /** Who the caller is, which roles the account could act in, and for whom this session may act today. */
  self(actor: Actor): Promise<Self> {
    return this.commands.read(actor, async (tx) => {
      const { userId, sessionId } = actor;
      const found = userId === null ? null : await this.sessions.self(tx, userId);
      if (userId === null || sessionId === null || found === null) throw new Failure('unauthenticated');
      const roles = await this.sessions.liveRoles(tx, userId);
      const represents = await this.substitutions.representedBy(tx, sessionId, this.clock.today());
      return { userId, ...found, roles, represents };
    });
  }

  private async isAdmitted(
    unit: Unit,
    userId: UserId,
    attempt: SignInAttempt,
    facts: SignInFacts,
  ): Promise<boolean> {
    if (facts.locked || facts.disabled) return false;
    // Compared with the hash locked now: the password may have been changed since it was checked.
    if (attempt.provenHash === null || attempt.provenHash !== facts.passwordHash) {
      await this.sessions.countMiss(unit, userId, afterMiss(facts.failedAttempts));
      return false;
    }
    await this.sessions.forgetMisses(unit, userId);
    return true;
  }

  private async issue(unit: Unit, bearer: Bearer): Promise<Tokens> {
    const { token, sha256 } = this.tokens.refreshToken();
    await this.sessions.keepRefreshToken(unit, sha256, bearer.sessionId);
    return {
      accessToken: await this.tokens.accessToken(bearer),
      refreshToken: token,
      expiresInSeconds: ACCESS_TOKEN_SECONDS,
    };
  }
}

/** One answer for an unknown name, a wrong password and an account that is locked or disabled: which it is, it hides. */
export function signInFailed(): Failure {
  return new Failure('unauthenticated', { detail: SIGN_IN_FAILED });
}

const SIGN_IN_FAILED = {
  de: 'Anmeldename und Kennwort passen zu keinem offenen Konto. Beides prüfen; nach fünf falschen Kennwörtern ist ein Konto 15 Minuten gesperrt. Sonst hilft die Administration.',
  en: 'User name and password fit no open account. Check both; five wrong passwords lock an account for 15 minutes. Otherwise ask the operator.',
};

const UNKNOWN_TOKEN = {
  de: 'Dieser Erneuerungsschlüssel ist nicht bekannt. Neu anmelden.',
  en: 'This refresh token is not known. Sign in again.',
};

const NO_ROLE = {
  de: 'Das Konto hat keine bestätigte Rolle, die dem Wunsch entspricht.',
  en: 'The account holds no confirmed role that fits the wish.',
};

function concernsSession(unit: Unit, id: SessionId): void {
  unit.concerns({ type: 'session', id, version: null, centreId: null, caseId: null });
}
