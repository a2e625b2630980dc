import { Injectable } from '@nestjs/common';
import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Config } from '../platform/config.js';
import { noteSigner, type NoteSigner } from './signed-note.js';

/**
 * The private key of the log, from outside the database. It is read anew for every signature where it is a file,
 * so that servers follow a change of keys without a restart.
 */
@Injectable()
export class SigningKey {
  private known: { readonly pem: string; readonly key: KeyObject } | null = null;

  constructor(private readonly config: Config) {}

  get configured(): boolean {
    return this.config.AUDIT_SIGNING_KEY !== null || this.config.AUDIT_SIGNING_KEY_FILE !== null;
  }

  /** The signer under the name of the log. Throws when there is no key, or none that can be read. */
  async signer(origin: string): Promise<NoteSigner> {
    return noteSigner(origin, await this.privateKey());
  }

  async privateKey(): Promise<KeyObject> {
    const { AUDIT_SIGNING_KEY: text, AUDIT_SIGNING_KEY_FILE: file } = this.config;
    const pem = text ?? (file === null ? null : await readFile(file, 'utf8'));
    if (pem === null) throw new Error('AUDIT_SIGNING_KEY and AUDIT_SIGNING_KEY_FILE are not set.');
    if (this.known?.pem !== pem) this.known = { pem, key: privateKeyOf(pem) };
    return this.known.key;
  }
}

/** An environment variable may carry the line breaks of the PEM as \n. */
function privateKeyOf(pem: string): KeyObject {
  const key = createPrivateKey(pem.replaceAll('\\n', '\n'));
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('The audit log is signed with an Ed25519 key.');
  return key;
}
