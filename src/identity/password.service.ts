import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import pLimit from 'p-limit';

/** An argon2id hash, made by `PasswordService`; a branded type so that no plain password is ever stored as one. */
export type PasswordHash = string & { readonly argon2id: unique symbol };

/** OWASP's floor for argon2id (the library's own variant): 19 MiB, two passes. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const AT_ONCE = 2;

/** Hashes and checks passwords, two at a time: more would let sign-ins take all memory and cores from the work. */
@Injectable()
export class PasswordService {
  private readonly limit = pLimit(AT_ONCE);
  private nobody: Promise<PasswordHash> | null = null;

  hash(password: string): Promise<PasswordHash> {
    return this.limit(async () => (await hash(normalised(password), COST)) as PasswordHash);
  }

  /** Whether the password fits. Without a stored hash it costs the same time and never fits. */
  async fits(stored: string | null, password: string): Promise<boolean> {
    this.nobody ??= this.hash(randomBytes(16).toString('hex'));
    const against = stored ?? (await this.nobody);
    const fitting = await this.limit(() => verify(against, normalised(password)));
    return fitting && stored !== null;
  }
}

/** Keyboards differ in how they compose an umlaut; the HTTP layer trims and normalises the same way. */
function normalised(password: string): string {
  return password.normalize('NFC').trim();
}
