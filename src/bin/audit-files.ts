import { generateKeyPairSync } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../platform/config.js';

/** Beside an embedded database: the key of its audit log and what was signed with it. Neither is in the database. */
export async function keepAuditFiles(config: Config, folder: string): Promise<void> {
  if (config.AUDIT_SIGNING_KEY === null) {
    config.AUDIT_SIGNING_KEY_FILE ??= await keptKey(join(folder, 'audit-signing.key'));
  }
  config.AUDIT_CHECKPOINT_FILE ??= join(folder, 'audit-checkpoints.jsonl');
}

export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** Replaced in one step, readable by its owner only. */
export async function replaceSecret(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await rename(draft, file);
}

async function keptKey(file: string): Promise<string> {
  try {
    await readFile(file);
  } catch {
    await writeFile(file, newSigningKey(), { mode: 0o600, flag: 'wx', flush: true });
  }
  return file;
}
