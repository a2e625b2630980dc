import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addressesForConsistency,
  addressesForInclusion,
  addressesForRoot,
  consistencyProof,
  frontierOf,
  inclusionProof,
  leafHash,
  newNodes,
  nodeHash,
  rootOf,
  storedConsistencyProof,
  storedInclusionProof,
  storedRoot,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type NodeAddress,
  type NodeLookup,
} from './merkle.js';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');

// The reference tree of the certificate-transparency project (merkle_tree_test.cc): eight entries, the roots of
// every prefix, and proofs. Leaves are counted from 0 here, from 1 there.
const entries = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const paths = [
  { index: 0, size: 1, path: [] },
  {
    index: 0,
    size: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    index: 5,
    size: 8,
    path: [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  { index: 2, size: 3, path: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
  {
    index: 1,
    size: 5,
    path: [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];
const proofs = [
  { first: 1, second: 1, path: [] },
  {
    first: 1,
    second: 8,
    path: [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  },
  {
    first: 6,
    second: 8,
    path: [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  },
  {
    first: 2,
    second: 5,
    path: [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  },
];

const reference = entries.map((entry) => leafHash(bytes(entry)));
const rootAt = (size: number): Hash => bytes(roots[size] ?? '');

describe('the reference vectors of certificate transparency', () => {
  it.each(roots.map((root, size) => ({ root, size })))('root of the first $size leaves', ({ root, size }) => {
    expect(hex(rootOf(reference.slice(0, size)))).toBe(root);
  });

  it.each(paths)('inclusion of leaf $index in a tree of $size', ({ index, size, path }) => {
    const proof = inclusionProof(reference.slice(0, size), index);
    expect(proof.map(hex)).toEqual(path);
    expect(verifyInclusion(reference[index] ?? bytes(''), { index, size }, proof, rootAt(size))).toBe(true);
  });

  it.each(proofs)('consistency of $first and $second leaves', ({ first, second, path }) => {
    const proof = consistencyProof(reference.slice(0, second), first);
    expect(proof.map(hex)).toEqual(path);
    const [older, younger] = [first, second].map((size) => ({ size, root: rootAt(size) }));
    expect(older && younger && verifyConsistency(older, younger, proof)).toBe(true);
  });
});

/** The recursive definition of RFC 9162 section 2.1.1, as the other opinion on every root. */
function definedRoot(leaves: readonly Hash[]): Hash {
  const [only, ...rest] = leaves;
  if (only === undefined) return rootAt(0);
  if (rest.length === 0) return only;
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

/** A tree as the database keeps it: nodes by level and index, appended in batches. */
class Shelf {
  readonly nodes = new Map<string, Hash>();
  size = 0;

  append(leaves: readonly Hash[]): void {
    const allowed = this.reading(frontierOf(this.size));
    for (const { level, index, hash } of newNodes(this.size, leaves, allowed)) {
      expect(this.nodes.has(`${level}/${index}`)).toBe(false);
      this.nodes.set(`${level}/${index}`, hash);
    }
    this.size += leaves.length;
  }

  /** A lookup that knows only what was announced: else the O(log n) promise would be untested. */
  reading(announced: readonly NodeAddress[]): NodeLookup {
    const names = new Set(announced.map(({ level, index }) => `${level}/${index}`));
    return (level, index) => {
      const hash = names.has(`${level}/${index}`) ? this.nodes.get(`${level}/${index}`) : undefined;
      if (hash === undefined) throw new RangeError(`node ${level}/${index} was not announced`);
      return hash;
    };
  }
}

const many = Array.from({ length: 200 }, (_, number) => leafHash(Buffer.from(`record ${number}`)));
const flipped = (hash: Hash, bit: number): Hash =>
  Uint8Array.from(hash, (byte, at) => (at === Math.floor(bit / 8) % 32 ? byte ^ (1 << (bit % 8)) : byte));
const manyRoots = Array.from({ length: many.length + 1 }, (_, size) => definedRoot(many.slice(0, size)));
const prefixRoot = (size: number): Hash => manyRoots[size] ?? bytes('');
const anySize = fc.integer({ min: 1, max: many.length });
const anyBit = fc.nat({ max: 255 });

describe('the stored tree', () => {
  it('agrees with the definition for every size up to 200, however the leaves were batched', () => {
    const shelf = new Shelf();
    for (let step = 1; shelf.size < many.length; step = (step % 7) + 1) {
      shelf.append(many.slice(shelf.size, shelf.size + step));
    }
    for (let size = 0; size <= many.length; size += 1) {
      const root = storedRoot(size, shelf.reading(addressesForRoot(size)));
      expect(hex(root)).toBe(hex(prefixRoot(size)));
      expect(addressesForRoot(size).length).toBeLessThanOrEqual(8);
    }
  });

  it('proves leaves and older sizes of trees of every size from announced nodes only', () => {
    const shelf = new Shelf();
    shelf.append(many);
    const failures: string[] = [];
    for (let size = 1; size <= many.length; size += 1) {
      const root = prefixRoot(size);
      for (let index = size % 5; index < size; index += 5) {
        const announced = addressesForInclusion(index, size);
        const proof = storedInclusionProof(index, size, shelf.reading(announced));
        const holds = verifyInclusion(many[index] ?? root, { index, size }, proof, root);
        if (!holds || announced.length > 16) failures.push(`leaf ${index} of ${size}`);
      }
      for (let first = size % 5; first <= size; first += 5) {
        const announced = addressesForConsistency(first, size);
        const proof = storedConsistencyProof(first, size, shelf.reading(announced));
        const older = { size: first, root: prefixRoot(first) };
        if (!verifyConsistency(older, { size, root }, proof)) failures.push(`${first} before ${size}`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('keeps fewer inner nodes than leaves', () => {
    expect(newNodes(0, many, () => rootAt(0)).filter(({ level }) => level > 0).length).toBeLessThan(
      many.length,
    );
  });
});

describe('what a proof refuses', () => {
  it('a flipped bit anywhere in an inclusion proof, another index, a longer or shorter path', () => {
    fc.assert(
      fc.property(anySize, fc.nat(), fc.nat(), anyBit, (size, anyIndex, anyPlace, bit) => {
        const index = anyIndex % size;
        const leaves = many.slice(0, size);
        const hashes = [leaves[index] ?? rootAt(0), rootOf(leaves), ...inclusionProof(leaves, index)];
        const holds = ([leaf, root, ...proof]: Hash[], at = index): boolean =>
          leaf !== undefined && root !== undefined && verifyInclusion(leaf, { index: at, size }, proof, root);
        const place = anyPlace % hashes.length;
        expect(holds(hashes)).toBe(true);
        expect(holds(hashes.map((hash, at) => (at === place ? flipped(hash, bit) : hash)))).toBe(false);
        expect(holds(hashes, (index + 1 + (anyPlace % size)) % (size + 1))).toBe(
          (index + 1 + (anyPlace % size)) % (size + 1) === index,
        );
        expect(holds([...hashes, rootAt(0)])).toBe(false);
        if (hashes.length > 2) expect(holds(hashes.slice(0, -1))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('a flipped bit anywhere in a consistency proof, swapped trees, a longer or shorter path', () => {
    fc.assert(
      fc.property(anySize, fc.nat(), fc.nat(), anyBit, (size, anyFirst, anyPlace, bit) => {
        const first = 1 + (anyFirst % size);
        const leaves = many.slice(0, size);
        const hashes = [rootOf(many.slice(0, first)), rootOf(leaves), ...consistencyProof(leaves, first)];
        const holds = ([older, younger, ...proof]: Hash[]): boolean =>
          older !== undefined &&
          younger !== undefined &&
          verifyConsistency({ size: first, root: older }, { size, root: younger }, proof);
        const place = anyPlace % hashes.length;
        expect(holds(hashes)).toBe(true);
        expect(holds(hashes.map((hash, at) => (at === place ? flipped(hash, bit) : hash)))).toBe(false);
        expect(holds([...hashes, rootAt(0)])).toBe(false);
        if (hashes.length > 2) expect(holds(hashes.slice(0, -1))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('what lies outside the tree', () => {
    expect(() => inclusionProof(reference, 8)).toThrow(RangeError);
    expect(() => consistencyProof(reference, 9)).toThrow(RangeError);
    expect(() => storedRoot(-1, () => rootAt(0))).toThrow(RangeError);
    expect(() => storedRoot(1.5, () => rootAt(0))).toThrow(RangeError);
    expect(verifyInclusion(rootAt(1), { index: 1, size: 1 }, [], rootAt(1))).toBe(false);
    expect(verifyConsistency({ size: 2, root: rootAt(2) }, { size: 1, root: rootAt(1) }, [])).toBe(false);
    expect(verifyConsistency({ size: 0, root: rootAt(1) }, { size: 1, root: rootAt(1) }, [])).toBe(false);
  });
});
