import type { Hash } from '../kernel/merkle.js';
import { InstantField, IntegerField, ListField, ObjectField, TextField } from '../platform/http/fields.js';
import { text } from '../platform/http/kinds.js';
import type { CaseFile } from './case-file.js';
import type { Consistency, Inclusion, PublishedCheckpoint } from './proof.service.js';
import type { SignedCheckpoint } from './sealing.repository.js';

const base64 = (hash: Hash): string => Buffer.from(hash).toString('base64');
const HASH = { min: 44, max: 44, example: 'rOURoqBemVoA8mU0UNGsa+zn05z0NKD+v31KEhQfUG8=' };
const NOTE = {
  max: 10_000,
  multiline: true,
  example: 'foerderbuch.local/694bd4d5\n122\nrOURoqBe...=\n',
} as const;
const hashes = text(HASH);

export class LogKeyView {
  @TextField({
    de: 'Prüfschlüssel: Name, Kennung und öffentlicher Ed25519-Schlüssel',
    en: 'verifier key: name, id and public Ed25519 key',
    max: 300,
    example: 'foerderbuch.local/694bd4d5+f3c50509+AXo...',
  })
  verifierKey!: string;

  @IntegerField({
    de: 'unterschreibt ab diesem Stand',
    en: 'signs from this tree size on',
    max: Number.MAX_SAFE_INTEGER,
  })
  fromSize!: number;

  @TextField({
    de: 'Übergabe, vom Vorgänger unterschrieben',
    en: 'handover, signed by the key before',
    nullable: true,
    ...NOTE,
  })
  endorsement!: string | null;
}

export class CheckpointView {
  @IntegerField({
    de: 'Epoche; eine Wiederherstellung beginnt eine neue',
    en: 'epoch; a restore begins a new one',
    min: 1,
  })
  epoch!: number;

  @IntegerField({ de: 'Blätter', en: 'leaves', max: Number.MAX_SAFE_INTEGER, example: 4711 })
  size!: number;

  @TextField({ de: 'Wurzel des Baums (SHA-256, Base64)', en: 'root of the tree (SHA-256, base64)', ...HASH })
  root!: string;

  @TextField({
    de: 'unterschriebener Prüfpunkt',
    en: 'signed checkpoint',
    source: 'c2sp.org/tlog-checkpoint',
    ...NOTE,
  })
  note!: string;

  @InstantField({ de: 'unterschrieben', en: 'signed' })
  signedAt!: string;

  static of({ epoch, size, root, note, signedAt }: SignedCheckpoint): CheckpointView {
    return Object.assign(new CheckpointView(), { epoch, size, root: base64(root), note, signedAt });
  }
}

export class PublishedCheckpointView extends CheckpointView {
  @ListField({ of: LogKeyView, de: 'alle Schlüssel, die ältesten zuerst', en: 'all keys, the oldest first' })
  keys!: LogKeyView[];

  static override of(checkpoint: PublishedCheckpoint): PublishedCheckpointView {
    const keys = checkpoint.keys.map(({ verifierKey, fromSize, endorsement }) =>
      Object.assign(new LogKeyView(), { verifierKey, fromSize, endorsement }),
    );
    return Object.assign(new PublishedCheckpointView(), CheckpointView.of(checkpoint), { keys });
  }
}

export class InclusionView {
  @IntegerField({
    de: 'Nummer des Eintrags',
    en: 'number of the record',
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
  })
  recordId!: number;

  @IntegerField({ de: 'Nummer des Blatts', en: 'number of the leaf', max: Number.MAX_SAFE_INTEGER })
  leafIndex!: number;

  @TextField({ de: 'Hashwert des Blatts', en: 'hash of the leaf', ...HASH })
  leafHash!: string;

  @ListField({
    of: hashes,
    max: 64,
    de: 'Weg vom Blatt zur Wurzel',
    en: 'path from the leaf to the root',
    source: 'RFC 9162, 2.1.3',
  })
  proof!: string[];

  @ObjectField({
    of: CheckpointView,
    de: 'Prüfpunkt, zu dem der Weg führt',
    en: 'checkpoint the path leads to',
  })
  checkpoint!: CheckpointView;

