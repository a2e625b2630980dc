import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { judgeFounders, LEAST_PASSWORD_CHARACTERS, USERNAME } from '../identity/user.rules.js';
import { Failure, ruleViolated } from '../kernel/failure.js';
import { loadConfig, type Config } from '../platform/config.js';

const USAGE = `Makes the first two administrators. They must be two persons: every later role needs both.

  npm run bootstrap -- --admin "a.beispiel=Anna Beispiel" --admin "b.muster=Ben Muster"

Passwords: BOOTSTRAP_PASSWORD_1 and BOOTSTRAP_PASSWORD_2, or two lines on standard input with --stdin,
otherwise they are made up and shown once.`;

interface Named {
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
  const named = values.admin.map(namedBy);
  if (named.length !== 2) throw new Error(USAGE);
  const objections = judgeFounders(named);
  if (objections.length > 0) throw ruleViolated(objections);
  const founders = await withPasswords(named, values.stdin);

  // Only now, so that a slip of the pen is answered before the whole application is loaded.
  const { found } = await import('./founders.js');
  await found(config, founders, say);
  say('The first two administrators can sign in now:');
  for (const { username, name, password, isGenerated } of founders) {
    say(`  ${username} (${name})${isGenerated ? `  password: ${password}` : ''}`);
  }
  if (founders.some(({ isGenerated }) => isGenerated)) {
    say('The passwords are shown this once and kept nowhere.');
  }
}

function namedBy(argument: string): Named {
  const [username = '', name = ''] = argument.split(/=(.*)/s).map((part) => part.trim());
  if (!USERNAME.test(username) || name === '') {
    throw new Error(
      `--admin "${argument}": expected "user.name=Full Name", the user name in lower case.\n\n${USAGE}`,
    );
  }
  return { username, name };
}

interface WithPassword extends Named {
  readonly password: string;
  readonly isGenerated: boolean;
}

async function withPasswords(named: readonly Named[], fromStdin: boolean): Promise<WithPassword[]> {
  const lines = fromStdin ? await linesOfStdin() : [];
  return named.map((founder, index) => {
    const given = lines[index] ?? process.env[`BOOTSTRAP_PASSWORD_${String(index + 1)}`];
    if (given === undefined || given === '') {
      if (fromStdin) throw new Error(`No password for ${founder.username} on standard input.`);
      return { ...founder, password: randomBytes(15).toString('base64url'), isGenerated: true };
    }
    if (given.trim().length < LEAST_PASSWORD_CHARACTERS) {
      throw new Error(
        `The password of ${founder.username} has fewer than ${String(LEAST_PASSWORD_CHARACTERS)} characters.`,
      );
    }
    return { ...founder, password: given, isGenerated: false };
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
