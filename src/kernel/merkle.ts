/**
 * The Merkle tree of RFC 6962 / RFC 9162 section 2.1 over SHA-256.
 *
 * Why a tree and not a chain: a chain proves one record only together with all others. Here a single record is
 * proved by about log2(n) hashes, and that a younger tree still contains every older one by about as many.
 *
 * Two forms share one set of formulas. A proof is first a list of leaf ranges; a range is a run of complete
 * subtrees. In memory the subtree hashes come from the leaves; in the database they come from the stored nodes
 * named by `addressesFor...`, so that a proof reads O(log n) rows by primary key.
 *
 * Sizes and indexes are safe integers (2^53 - 1 leaves); every function throws RangeError beyond its domain.
 */
import { createHash } from 'node:crypto';

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array;

/** A complete subtree: it covers the leaves [index * 2^level, (index + 1) * 2^level). Level 0 is a leaf. */
export interface NodeAddress {
  readonly level: number;
  readonly index: number;
}

export interface StoredNode extends NodeAddress {
  readonly hash: Hash;
}

/** Reads the hash of a complete subtree; throws when it is not there, a proof must never be guessed. */
export type NodeLookup = (level: number, index: number) => Hash;

/** Leaves [begin, end) of which every subtree in `addressesOf` is complete. */
interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

// The two prefixes keep a leaf from ever being read as an inner node (second pre-image, RFC 6962 section 2.1).
const leafPrefix = Uint8Array.of(0x00);
const nodePrefix = Uint8Array.of(0x01);

/** Hash of one entry, the bytes exactly as stored. */
export function leafHash(entry: Uint8Array): Hash {
  return createHash('sha256').update(leafPrefix).update(entry).digest();
}

/** Hash of an inner node. */
export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(): Hash {
  return createHash('sha256').digest();
}

/** Root over leaf hashes. */
export function rootOf(leaves: readonly Hash[]): Hash {
  return storedRoot(leaves.length, lookupOver(leaves));
}

/** Audit path of leaf `index` in the tree of all `leaves` (leaf hashes), from the leaf upwards. */
export function inclusionProof(leaves: readonly Hash[], index: number): Hash[] {
  return storedInclusionProof(index, leaves.length, lookupOver(leaves));
}

/** Proof that the tree of the first `first` leaves is a prefix of the tree of all `leaves` (leaf hashes). */
export function consistencyProof(leaves: readonly Hash[], first: number): Hash[] {
  return storedConsistencyProof(first, leaves.length, lookupOver(leaves));
}

/** Which stored nodes `storedRoot` reads. */
export function addressesForRoot(size: number): NodeAddress[] {
  return addressesOf({ begin: 0, end: assertCount(size) });
}

/** Which stored nodes `storedInclusionProof` reads. */
export function addressesForInclusion(index: number, size: number): NodeAddress[] {
  return inclusionRanges(index, size).flatMap(addressesOf);
}

/** Which stored nodes `storedConsistencyProof` reads. */
export function addressesForConsistency(first: number, second: number): NodeAddress[] {
  return consistencyRanges(first, second).flatMap(addressesOf);
}

/**
 * Which stored nodes `newNodes` may read when appending to a tree of `size` leaves: the complete subtrees on its
 * right edge, one per binary one of `size`.
 */
export function frontierOf(size: number): NodeAddress[] {
  return addressesForRoot(size);
}

/** Root of the first `size` leaves of a stored tree. */
export function storedRoot(size: number, lookup: NodeLookup): Hash {
  return assertCount(size) === 0 ? emptyRoot() : hashOf({ begin: 0, end: size }, lookup);
}

/** Audit path of leaf `index` in the stored tree of `size` leaves. */
export function storedInclusionProof(index: number, size: number, lookup: NodeLookup): Hash[] {
  return inclusionRanges(index, size).map((range) => hashOf(range, lookup));
}

/** Proof that the stored tree of `first` leaves is a prefix of that of `second` leaves. */
export function storedConsistencyProof(first: number, second: number, lookup: NodeLookup): Hash[] {
  return consistencyRanges(first, second).map((range) => hashOf(range, lookup));
}

/**
 * All complete subtrees that come into being when `leaves` (hashes) are appended to a stored tree of `size`
 * leaves: the leaves themselves (level 0) and every inner node that is now full. Fewer than 2 * leaves + 63.
 */
export function newNodes(size: number, leaves: readonly Hash[], lookup: NodeLookup): StoredNode[] {
  assertCount(size + leaves.length);
  const nodes: StoredNode[] = [];
  const lastOnLevel = new Map<number, StoredNode>();
  leaves.forEach((leaf, offset) => {
    let node: StoredNode = { level: 0, index: assertCount(size) + offset, hash: leaf };
    nodes.push(node);
    while (node.index % 2 === 1) {
      const known = lastOnLevel.get(node.level);
      const left = known?.index === node.index - 1 ? known.hash : lookup(node.level, node.index - 1);
      node = { level: node.level + 1, index: (node.index - 1) / 2, hash: nodeHash(left, node.hash) };
      nodes.push(node);
    }
    lastOnLevel.set(node.level, node);
  });
  return nodes;
}