  static of({ recordId, leafIndex, leafHash, proof, checkpoint }: Inclusion): InclusionView {
    return Object.assign(new InclusionView(), {
      ...{ recordId, leafIndex, leafHash: base64(leafHash), proof: proof.map(base64) },
      checkpoint: CheckpointView.of(checkpoint),
    });
  }
}

export class ConsistencyView {
  @ObjectField({ of: CheckpointView, de: 'älterer Prüfpunkt', en: 'older checkpoint' })
  from!: CheckpointView;

  @ObjectField({ of: CheckpointView, de: 'neuerer Prüfpunkt', en: 'younger checkpoint' })
  to!: CheckpointView;

  @ListField({ of: hashes, max: 64, de: 'Beweis', en: 'proof', source: 'RFC 9162, 2.1.4' })
  proof!: string[];

  static of({ from, to, proof }: Consistency): ConsistencyView {
    return Object.assign(new ConsistencyView(), {
      from: CheckpointView.of(from),
      to: CheckpointView.of(to),
      proof: proof.map(base64),
    });
  }
}

class CaseFileRecordView {
  @IntegerField({ de: 'Nummer des Blatts', en: 'number of the leaf', max: Number.MAX_SAFE_INTEGER })
  leafIndex!: number;

  @TextField({
    de: 'Eintrag, wie er versiegelt ist (Base64)',
    en: 'record as it is sealed (base64)',
    max: 10_000_000,
    example: 'e30=',
  })
  body!: string;

  @ListField({ of: hashes, max: 64, de: 'Weg zur Wurzel', en: 'path to the root' })
  inclusion!: string[];

  @TextField({
    de: 'Anteil dieses Falls an einem Eintrag mehrerer Fälle',
    en: 'share of this case in a record of several',
    max: 10_000_000,
    nullable: true,
    example: null,
  })
  part!: string | null;

  @ListField({
    of: text({ max: 10_000_000 }),
    max: 100_000,
    de: 'Zeilenänderungen im Wortlaut (Base64)',
    en: 'row changes in full (base64)',
    nullable: true,
  })
  rows!: string[] | null;
}

class CaseFileTreeView {
  @IntegerField({ de: 'Stand', en: 'tree size', max: Number.MAX_SAFE_INTEGER })
  size!: number;

  @TextField({ de: 'Wurzel', en: 'root', ...HASH })
  root!: string;

  @ListField({ of: hashes, max: 64, de: 'Beweis', en: 'proof' })
  proof!: string[];
}

/** The file as `foerderbuch-verify` reads it; case-file.ts says what each member means. */
export class CaseFileView {
  @TextField({ de: 'Format', en: 'format', example: 'foerderbuch-case-file/1' })
  format!: string;

  @TextField({ de: 'Name des Protokolls', en: 'name of the log', example: 'foerderbuch.local/694bd4d5' })
  origin!: string;

  @TextField({ de: 'Fall', en: 'case', example: '0190b5a0-0000-7000-8000-000000000001' })
  caseId!: string;

  @IntegerField({ de: 'Blätter des Baums', en: 'leaves of the tree', max: Number.MAX_SAFE_INTEGER })
  treeSize!: number;

  @ListField({ of: LogKeyView, de: 'Schlüssel', en: 'keys' })
  keys!: LogKeyView[];

  @TextField({ de: 'unterschriebener Prüfpunkt', en: 'signed checkpoint', ...NOTE })
  checkpoint!: string;

  @TextField({ de: 'unterschriebener Stand des Falls', en: 'signed head of the case', ...NOTE })
  head!: string;

  @ListField({
    of: CaseFileRecordView,
    max: 100_000,
    de: 'Einträge in der Folge des Falls',
    en: 'records in the order of the case',
  })
  records!: CaseFileRecordView[];

  @ListField({ of: CaseFileTreeView, de: 'enthaltene ältere Stände', en: 'older trees contained' })
  consistency!: CaseFileTreeView[];

  static of(file: CaseFile): CaseFileView {
    return Object.assign(new CaseFileView(), file);
  }
}
