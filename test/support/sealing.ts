import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new Ed25519 key as the environment carries it. */
export function newSigningKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** What a server needs to seal: a key and a file of its own, both outside the database. */
export function sealingSettings(): { AUDIT_SIGNING_KEY: string; AUDIT_CHECKPOINT_FILE: string } {
  return {
    AUDIT_SIGNING_KEY: newSigningKey(),
    AUDIT_CHECKPOINT_FILE: join(tmpdir(), `foerderbuch-checkpoints-${randomBytes(8).toString('hex')}.jsonl`),
  };
}
