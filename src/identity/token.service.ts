import { Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { powers, roles, type Actor, type Power, type Role } from '../kernel/actor.js';
import { isUuid, type CentreId, type PersonId, type SessionId, type UserId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { Config } from '../platform/config.js';
import { ACCESS_TOKEN_SECONDS } from './session.rules.js';

const ISSUER = 'foerderbuch';
const AUDIENCE = 'foerderbuch-api';
const ALGORITHM = 'HS256';
const REFRESH_TOKEN_BYTES = 32;

/** Whom an access token speaks for. It is believed for its ten minutes; the database checks the session each time. */
export interface Bearer {
  readonly userId: UserId;
  readonly personId: PersonId;
  readonly sessionId: SessionId;
  readonly role: Role;
  readonly centreId: CentreId | null;
  /** Fixed with the role grant the session acts in; a grant of other powers is another session. */
  readonly powers: readonly Power[];
}

@Injectable()
export class TokenService {
  // A KeyObject, not the secret as text: jose would import it anew for each request (376 against 10 microseconds).
  private readonly key: KeyObject;

  constructor(
    config: Config,
    private readonly clock: Clock,
  ) {
    if (config.TOKEN_SECRET === null) {
      throw new Error('TOKEN_SECRET is not set: it signs the access tokens and has at least 32 characters.');
    }
    this.key = createSecretKey(Buffer.from(config.TOKEN_SECRET, 'utf8'));
  }

  async accessToken(bearer: Bearer): Promise<string> {
    const { userId, personId, sessionId, role, centreId, powers: held } = bearer;
    const now = this.clock.epochSeconds();
    return new SignJWT({ sid: sessionId, role, person: personId, centre: centreId, powers: held })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_SECONDS)
      .sign(this.key);
  }

  /** Who acts, or null when the token is forged, expired, for somebody else, or no token at all. */
  async actorOf(token: string): Promise<Actor | null> {
    try {
      const { payload } = await jwtVerify(token, this.key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'sub'],
      });
      return actorIn(payload);
    } catch {
      return null;
    }
  }

  /** 256 random bits. Only their hash is stored, which needs no salt: there is nothing to guess. */
  refreshToken(): { token: string; sha256: Buffer } {
    const token = randomBytes(REFRESH_TOKEN_BYTES).toString('base64url');
    return { token, sha256: this.hashOf(token) };
  }

  hashOf(refreshToken: string): Buffer {
    return createHash('sha256').update(refreshToken).digest();
  }
}

function actorIn({ sub, sid, role, person, centre, powers: claimed }: JWTPayload): Actor | null {
  const known = roles.find((each) => each === role);
  if (known === undefined || !isId<UserId>(sub) || !isId<SessionId>(sid) || !isId<PersonId>(person))
    return null;
  if (centre !== null && !isId<CentreId>(centre)) return null;
  // A token that does not say holds none.
  const held = Array.isArray(claimed) ? powers.filter((power) => claimed.includes(power)) : [];
  return {
    ...{ role: known, userId: sub, personId: person, sessionId: sid, centreId: centre, powers: held },
    onBehalfOf: null,
  };
}

function isId<T extends string>(claim: unknown): claim is T {
  return typeof claim === 'string' && isUuid(claim);
}
