#!/usr/bin/env node
// Checks a case file of Förderbuch (src/audit/case-file.ts says what is in it) without Förderbuch: no network, no
// database, no packages, no code shared with it, whose mistakes would be believed. For a whole record see beside.
//     foerderbuch-verify FILE [--key VERIFIERKEY] [--checkpoint OLDER_NOTE_FILE]
// Exit 0: everything holds. Exit 1: something was changed, and what. Exit 2: this cannot be checked at all.
import { createPublicKey, hash, verify as verifySignature } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { parseArgs } from 'node:util';

const faults = {
  form: ['hat nicht die vorgeschriebene Form', 'has not the prescribed form'],
  differs: ['passt nicht zu Datei und Prüfpunkt', 'does not fit file and checkpoint'],
  canonical: ['ist nicht kanonisches JSON (RFC 8785)', 'is not canonical JSON (RFC 8785)'],
  signature: ['trägt eine falsche Unterschrift', 'bears a false signature'],
  untrusted: ['ist mit keinem hier gültigen Schlüssel gesichert', 'is secured by no key that is valid here'],
  unsealed: ['steht so nicht im Register', 'does not stand in the log like this'],
  order: ['ist nicht an der Reihe: es fehlt etwas', 'is out of turn: something is missing'],
  hash: ['nennt einen anderen Hashwert', 'names another hash'],
  overdrawn: ['überziehen ein Konto des Falls', 'overdraw an account of the case'],
  count: ['bezeugt eine andere Zahl von Nachweisen', 'states another number of records'],
  root: ['ergibt nicht die unterschriebene Wurzel', 'does not lead to the signed root'],
  prefix: ['belegt den vorgelegten älteren Stand nicht', 'does not show the older tree to be contained'],
};
const stages = { committed: 'bewilligt', called: 'abgerufen', paid: 'ausgezahlt', settled: 'abgerechnet' };
// By way of text, because a Buffer made by the hash itself takes twice the time.
export const sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'latin1'), 'latin1');
const hexOf = (bytes) => hash('sha256', bytes, 'hex');
const nodeHash = (left, right) => sha256(Buffer.concat([Uint8Array.of(1), left, right]));
export const half = (count) => Math.floor(count / 2);
export const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const euros = new Intl.NumberFormat('de-DE', { style: 'currency', currency: 'EUR' });
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
// At a handover both keys may sign the same size.
const validFor = (origin, size) => (key) => key.name === origin && key.from <= size && size <= key.until;
export function demand(condition, field, fault) {
  if (!condition) throw Object.assign(new Error(field), { field, fault, record: null, leafIndex: null });
}
/** Canonical base64 only: another spelling of the same bytes is a change of the file. */
function bytesOf(text, field, length = null) {
  const bytes = Buffer.from(typeof text === 'string' ? text : '', 'base64');
  demand(bytes.toString('base64') === text && bytes.length === (length ?? bytes.length), field, 'form');
  return bytes;
}
/** RFC 8785 for what the records use: no fractions, no unsafe integers, no lone surrogates. */
export function canonical(value, depth = 0) {
  if (value === null || typeof value === 'boolean') return String(value);
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  if (typeof value === 'string' && value.isWellFormed()) return JSON.stringify(value);
  if (typeof value !== 'object' || depth > 100) throw new RangeError('no canonical form');
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
  const names = Object.keys(value).sort(); // by UTF-16 code unit, as the RFC asks
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name], depth + 1)}`).join(',')}}`;
}
/** One JSON object in its one canonical spelling; what cannot be read is not canonical. */
export function decode(bytes, field) {
  try {
    const value = JSON.parse(bytes);
    if (isObject(value) && Buffer.from(canonical(value)).equals(bytes)) return value;
  } catch {
    // the same finding
  }
  return demand(false, field, 'canonical');
}
/** The walk of RFC 9162, 2.1.3.2 and 2.1.4.2, to the root: `older` takes the siblings on the left, `younger` all. */
function climb(node, last, start, path, older = start) {
  let younger = start;
  for (const sibling of path) {
    if (last === 0) return null;
    if (node % 2 === 1 || node === last) {
      [older, younger] = [older && nodeHash(sibling, older), nodeHash(sibling, younger)];
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else younger = nodeHash(younger, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 ? { older, younger } : null;
}
/** The empty tree precedes every tree; every tree precedes itself. */
function verifyConsistency(first, second, proof) {
  if (!isCount(first.size) || first.size > second.size) return false;
  if (first.size === 0) return proof.length === 0 && first.root.equals(sha256(''));
  if (first.size === second.size) return proof.length === 0 && first.root.equals(second.root);
  let [node, last] = [first.size - 1, second.size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  const [start, ...path] = node === 0 ? [first.root, ...proof] : proof;
  const roots = start && climb(node, last, start, path);
  return Boolean(roots?.older.equals(first.root) && roots.younger.equals(second.root));
}

/** Reads `name+id+base64` (c2sp.org/signed-note, Ed25519). */
function readKey(text, field) {
  const [name, id, ...rest] = String(text).split('+');
  const material = bytesOf(rest.join('+'), field, 33);
  const named = hexOf(Buffer.concat([Buffer.from(`${name}\n`), material])).slice(0, 8);
  demand(material[0] === 1 && id === named, field, 'form');
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: material.toString('base64url', 1) };
  return { name, id, text, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) };
}
/** Opens a signed note: its text, and which of the given keys signed it. */
function openNote(note, keys, field) {
  const border = typeof note === 'string' ? note.lastIndexOf('\n\n') : -1;
  demand(border > 0 && note.endsWith('\n') && !/[^\n -\u{10ffff}]|\p{Surrogate}/u.test(note), field, 'form');
  const text = note.slice(0, border + 1);
  let signer = null;
  for (const line of note.slice(border + 2, -1).split('\n')) {
    const [, name, blob] = /^\u2014 (\S+) (\S+)$/u.exec(line) ?? [];
    const signature = bytesOf(blob, field);
    const key = keys.find((one) => one.name === name && one.id === signature.toString('hex', 0, 4));
    if (key === undefined) continue; // the format asks to pass over unknown signers, such as witnesses
    const holds = verifySignature(null, Buffer.from(text), key.publicKey, signature.subarray(4));
    demand(holds, field, 'signature');
    signer = key;
  }
  demand(signer !== null, field, 'untrusted');
  return { text, signer };
}
/** A checkpoint (c2sp.org/tlog-checkpoint with this log's extension lines), signed by a key valid for its size. */
export function readCheckpoint(note, keys, field) {
  const { text, signer } = openNote(note, keys, field);
  const extensions = 'epoch ([1-9]\\d*)\nwatermark \\d+\n(?:commits (\\S+) \\d+ \\S{44}\n)?';
  const form = new RegExp(`^(\\S+)\n(0|[1-9]\\d{0,15})\n(\\S{44})\n${extensions}$`, 'u');
  const [, origin, size, root, epoch, predecessor] = form.exec(text) ?? [];
  demand(origin !== undefined, field, 'form');
  demand(validFor(origin, Number(size))(signer), field, 'untrusted');
  return { origin, size: Number(size), root: bytesOf(root, field, 32), epoch: Number(epoch), predecessor };
}
/** The keys from the trusted one onwards: each signs from its size on, and hands over with its own signature. */
export function trustedKeys(file, pinned) {
  const keys = file.keys.map((entry, at) => readKey(entry?.verifierKey, `keys[${at}]`));
  for (const [at, key] of keys.entries()) {
    const [before, { fromSize, endorsement }, field] = [keys[at - 1], file.keys[at], `keys[${at}]`];
    const sameLog = before?.name === key.name;
    demand(isCount(fromSize) && (sameLog ? fromSize >= before.from : fromSize === 0), field, 'form');
    if (sameLog) before.until = fromSize;
    Object.assign(key, { from: fromSize, until: Infinity });
    const handover = before ? openNote(endorsement, [before], field).text : endorsement;
    demand(handover === (before ? `${key.name}/key\n${key.text}\n${fromSize}\n` : null), field, 'untrusted');
  }
  const start = pinned === null ? 0 : keys.findIndex((key) => key.text === pinned.text);
  demand(start >= 0, 'keys', 'untrusted');
  return keys.slice(start);
}
export function readBody(bytes, epoch, read = decode) {
  const body = read(bytes, 'body');
  const bad = ['cases', 'parts', 'transfers', 'rowChanges'].find((name) => !Array.isArray(body[name]));
  demand(!bad, bad, 'form');
  demand(body.v === 1 && body.epoch >= 1 && body.epoch <= epoch, 'epoch', 'differs');
  return body;
}
/** What a record of several cases says of one: the body pins it by its salted hash. */
export function readPart(bytes, body, read = decode) {
  demand(body.parts.filter((one) => one?.sha256 === hexOf(bytes)).length === 1, 'part', 'hash');
  const part = read(bytes, 'part');
  const lists = [part.transfers, part.rowChanges].every((list) => Array.isArray(list));
  demand(lists && /^[0-9a-f]{64}$/.test(part.salt), 'part', 'form');
  return part;
}
/** The leaf of these bytes, which must stand at this place in the tree. `log`: { size, root }. */
export function sealedLeaf(bytes, index, proof, { size, root }) {
  const leaf = sha256(Buffer.concat([Uint8Array.of(0), bytes]));
  const path = isCount(index) && index < size ? climb(index, size - 1, leaf, proof, null) : null;
  demand(path?.younger.equals(root), 'body', 'unsealed');
  return leaf;
}
/** One record by itself: sealed as it stands, canonical, with its own part. `log`: { caseId, size, root, epoch }. */
export function checkRecord(record, log) {
  demand(Array.isArray(record?.inclusion), 'inclusion', 'form');
  const bytes = bytesOf(record.body, 'body');
  const proof = record.inclusion.map((text) => bytesOf(text, 'inclusion', 32));
  const leaf = sealedLeaf(bytes, record.leafIndex, proof, log);
  const body = readBody(bytes, log.epoch);
  const links = body.cases.filter((link) => link?.caseId === log.caseId);
  demand(links.length === (record.part === null ? 1 : 0), 'cases', 'differs');
  const { at, transfers, rowChanges: pins } = body;
  if (record.part === null) return { leaf, at, link: links[0], transfers, pins };
  const part = readPart(bytesOf(record.part, 'part'), body);
  demand(part.caseId === log.caseId, 'part', 'differs');
  const own = { transfers: [...transfers, ...part.transfers], pins: [...pins, ...part.rowChanges] };
  return { leaf, at, link: part, ...own };
}
/** Books transfers on the accounts of this case. An account counts its bookings, so a missing one shows. */
function book(transfers, caseId, accounts) {
  for (const [at, transfer] of transfers.entries()) {
    const { debit, credit, amountCents, reverses } = transfer ?? {};
    const whole = isObject(debit) && isObject(credit) && /^[1-9]\d{0,18}$/.test(amountCents);
    demand(whole && reverses !== undefined, `transfers[${at}]`, 'form');
    for (const side of [debit, credit].filter((one) => one.caseId === caseId)) {
      const { version, ...dimensions } = side;
      const name = canonical(dimensions);
      const { balance, total, count } = accounts.get(name) ?? { balance: 0n, total: 0n, count: 0 };
      demand(version === count + 1, `transfers[${at}].${side === debit ? 'debit' : 'credit'}`, 'order');
      const moved = side === credit ? BigInt(amountCents) : -BigInt(amountCents);
      // A stage's total is what came in less what was reversed: what went on to the next stage still counts.
      const sum = total + ((side === credit) === (reverses === null) ? moved : 0n);
      accounts.set(name, { stage: String(side.stage), balance: balance + moved, total: sum, count: version });
    }
  }
  const overdrawn = ({ stage, balance }) => balance < 0n && !stage.endsWith('outside');
  demand(![...accounts.values()].some(overdrawn), 'transfers', 'overdrawn');
}
/** All records in the order of the case: numbered without a gap, each naming the one before. */
function checkRecords(file, checkpoint) {
  const [state, { caseId }] = [{ accounts: new Map(), previous: null, at: null }, file];
  for (const [position, record] of file.records.entries()) {
    try {
      const { leaf, at, link, transfers, pins } = checkRecord(record, { ...checkpoint, caseId });
      demand(link.sequence === position + 1, 'sequence', 'order');
      demand(link.previous === state.previous, 'previous', 'hash');
      demand(record.rows === null || record.rows?.length === pins.length, 'rows', 'form');
      for (const [place, row] of (record.rows ?? []).entries())
        demand(hexOf(bytesOf(row, 'rows')) === pins[place]?.sha256, `rows[${place}]`, 'hash');
      book(transfers, caseId, state.accounts);
      Object.assign(state, { previous: leaf.toString('hex'), at });
    } catch (error) {
      throw Object.assign(error, { record: position + 1, leafIndex: record?.leafIndex ?? null });
    }
  }
  return state;
}
function checkFile(file, pinned, olderNote) {
  const keys = trustedKeys(file, pinned);
  const checkpoint = readCheckpoint(file.checkpoint, keys, 'checkpoint');
  const { origin, size, root, predecessor } = checkpoint;
  demand(file.origin === origin && file.treeSize === size, 'origin, treeSize', 'differs');
  const trees = new Map([[size, root]]);
  for (const older of file.consistency) {
    const [before, ...proof] = [older.root, ...older.proof].map((text) => bytesOf(text, 'consistency', 32));
    trees.set(older.size, before);
    demand(verifyConsistency({ ...older, root: before }, checkpoint, proof), 'consistency', 'prefix');
  }
  if (olderNote !== null) {
    const older = readCheckpoint(olderNote, keys, '--checkpoint');
    demand([origin, predecessor].includes(older.origin), '--checkpoint', 'differs');
    demand(trees.get(older.size)?.equals(older.root), 'consistency', 'prefix');
  }
  const { text } = openNote(file.head, keys.filter(validFor(origin, size)), 'head');
  const [, , records, lastLeaf] = text.split('\n');
  const stated = [`${origin}/case-head`, file.caseId, records, lastLeaf, size, root.toString('base64'), ''];
  demand(text === stated.join('\n'), 'head', 'differs');
  const state = checkRecords(file, checkpoint);
  demand(records === String(file.records.length), 'head', 'count');
  demand(bytesOf(lastLeaf, 'head', 32).toString('hex') === state.previous, 'head', 'hash');
  const names = [`Fall ${file.caseId}`, `Case ${file.caseId}`];
  return { ...state, names, file, origin, size, count: file.records.length };
}
const blank = { field: null, fault: null, record: null, leafIndex: null, totals: [] };
const unusable = ({ message }) => ({ ...blank, code: 2, lines: [`Nicht prüfbar / unusable: ${message}`] });
/** The verdict on a check, which answers what it found or throws what is wrong. */
export function judge(pinned, check) {
  try {
    const { names, file, count, at, origin, size, accounts } = check(pinned && readKey(pinned, '--key'));
    const log = `${at} (${origin}, ${size})`;
    const lines = [`${names[0]}: vollständig, unverändert; ${count} Nachweise bis ${log}.`];
    lines.push(`${names[1]}: complete, unchanged; ${count} records up to ${log}.`);
    const print = `SHA-256 ${hexOf(file.keys[0].verifierKey)}`;
    if (!pinned) lines.push(`Schlüssel aus der Datei selbst / key taken from the file itself: ${print}`);
    const totals = Object.keys(stages).map((stage) => {
      const own = [...accounts.values()].filter((account) => account.stage === stage);
      const sum = (name) => own.reduce((cents, account) => cents + account[name], 0n);
      return { stage, totalCents: sum('total'), balanceCents: sum('balance') };
    });
    return { ...blank, code: 0, lines, totals };
  } catch (error) {
    const { field, fault, record, leafIndex } = error;
    if (fault === undefined) return unusable(error);
    const [de, en] = record ? [`Nachweis ${record} (Blatt`, `Record ${record} (leaf`] : ['Datei', 'File'];
    const place = record ? ` ${leafIndex})` : '';
    const lines = [`${de}${place}, Feld ${field}: ${faults[fault][0]}.`];
    lines.push(`${en}${place}, field ${field}: ${faults[fault][1]}.`);
    return { ...blank, code: field === '--key' ? 2 : 1, lines, field, fault, record, leafIndex };
  }
}
/** Checks the text of a case file; `key` is one you trust, `checkpoint` one you kept. Types: the .d.mts beside. */
export function verify(text, { key = null, checkpoint = null } = {}) {
  return judge(key, (pinned) => {
    const file = JSON.parse(text);
    if (file.format !== 'foerderbuch-case-file/1') throw new Error('format');
    return checkFile(file, pinned, checkpoint);
  });
}
async function main() {
  const options = { key: { type: 'string' }, checkpoint: { type: 'string' } };
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const path = positionals.join();
  if (values.checkpoint) values.checkpoint = readFileSync(values.checkpoint, 'utf8');
  const beside = new URL('whole-record.mjs', import.meta.url); // imports this file, hence not by name above
  if (path.endsWith('.jsonl')) return (await import(beside)).verifyWhole(path, values);
  return verify(readFileSync(path, 'utf8'), values);
}
function say({ code, lines, totals }) {
  const sums = totals.map(({ stage, ...cents }) => {
    const [total, balance] = [cents.totalCents, cents.balanceCents].map((one) => euros.format(`${one}E-2`));
    return `  ${stage} (${stages[stage]}): ${total}, Bestand/balance ${balance}`;
  });
  process.stdout.write(`${[...lines, ...sums].join('\n')}\n`);
  process.exitCode = code;
}
if (process.argv[1] && realpathSync(process.argv[1]) === import.meta.filename)
  main().catch(unusable).then(say); // not awaited, see there