/** Whether `proof` leads from `leaf` at `index` to `root` of the tree of `size` leaves (RFC 9162, 2.1.3.2). */
export function verifyInclusion(
  leaf: Hash,
  position: { readonly index: number; readonly size: number },
  proof: readonly Hash[],
  root: Hash,
): boolean {
  const { index, size } = position;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(hash, root);
}

/** A tree as a checkpoint states it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Hash;
}

/** Whether `proof` shows that tree `first` is a prefix of tree `second` (RFC 9162, 2.1.4.2). */
export function verifyConsistency(first: TreeHead, second: TreeHead, proof: readonly Hash[]): boolean {
  if (!isCount(first.size) || !isCount(second.size) || first.size > second.size) return false;
  // The RFC leaves both borders open: nothing is a prefix of everything, and a tree is a prefix of itself.
  if (first.size === 0) return proof.length === 0 && sameHash(first.root, emptyRoot());
  if (first.size === second.size) return proof.length === 0 && sameHash(first.root, second.root);
  const path = isPowerOfTwo(first.size) ? [first.root, ...proof] : proof;
  const [start, ...rest] = path;
  if (start === undefined || proof.length === 0) return false;
  let node = first.size - 1;
  let last = second.size - 1;
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let oldHash = start;
  let newHash = start;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameHash(oldHash, first.root) && sameHash(newHash, second.root);
}

/** PATH(m, D[n]) of RFC 9162 section 2.1.3.1, as ranges from the leaf upwards. */
function inclusionRanges(index: number, size: number): LeafRange[] {
  if (assertCount(index) >= assertCount(size))
    throw new RangeError(`leaf ${index.toString()} is not in a tree of ${size.toString()}`);
  const ranges: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const split = begin + largestPowerBelow(end - begin);
    if (index < split) {
      ranges.push({ begin: split, end });
      end = split;
    } else {
      ranges.push({ begin, end: split });
      begin = split;
    }
  }
  return ranges.reverse();
}

/** PROOF(m, D[n]) of RFC 9162 section 2.1.4.1, as ranges; empty for m = 0 and m = n. */
function consistencyRanges(first: number, second: number): LeafRange[] {
  if (assertCount(first) > assertCount(second))
    throw new RangeError(`${first.toString()} is beyond a tree of ${second.toString()}`);
  if (first === 0) return [];
  const ranges: LeafRange[] = [];
  let begin = 0;
  let end = second;
  while (end !== first) {
    const split = begin + largestPowerBelow(end - begin);
    if (first <= split) {
      ranges.push({ begin: split, end });
      end = split;
    } else {
      ranges.push({ begin, end: split });
      begin = split;
    }
  }
  // Once the walk has left the left edge, the old root is no longer the subtree the verifier already holds.
  if (begin > 0) ranges.push({ begin, end });
  return ranges.reverse();
}

/** The complete subtrees of a range, largest first, as the binary ones of its length. */
function addressesOf({ begin, end }: LeafRange): NodeAddress[] {
  const addresses: NodeAddress[] = [];
  for (let from = begin; from < end;) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - from) [level, width] = [level + 1, width * 2];
    addresses.push({ level, index: from / width });
    from += width;
  }
  return addresses;
}

function hashOf(range: LeafRange, lookup: NodeLookup): Hash {
  return addressesOf(range)
    .map(({ level, index }) => lookup(level, index))
    .reduceRight((right, left) => nodeHash(left, right));
}

function lookupOver(leaves: readonly Hash[]): NodeLookup {
  const nodes = new Map<string, Hash>();
  for (const { level, index, hash } of newNodes(0, leaves, absent)) nodes.set(nameOf(level, index), hash);
  return (level, index) => nodes.get(nameOf(level, index)) ?? absent(level, index);
}

function nameOf(level: number, index: number): string {
  return `${level.toString()}/${index.toString()}`;
}

function absent(level: number, index: number): never {
  throw new RangeError(`subtree ${index.toString()} of level ${level.toString()} is not complete`);
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

// Bit operators cut at 32 bits; division does not.
function half(count: number): number {
  return Math.floor(count / 2);
}

function isPowerOfTwo(count: number): boolean {
  return largestPowerBelow(count + 1) === count;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function assertCount(value: number): number {
  if (!isCount(value)) throw new RangeError(`${value.toString()} is not a count of leaves`);
  return value;
}

function sameHash(one: Hash, other: Hash): boolean {
  return Buffer.from(one).equals(other);
}
