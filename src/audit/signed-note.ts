/**
 * Signed notes and checkpoints: the two C2SP formats (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) with
 * Ed25519, so that any tool of that family can check our log without our code.
 *
 *     foerderbuch.example/log        origin = name of the key
 *     4711                           leaves
 *     CsUYapGGPo4d...=               root, base64
 *     epoch 1                        extension lines from here on
 *     watermark 98765
 *     commits foerderbuch.example/log 4700 ddnI...=    only after a restore: the last head of the old log
 *
 *     - foerderbuch.example/log Az3grl...=             (with an em dash)
 *
 * Reading is strict: whatever a writer of ours would not have written is refused with a SyntaxError.
 */
import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** A public key under a name, with its id and its one-line text `name+id+base64`. */
export interface VerifierKey {
  readonly name: string;
  /** First four bytes of SHA-256 over name, newline, algorithm byte and key; eight hexadecimal digits. */
  readonly id: string;
  readonly publicKey: KeyObject;
  readonly text: string;
}

export interface NoteSigner {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

export interface OpenedNote {
  readonly text: string;
  /** The known keys whose signature holds, each once; never empty. */
  readonly signedBy: readonly VerifierKey[];
}

export interface CheckpointHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

/** A checkpoint of this log. `commits` is the last published head of the log before a restore. */
export interface Checkpoint extends CheckpointHead {
  readonly epoch: number;
  /** Every record of a transaction below this number is in the tree. */
  readonly watermark: bigint;
  readonly commits: CheckpointHead | null;
}

const ed25519 = 0x01;
const mostSignatures = 100;
const emDash = '\u2014';
const keyName = /^[^\s\u0085+]+$/u;
/** Anything below U+0020 but the newline, and what is not Unicode text. */
const forbidden = /[^\n -\u{10ffff}]|\p{Surrogate}/u;
const count = /^(?:0|[1-9][0-9]{0,15})$/;

/** Names an Ed25519 public key. RangeError for another kind of key or an impossible name. */
export function verifierKey(name: string, publicKey: KeyObject): VerifierKey {
  if (!keyName.test(name)) throw new RangeError(`"${name}" cannot name a key: no spaces, no plus`);
  if (publicKey.asymmetricKeyType !== 'ed25519') throw new RangeError('Notes are signed with Ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const material = Buffer.concat([Uint8Array.of(ed25519), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(material).digest('hex').slice(0, 8);
  return { name, id, publicKey, text: `${name}+${id}+${material.toString('base64')}` };
}

/** Reads `name+id+base64`. The id must be the one of name and key, so a mistyped key never verifies anything. */
export function parseVerifierKey(text: string): VerifierKey {
  const [name = '', id = '', ...rest] = text.split('+');
  const material = strictBase64(rest.join('+'), 'verifier key');
  if (!keyName.test(name) || material.length !== 33 || material[0] !== ed25519) {
    throw new SyntaxError('Not the text of an Ed25519 verifier key');
  }
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: material.subarray(1).toString('base64url') };
  const key = verifierKey(name, createPublicKey({ key: jwk, format: 'jwk' }));
  if (key.id !== id) throw new SyntaxError(`The key is not the one its id ${id} says`);
  return key;
}

/** The signer of a private key; its public half takes the name. */
export function noteSigner(name: string, privateKey: KeyObject): NoteSigner {
  return { key: verifierKey(name, createPublicKey(privateKey)), privateKey };
}

/** Signs `text`, which must end with a newline. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  if (!text.endsWith('\n') || forbidden.test(text)) throw new SyntaxError('Not the text of a note');
  if (signers.length === 0) throw new RangeError('A note needs a signature');
  const lines = signers.map(({ key, privateKey }) => {
    const signature = sign(null, Buffer.from(text), privateKey);
    const blob = Buffer.concat([Buffer.from(key.id, 'hex'), signature]).toString('base64');
    return `${emDash} ${key.name} ${blob}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/**
 * Opens a note: SyntaxError when it is malformed, when no signature is by one of `keys`, or when one that claims
 * to be does not hold. Signatures of unknown keys (witnesses, a successor key) are passed over, as the format asks.
 */
export function openNote(note: string, keys: readonly VerifierKey[]): OpenedNote {
  const { text, signatures } = splitNote(note);
  const signedBy = new Set<VerifierKey>();
  for (const { name, id, signature } of signatures) {
    const key = keys.find((one) => one.name === name && one.id === id);
    if (key === undefined) continue;
    if (!verify(null, Buffer.from(text), key.publicKey, signature)) {
      throw new SyntaxError(`The signature of ${name}+${id} does not hold`);
    }
    signedBy.add(key);
  }
  if (signedBy.size === 0) throw new SyntaxError('No known key has signed the note');
  return { text, signedBy: [...signedBy] };
}

/** The body of a checkpoint, to be signed. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { epoch, watermark, commits } = checkpoint;
  const lines = [...headLines(checkpoint), `epoch ${epoch.toString()}`, `watermark ${watermark.toString()}`];
  if (commits !== null) lines.push(`commits ${headLines(commits).join(' ')}`);
  const text = `${lines.join('\n')}\n`;
  parseCheckpoint(text);
  return text;
}

/** The three mandatory lines of any log's checkpoint; further lines as they stand. */
export function parseCheckpointHead(
  text: string,
): CheckpointHead & { readonly extensions: readonly string[] } {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const end = rest.pop();
  if (end !== '' || rest.includes('')) throw new SyntaxError('A checkpoint is three or more non-empty lines');
  return { ...parseHead([origin, size, root]), extensions: rest };
}

/** A checkpoint of this log: exactly the extension lines `epoch`, `watermark` and, after a restore, `commits`. */
export function parseCheckpoint(text: string): Checkpoint {
  const { extensions, ...head } = parseCheckpointHead(text);
  const [epoch = '', watermark = '', commits, ...rest] = extensions;
  if (rest.length > 0) throw new SyntaxError('The checkpoint has lines that this log does not write');
  const number = parseCount(afterWord('epoch', epoch), 'epoch');
  if (number === 0) throw new SyntaxError('Epochs are counted from 1');
  const mark = afterWord('watermark', watermark);
  if (!/^(?:0|[1-9][0-9]{0,19})$/.test(mark)) throw new SyntaxError(`"${mark}" is not a transaction number`);
  const old = commits === undefined ? null : parseHead(afterWord('commits', commits).split(' '));
  return { ...head, epoch: number, watermark: BigInt(mark), commits: old };
}

function splitNote(note: string) {
  const border = note.lastIndexOf('\n\n');
  if (border < 1 || !note.endsWith('\n') || forbidden.test(note)) throw new SyntaxError('Not a signed note');
  const lines = note.slice(border + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw new SyntaxError('The note has too many signatures');
  return { text: note.slice(0, border + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string) {
  const [dash, name = '', blob = '', ...rest] = line.split(' ');
  if (dash !== emDash || !keyName.test(name) || rest.length > 0)
    throw new SyntaxError('Not a signature line');
  const bytes = strictBase64(blob, 'signature');
  if (bytes.length < 5) throw new SyntaxError('The signature is too short');
  return { name, id: bytes.subarray(0, 4).toString('hex'), signature: bytes.subarray(4) };
}

function headLines({ origin, size, root }: CheckpointHead): string[] {
  return [origin, size.toString(), Buffer.from(root).toString('base64')];
}

function parseHead(words: readonly string[]): CheckpointHead {
  const [origin = '', size = '', base64 = '', ...rest] = words;
  const root = strictBase64(base64, 'root');
  if (!keyName.test(origin) || root.length !== 32 || rest.length > 0) {
    throw new SyntaxError('Not the head of a log: origin, size and root');
  }
  return { origin, size: parseCount(size, 'tree size'), root };
}

function afterWord(word: string, line: string): string {
  if (!line.startsWith(`${word} `)) throw new SyntaxError(`The checkpoint lacks its line "${word}"`);
  return line.slice(word.length + 1);
}

function parseCount(text: string, what: string): number {
  const value = Number(text);
  if (!count.test(text) || !Number.isSafeInteger(value)) throw new SyntaxError(`"${text}" is not a ${what}`);
  return value;
}

/** RFC 4648 section 4, and only its one canonical spelling: else two texts could stand for the same bytes. */
function strictBase64(text: string, what: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  if (text === '' || bytes.toString('base64') !== text) throw new SyntaxError(`The ${what} is not base64`);
  return bytes;
}
