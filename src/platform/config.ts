import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
  validateSync,
} from 'class-validator';

const number = Transform(({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
);
/** Refuses what somebody typed to get on: a word repeated, one letter many times. */
const unguessable = ValidateBy({
  name: 'unguessable',
  validator: {
    validate: (value: unknown) => typeof value === 'string' && new Set(value).size >= 16,
    defaultMessage: () => '$property must be random, e.g. the output of: openssl rand -base64 48',
  },
});
const flag = Transform(({ value }: { value: unknown }): unknown =>
  value === 'true' ? true : value === 'false' ? false : value,
);
const postgresUrl = Matches(/^postgres(ql)?:\/\//, { message: '$property must be a postgres:// address' });

/** Every setting of Förderbuch, as it stands in README. All come from environment variables of these names. */
export class Config {
  /** Port the API listens on. */
  @number @IsInt() @Min(0) @Max(65535) PORT = 3000;
  /** Address the API listens on. Outside a container there is no reason to be reachable from elsewhere. */
  @IsString() HOST = '127.0.0.1';
  /** Database address of the login `foerderbuch_app`. Unset: an embedded server is started. */
  @IsOptional() @postgresUrl DATABASE_URL: string | null = null;
  /** Database address of the owner, for migrations only; never given to the running server. */
  @IsOptional() @postgresUrl MIGRATION_DATABASE_URL: string | null = null;
  /** Folder of the embedded database. Unset: `.foerderbuch` in the project, or a system folder. */
  @IsOptional() @IsString() FOERDERBUCH_DATA: string | null = null;
  /** Whether the demo years are played. Default: only with the embedded database. */
  @IsOptional() @flag @IsBoolean() DEMO: boolean | null = null;
  /** Secret that signs access tokens, at least 32 characters. With the embedded database one is made and kept. */
  @IsOptional() @IsString() @MinLength(32) @unguessable TOKEN_SECRET: string | null = null;
  /** Connections to the database. */
  @number @IsInt() @Min(1) @Max(200) POOL_SIZE = 10;
  /** Requests per minute and caller before 429. */
  @number @IsInt() @Min(1) RATE_LIMIT_PER_MINUTE = 600;
  /** Whether this server seals the audit record. Default: when it has a signing key. */
  @IsOptional() @flag @IsBoolean() AUDIT_SEALING: boolean | null = null;
  /** Milliseconds between two looks for records to seal. */
  @number @IsInt() @Min(10) @Max(60_000) AUDIT_SEALING_INTERVAL_MS = 250;
  /** Ed25519 private key (PEM) that signs the audit log, or the file it is in; never in the database. */
  @IsOptional() @IsString() AUDIT_SIGNING_KEY: string | null = null;
  @IsOptional() @IsString() AUDIT_SIGNING_KEY_FILE: string | null = null;
  /** File outside the database to which every signed checkpoint is appended; needed by whoever seals. */
  @IsOptional() @IsString() AUDIT_CHECKPOINT_FILE: string | null = null;
  /** Name of the audit log and its keys, e.g. `audit.example.org/foerderbuch`. Default: made from the first key. */
  @IsOptional()
  @Matches(/^[^\s+]{1,100}$/, { message: '$property must have no spaces and no plus' })
  AUDIT_ORIGIN: string | null = null;
  /** The largest attachment that is taken, in bytes. */
  @number @IsInt() @Min(1_000) @Max(100_000_000) MOST_ATTACHMENT_BYTES = 10_000_000;
  /** What is logged. */
  @IsIn(['silent', 'error', 'warn', 'info', 'debug']) LOG_LEVEL = 'info';
}

/**
 * Reads and checks the settings.
 * @throws Error that names every setting that is wrong, and how.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.keys(new Config());
  const given = Object.fromEntries(
    known.flatMap((name) =>
      environment[name] === undefined || environment[name] === '' ? [] : [[name, environment[name]]],
    ),
  );
  const config = plainToInstance(Config, given, { exposeDefaultValues: true });
  const wrong = validateSync(config).flatMap((error) => Object.values(error.constraints ?? {}));
  if (wrong.length > 0) {
    throw new Error(`The settings are wrong:\n${wrong.map((line) => `  - ${line}`).join('\n')}`);
  }
  return config;
}
