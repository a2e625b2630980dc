// Checks the whole record of an installation of Förderbuch, as `npm run audit:export` writes it (its form:
// src/audit/whole-record.ts): the tree is built anew from every record, every case and every account is followed.
// Reads the file piece by piece, because it may be larger than the memory. Started by foerderbuch-verify.mjs.
import { isAscii } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import {
  canonical,
  decode,
  demand,
  half,
  isCount,
  isObject,
  judge,
  readBody,
  readCheckpoint,
  readPart,
  sha256,
  trustedKeys,
} from './foerderbuch-verify.mjs';

function* chunksOf(path) {
  const [file, chunk] = [openSync(path), Buffer.alloc(1 << 22)];
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk))
      yield chunk.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** The lines of a file, as bytes. Each lies behind one byte that is free to be written. */
function* linesOf(chunks) {
  let rest = Buffer.alloc(1);
  for (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    let start = 1;
    for (let end = bytes.indexOf(10, start); end >= 0; end = bytes.indexOf(10, start)) {
      yield bytes.subarray(start - 1, end);
      start = end + 1;
    }
    rest = bytes.subarray(start - 1);
  }
}

/** A number that has no spelling as short as its own; of 1200 there is 12e2. */
const isPlain = (value) => Number.isSafeInteger(value) && (value === 0 || value % 100 !== 0);

/** How long the canonical spelling of a value is, if it needs no escapes; NaN where the value has none. */
function lengthOf(value) {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') return isPlain(value) ? String(value).length : NaN;
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (Array.isArray(value))
    return value.reduce((sum, item) => sum + lengthOf(item), Math.max(2, value.length + 1));
  let [sum, count, before] = [0, 0, null];
  for (const name in value) {
    if (before !== null && before >= name) return NaN;
    sum += name.length + 3 + lengthOf(value[name]);
    [count, before] = [count + 1, name];
  }
  return sum + Math.max(2, count + 1);
}

/**
 * The same judgement as `decode`, without spelling everything out. In ASCII without escapes every other spelling of
 * such a value is longer, so what has its members in order and its length is canonical. All else is left to `decode`.
 */
function decodeQuickly(bytes, field) {
  if (!isAscii(bytes) || bytes.includes(0x5c)) return decode(bytes, field);
  const text = bytes.latin1Slice();
  try {
    const value = JSON.parse(text);
    if (isObject(value) && lengthOf(value) === text.length) return value;
  } catch {
    // decided below
  }
  return decode(bytes, field);
}

const pair = Buffer.alloc(65, 1);

/** RFC 9162: the hash of an inner node, without making a buffer for each. */
function nodeHash(left, right) {
  left.copy(pair, 1);
  right.copy(pair, 33);
  return sha256(pair);
}

/** RFC 9162: the hash of a leaf, over the bytes behind the free one. */
function leafHash(line) {
  line[0] = 0;
  return sha256(line);
}

/**
 * Takes number n of a case or an account after n - 1. A transaction has its place in the log before it has its
 * places in cases and accounts, so that two may come crosswise: the early one waits.
 */
function inTurn(queue, number, field, take) {
  demand(isCount(number) && number > queue.count && !queue.waiting?.has(number), field, 'order');
  if (number > queue.count + 1) {
    (queue.waiting ??= new Map()).set(number, take);
    return;
  }
  for (let next = take; next; next = queue.waiting?.get(queue.count + 1)) {
    queue.count += 1;
    queue.waiting?.delete(queue.count);
    next();
  }
}

/** Each record names, for each of its cases, its number in the case and the leaf of the record before. */
function follow(link, leaf, cases) {
  demand(isObject(link), 'cases', 'form');
  const chain = cases.get(link.caseId) ?? { count: 0, last: null };
  cases.set(link.caseId, chain);
  inTurn(chain, link.sequence, 'sequence', () => {
    demand(link.previous === chain.last, 'previous', 'hash');
    chain.last = leaf;
  });
}

