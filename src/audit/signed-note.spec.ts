import { describe, expect, it } from '@jest/globals';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import {
  checkpointText,
  noteSigner,
  openNote,
  parseCheckpoint,
  parseCheckpointHead,
  parseVerifierKey,
  signNote,
  verifierKey,
  type Checkpoint,
} from './signed-note.js';

// Published vectors of golang.org/x/mod/sumdb/note (note_test.go).
const peterText = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const peterSecret = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';
const enochText = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop';
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
const enochLine =
  '\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n';
const peter = parseVerifierKey(peterText);
const enoch = parseVerifierKey(enochText);

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const seed = Buffer.from(peterSecret, 'base64').subarray(1);
const peterPrivate = createPrivateKey({
  key: Buffer.concat([pkcs8Prefix, seed]),
  format: 'der',
  type: 'pkcs8',
});

describe('verifier keys', () => {
  it.each([
    peterText,
    enochText,
    // The key of the example of c2sp.org/signed-note as other implementations test it.
    'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
    'TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6',
  ])('%s is read and written back', (line) => {
    const key = parseVerifierKey(line);
    expect(key.text).toBe(line);
    expect(verifierKey(key.name, key.publicKey).text).toBe(line);
  });

  it('refuses every piece and every changed byte of a key', () => {
    const accepted = (line: string): boolean => {
      try {
        parseVerifierKey(line);
        return true;
      } catch {
        return false;
      }
    };
    for (let from = 0; from < peterText.length; from += 1) {
      for (let to = from + 1; to <= peterText.length; to += 1) {
        if (to - from < peterText.length) expect(accepted(peterText.slice(from, to))).toBe(false);
      }
      const next = String.fromCharCode(peterText.charCodeAt(from) + 1);
      expect(accepted(peterText.slice(0, from) + next + peterText.slice(from + 1))).toBe(false);
    }
    expect(accepted('PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==')).toBe(
      false,
    );
    expect(accepted('PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')).toBe(false);
  });

  it('refuses names with spaces or plus and keys of another kind', () => {
    expect(() => verifierKey('a b', peter.publicKey)).toThrow(RangeError);
    expect(() => verifierKey('a+b', peter.publicKey)).toThrow(RangeError);
    expect(() => verifierKey('', peter.publicKey)).toThrow(RangeError);
    expect(() => verifierKey('a', generateKeyPairSync('x25519').publicKey)).toThrow(RangeError);
  });
});

describe('signed notes', () => {
  it('writes the published note byte for byte', () => {
    const signer = noteSigner('PeterNeumann', peterPrivate);
    expect(signer.key.text).toBe(peterText);
    expect(signNote(text, [signer])).toBe(`${text}\n${peterLine}`);
  });

  it('opens it with one key, with both, and passes over signatures of unknown keys', () => {
    const note = `${text}\n${peterLine}${enochLine}`;
    expect(openNote(note, [peter])).toEqual({ text, signedBy: [peter] });
    expect(openNote(note, [enoch, peter])).toEqual({ text, signedBy: [peter, enoch] });
    expect(openNote(`${text}\n${peterLine}${peterLine}`, [peter]).signedBy).toEqual([peter]);
  });

  const malformed: [string, string][] = [
    ['no signature', text],
    ['no signature line', `${text}\n`],
    ['no final newline', `${text}\n${peterLine.slice(0, -1)}`],
    ['a control character', `\u0001${text}\n${peterLine}`],
    ['a carriage return', `${text.replace('\n', '\r\n')}\n${peterLine}`],
    ['a lone surrogate', `\ud800${text}\n${peterLine}`],
    ['a name with a space', `${text}\n\u2014 Bad Name ${peterLine.slice(15)}`],
    ['a hyphen for the dash', `${text}\n${peterLine.replace('\u2014', '-')}`],
    ['another line behind', `${text}\n${peterLine}Unexpected line.\n`],
    ['101 signatures', `${text}\n${peterLine.repeat(101)}`],
    ['a longer signature', `${text}\n${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`],
    ['base64 in another spelling', `${text}\n${peterLine.replace('nAM=', 'nAN=')}`],
    ['only an unknown key', `${text}\n${enochLine}`],
    ['a changed text', `${text.replace('answer', 'Answer')}\n${peterLine}`],
  ];
  it.each(malformed)('refuses a note with %s', (_, note) => {
    expect(() => openNote(note, [peter])).toThrow(SyntaxError);
  });

  it('refuses the whole note when one of two known signatures fails', () => {
    const forged = enochLine.replace('rwz+eBzm', 'rwz+eBzn');
    expect(() => openNote(`${text}\n${peterLine}${forged}`, [peter, enoch])).toThrow('EnochRoot+af0cfe78');
  });

  it('notices every flipped bit of text and signature', () => {
    const note = Buffer.from(`${text}\n${peterLine}`);
    let accepted = 0;
    for (let bit = 0; bit < note.length * 8; bit += 1) {
      const changed = Buffer.from(note);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      try {
        openNote(changed.toString('utf8'), [peter]);
        accepted += 1;
      } catch {
        continue;
      }
    }
    expect(accepted).toBe(0);
  });
});

describe('checkpoints', () => {
  const root = Buffer.alloc(32, 7);
  const plain: Checkpoint = {
    origin: 'foerderbuch.example/log',
    size: 4711,
    root,
    epoch: 1,
    watermark: 18_446_744_073_709_551_615n,
    commits: null,
  };
  const restored: Checkpoint = {
    ...plain,
    origin: 'foerderbuch.example/log-2',
    epoch: 2,
    commits: { origin: plain.origin, size: 4700, root },
  };

  it.each([plain, restored])('are read as they were written ($origin)', (checkpoint) => {
    expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint);
  });

  it('have the published form', () => {
    // The example of c2sp.org/tlog-checkpoint.
    const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
    const head = parseCheckpointHead(body);
    expect(head.origin).toBe('example.com/behind-the-sofa');
    expect(head.size).toBe(20_852_163);
    expect(Buffer.from(head.root).toString('hex').slice(0, 8)).toBe('0ac5186a');
    expect(checkpointText(plain)).toBe(
      `foerderbuch.example/log\n4711\n${root.toString('base64')}\nepoch 1\nwatermark 18446744073709551615\n`,
    );
  });

  const lines = checkpointText(restored).split('\n');
  const withLine = (at: number, line: string): string =>
    lines.map((old, n) => (n === at ? line : old)).join('\n');
  it.each([
    ['a leading zero', withLine(1, '04711')],
    ['a negative size', withLine(1, '-1')],
    ['a size beyond 2^53', withLine(1, '9007199254740993')],
    ['a short root', withLine(2, 'CsUYapGG')],
    ['an empty origin', withLine(0, '')],
    ['no epoch', withLine(3, 'watermark 1')],
    ['epoch zero', withLine(3, 'epoch 0')],
    ['a watermark in hexadecimal', withLine(4, 'watermark 0x1')],
    ['half a commitment', withLine(5, 'commits foerderbuch.example/log 4700')],
    ['an unknown line', withLine(5, 'comment hello')],
    ['a line too many', withLine(6, 'more\n')],
    ['no final newline', lines.join('\n').slice(0, -1)],
  ])('with %s are refused', (_, body) => {
    expect(() => parseCheckpoint(body)).toThrow(SyntaxError);
  });
});
