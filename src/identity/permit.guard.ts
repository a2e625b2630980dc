import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import type { Request } from 'express';
import passport from 'passport';
import { Strategy } from 'passport-http-bearer';
import { technicalActor, type Actor } from '../kernel/actor.js';
import { Failure } from '../kernel/failure.js';
import { newId } from '../kernel/ids.js';
import { representedIn } from '../platform/http/on-behalf-of.js';
import { isPublicRoute, permitOf } from '../platform/http/permit.js';
import type { HttpRequest } from '../platform/http/request.js';
import { notPermittedWords, permits } from './access.rules.js';
import { lackingPower, lackingWords } from './power.rules.js';
import { TokenService } from './token.service.js';

/** Reads the access token of the Authorization header. */
@Injectable()
export class BearerStrategy extends PassportStrategy(Strategy) {
  // Passport keeps strategies for the whole process; two applications in one must not answer for each other.
  override readonly name = `bearer ${newId()}`;

  constructor(private readonly tokens: TokenService) {
    super({ passReqToCallback: true });
    passport.use(this.name, this);
  }

  override async validate(request: Request, token: string): Promise<Actor | null> {
    // The strategy would also take a token from query or body, where it ends up in logs and histories.
    const { authorization } = request.headers;
    return authorization?.endsWith(` ${token}`) === true ? this.tokens.actorOf(token) : null;
  }
}

/** Guards every route: who is it, and may this role do that? A route that forgot to say is refused at boot. */
@Injectable()
export class PermitGuard extends AuthGuard() {
  constructor(strategy: BearerStrategy) {
    super({ defaultStrategy: strategy.name, property: 'actor', session: false });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    const action = permitOf(handler);
    const request = context.switchToHttp().getRequest<HttpRequest>();
    if (isPublicRoute(handler, context.getClass())) {
      if (action !== null) request.actor = technicalActor('signin');
      return true;
    }
    await super.canActivate(context);
    if (request.actor === undefined) throw new Failure('unauthenticated');
    request.actor = { ...request.actor, onBehalfOf: representedIn(request.get('on-behalf-of')) };
    if (action === null || !permits(action, request.actor.role)) {
      const detail = action === null ? null : notPermittedWords(action);
      throw new Failure('forbidden', detail === null ? {} : { detail });
    }
    const missingPower = lackingPower(action, request.actor);
    if (missingPower !== null) {
      const detail = lackingWords(missingPower, request.actor.powers);
      throw new Failure('forbidden', { detail, facts: { missingPower } });
    }
    return true;
  }

  override handleRequest<T>(error: Error | null, actor: T | false | null): T {
    if (error !== null) throw error;
    if (actor === false || actor === null) throw new Failure('unauthenticated');
    return actor;
  }
}