/** Books on every account there is. An account counts its bookings, so a missing one shows. */
function book(transfers, accounts) {
  const touched = new Set();
  for (const [at, transfer] of transfers.entries()) {
    const { debit, credit, amountCents, reverses } = isObject(transfer) ? transfer : {};
    const whole = isObject(debit) && isObject(credit) && /^[1-9]\d{0,18}$/.test(amountCents);
    demand(whole && reverses !== undefined, `transfers[${at}]`, 'form');
    for (const side of [debit, credit]) {
      const { version, ...dimensions } = side;
      const name = canonical(dimensions);
      const account = accounts.get(name) ?? { stage: String(side.stage), balance: 0n, total: 0n, count: 0 };
      accounts.set(name, account);
      touched.add(account);
      inTurn(account, version, `transfers[${at}].${side === debit ? 'debit' : 'credit'}`, () => {
        const moved = side === credit ? BigInt(amountCents) : -BigInt(amountCents);
        account.balance += moved;
        if ((side === credit) === (reverses === null)) account.total += moved;
      });
    }
  }
  for (const { stage, balance, waiting } of touched)
    demand(waiting?.size > 0 || stage.endsWith('outside') || balance >= 0n, 'transfers', 'overdrawn');
}

function checkWhole(file, lines, pinned, olderNote) {
  const keys = trustedKeys(file, pinned);
  const { origin, size, root, predecessor, epoch } = readCheckpoint(file.checkpoint, keys, 'checkpoint');
  demand(file.origin === origin && file.treeSize === size, 'origin, treeSize', 'differs');
  const older = olderNote === null ? null : readCheckpoint(olderNote, keys, '--checkpoint');
  demand(older === null || [origin, predecessor].includes(older.origin), '--checkpoint', 'differs');
  const [cases, accounts, peaks] = [new Map(), new Map(), []];
  const rootNow = () =>
    peaks.length === 0 ? sha256('') : peaks.reduceRight((right, left) => nodeHash(left, right));
  let [index, at] = [0, null];
  for (let next = lines.next(); ; next = lines.next()) {
    if (older?.size === index) demand(rootNow().equals(older.root), '--checkpoint', 'prefix');
    if (next.done) break;
    try {
      demand(index < size, 'body', 'unsealed');
      const line = next.value;
      // The hash beside each record proves nothing, but it tells which record was changed.
      const [stated, text] = [line.toString('latin1', 1, 45), line.subarray(45)];
      demand(text[0] === 0x20, 'body', 'form');
      const leaf = leafHash(text);
      demand(leaf.toString('base64') === stated, 'body', 'hash');
      const body = readBody(text.subarray(1), epoch, decodeQuickly);
      const parts = body.parts.map(() =>
        readPart(lines.next().value?.subarray(1) ?? Buffer.alloc(0), body, decodeQuickly),
      );
      for (const link of [...body.cases, ...parts]) follow(link, leaf.toString('hex'), cases);
      const moved = parts.flatMap(({ transfers }) => transfers);
      book([...body.transfers, ...new Map(moved.map((one) => [one?.id, one])).values()], accounts);
      let [node, place] = [leaf, index];
      for (; place % 2 === 1; place = half(place)) node = nodeHash(peaks.pop(), node);
      peaks.push(node);
      at = body.at;
      index += 1;
    } catch (error) {
      throw Object.assign(error, { record: index + 1, leafIndex: index });
    }
  }
  demand(index === size, 'treeSize', 'count');
  demand(rootNow().equals(root), 'checkpoint', 'root');
  const queues = [...cases.values(), ...accounts.values()];
  demand(!queues.some(({ waiting }) => waiting?.size > 0), 'sequence', 'order');
  demand(older === null || older.size <= size, '--checkpoint', 'prefix');
  const names = [`Gesamter Nachweis (${cases.size} Fälle)`, `Whole record (${cases.size} cases)`];
  return { names, file, accounts, at, origin, size, count: index };
}

/** Checks a whole record, in a file by its path or in memory as bytes; the options are those of `verify`. */
export function verifyWhole(source, { key = null, checkpoint = null } = {}) {
  return judge(key, (pinned) => {
    const lines = linesOf(typeof source === 'string' ? chunksOf(source) : [source]);
    const file = JSON.parse(lines.next().value?.toString('utf8', 1) ?? '');
    if (file.format !== 'foerderbuch-record/1') throw new Error('format');
    return checkWhole(file, lines, pinned, checkpoint);
  });
}
