import { Injectable } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { newId } from '../kernel/ids.js';
import type { HttpRequest } from '../platform/http/request.js';
import { SessionService, type SignInAttempt } from './session.service.js';
import { MOST_PASSWORD_CHARACTERS, MOST_USERNAME_CHARACTERS } from './user.rules.js';

/** A request of the sign-in route, after its password was checked. */
export interface SignInRequest extends HttpRequest {
  attempt?: SignInAttempt | null;
}

/**
 * Checks username and password. A miss is no failure here but an attempt without proof: the command that follows
 * must count and record it.
 */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  // Passport keeps strategies for the whole process; two applications in one must not answer for each other.
  override readonly name = `local ${newId()}`;

  constructor(private readonly sessions: SessionService) {
    super();
    passport.use(this.name, this);
  }

  override async validate(username: unknown, password: unknown): Promise<SignInAttempt | null> {
    // Guards come before validation: what is no text, or too long to be right, is left to the DTO to refuse.
    if (typeof username !== 'string' || username.length > MOST_USERNAME_CHARACTERS) return null;
    if (typeof password !== 'string' || password.length > MOST_PASSWORD_CHARACTERS) return null;
    return this.sessions.prove(username.trim(), password);
  }
}

@Injectable()
export class SignInGuard extends AuthGuard() {
  constructor(strategy: LocalStrategy) {
    super({ defaultStrategy: strategy.name, property: 'attempt', session: false });
  }

  override handleRequest<T>(error: Error | null, attempt: T): T {
    if (error !== null) throw error;
    return attempt;
  }
}
