import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { createApp } from '../main.js';
import { BootstrapService } from '../identity/bootstrap.service.js';
import { PasswordService } from '../identity/password.service.js';
import { LEAST_PASSWORD_CHARACTERS, USERNAME } from '../identity/user.rules.js';
import { technicalActor } from '../kernel/actor.js';
import { Failure } from '../kernel/failure.js';
import { newId } from '../kernel/ids.js';
import { Clock } from '../platform/clock.js';
import { loadConfig, type Config } from '../platform/config.js';
import { startEmbeddedServer } from '../platform/database/embedded-server.js';
import { migrate } from '../platform/database/migrate.js';

const USAGE = `Makes the first two administrators. They must be two persons: every later role needs both.

  npm run bootstrap -- --admin "a.beispiel=Anna Beispiel" --admin "b.muster=Ben Muster"

Passwords: BOOTSTRAP_PASSWORD_1 and BOOTSTRAP_PASSWORD_2, or two lines on standard input with --stdin,
otherwise they are made up and shown once.`;

interface NamedFounder {
  readonly username: string;
  readonly name: string;
}

const say = (line: string): void => {
  console.log(line);
};

try {
  await bootstrap(loadConfig(process.env));
} catch (error) {
  console.error(error instanceof Failure ? reasonsOf(error) : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function bootstrap(config: Config): Promise<void> {
  const { values } = parseArgs({
    options: {
      admin: { type: 'string', multiple: true, default: [] },
      stdin: { type: 'boolean', default: false },
    },
  });
  const named = values.admin.map(founderOf);
  if (named.length !== 2) throw new Error(USAGE);
  const passwords = await passwordsFor(named, values.stdin);

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
    await found(config, named, passwords);
  } finally {
    await server?.stop();
  }
  const generated = passwords.filter(({ isGenerated }) => isGenerated).length > 0;
  say('The first two administrators can sign in now:');
  named.forEach(({ username, name }, index) => {
    const password = passwords[index];
    say(`  ${username} (${name})${password?.isGenerated === true ? `  password: ${password.text}` : ''}`);
  });
  if (generated) say('The passwords are shown this once and kept nowhere.');
}

/** One audited command of the house itself; refused when there is an administrator. */
async function found(
  config: Config,
  named: readonly NamedFounder[],
  passwords: readonly Password[],
): Promise<void> {
  const app = await createApp({ config, clock: new Clock(false), say });
  try {
    const hashing = app.get(PasswordService, { strict: false });
    const hashes = await Promise.all(passwords.map(({ text }) => hashing.hash(text)));
    const founders = named.flatMap((founder, index) => {
      const passwordHash = hashes[index];
      return passwordHash === undefined ? [] : [{ ...founder, passwordHash }];
    });
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

function founderOf(argument: string): NamedFounder {
  const [username = '', name = ''] = argument.split(/=(.*)/s).map((part) => part.trim());
  if (!USERNAME.test(username) || name === '') {
    throw new Error(
      `--admin "${argument}": expected "user.name=Full Name", the user name in lower case.\n\n${USAGE}`,
    );
  }
  return { username, name };
}

interface Password {
  readonly text: string;
  readonly isGenerated: boolean;
}

async function passwordsFor(named: readonly NamedFounder[], fromStdin: boolean): Promise<Password[]> {
  const lines = fromStdin ? await linesOfStdin() : [];
  return named.map(({ username }, index) => {
    const given = lines[index] ?? process.env[`BOOTSTRAP_PASSWORD_${String(index + 1)}`];
    if (given === undefined || given === '') {
      if (fromStdin) throw new Error(`No password for ${username} on standard input.`);
      return { text: randomBytes(15).toString('base64url'), isGenerated: true };
    }
    if (given.trim().length < LEAST_PASSWORD_CHARACTERS) {
      throw new Error(
        `The password of ${username} has fewer than ${String(LEAST_PASSWORD_CHARACTERS)} characters.`,
      );
    }
    return { text: given, isGenerated: false };
  });
}

async function linesOfStdin(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) lines.push(line);
  return lines;
}

function reasonsOf({ detail, violations, code }: Failure): string {
  const reasons = [...(detail === null ? [] : [detail.en]), ...violations.map((each) => each.detail.en)];
  return reasons.length === 0 ? code : reasons.join('\n');
}
