import 'reflect-metadata';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import { AuditModule } from '../audit/audit.module.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PasswordService } from '../identity/password.service.js';
import { technicalActor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import type { Config } from '../platform/config.js';
import { startEmbeddedServer } from '../platform/database/embedded-server.js';
import { migrate } from '../platform/database/migrate.js';
import { FrameworkLog } from '../platform/http/framework-log.js';
import { createLogger } from '../platform/http/logging.js';
import { PlatformModule, type Start } from '../platform/platform.module.js';

export interface NamedFounder {
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

type Say = (line: string) => void;

/** Makes the first administrators in the database the settings name, or in the one that comes with the project. */
export async function found(config: Config, named: readonly NamedFounder[], say: Say): Promise<void> {
  const server =
    config.DATABASE_URL === null
      ? await startEmbeddedServer({ folder: config.FOERDERBUCH_DATA, durable: true, say })
      : null;
  try {
    config.DATABASE_URL ??= server?.appUrl('foerderbuch') ?? null;
    config.MIGRATION_DATABASE_URL ??= server?.ownerUrl('foerderbuch') ?? null;
    // Nobody signs in to this process, so its tokens need not be valid anywhere else.
    config.TOKEN_SECRET = randomBytes(32).toString('base64url');
    if (config.MIGRATION_DATABASE_URL !== null) await migrate(config.MIGRATION_DATABASE_URL, say);
    await admit(config, named, say);
  } finally {
    await server?.stop();
  }
}

/** What admits people; the rest of the application would take longer to load than all of this takes. */
@Module({})
class FoundingModule {
  static with(start: Start): DynamicModule {
    return { module: FoundingModule, imports: [PlatformModule.with(start), AuditModule, IdentityModule] };
  }
}

/** One audited command of the house itself; refused when there is an administrator. */
async function admit(config: Config, named: readonly NamedFounder[], say: Say): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    FoundingModule.with({ config, clock: new Clock(false), say }),
    { abortOnError: false, logger: new FrameworkLog(createLogger(config.LOG_LEVEL)) },
  );
  try {
    const hashing = app.get(PasswordService, { strict: false });
    const founders = await Promise.all(
      named.map(async ({ username, name, password }) => ({
        username,
        name,
        passwordHash: await hashing.hash(password),
      })),
    );
    await app.get(BootstrapService, { strict: false }).bootstrap(
      {
        actor: technicalActor('system'),
        requestId: newId(),
        idempotency: null,
        expectedVersion: null,
        dryRun: false,
        present: () => ({ status: 204, body: null }),
      },
      founders,
    );
  } finally {
    await app.close();
  }
}
