import { randomBytes } from 'node:crypto';
import type { Actor } from '../kernel/actor.js';
import { canonicalBytes, sha256Hex } from '../kernel/canonical-json.js';
import type { CaseId, CentreId } from '../kernel/ids.js';

/** What a command was about. `version` is the one the command produced, or null where the subject has none. */
export interface AuditSubject {
  readonly type: string;
  readonly id: string;
  readonly version: number | null;
  readonly centreId: CentreId | null;
  readonly caseId: CaseId | null;
}

/** A movement of money as the record keeps it; `caseIds` are the cases of its two accounts. */
export interface RecordedTransfer {
  readonly content: Readonly<Record<string, unknown>>;
  readonly caseIds: readonly CaseId[];
}

/** What the database says of the transaction when its record is about to be written. */
export interface Collected {
  readonly at: string;
  readonly epoch: number;
  readonly cases: readonly { caseId: CaseId; sequence: number; previous: string | null }[];
  readonly rowChanges: readonly CollectedChange[];
}

/** A change of a row, as the journal numbered and hashed it, and the case whose row it is. */
export interface CollectedChange {
  readonly id: number;
  readonly table: string;
  readonly rowId: string;
  readonly operation: string;
  readonly caseId: CaseId | null;
  readonly sha256: string;
}

export interface RecordDraft {
  readonly actor: Actor;
  readonly action: string;
  readonly requestId: string;
  readonly outcome: 'done' | 'refused';
  readonly reason: string | null;
  readonly subjects: readonly AuditSubject[];
  readonly transfers: readonly RecordedTransfer[];
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface SealableRecord {
  readonly body: Uint8Array;
  readonly caseId: CaseId | null;
  readonly centreId: CentreId | null;
  readonly parts: readonly { caseId: CaseId; centreId: CentreId | null; bytes: string }[];
}

/** The cases a command names; the database adds those whose rows it changed. */
export function casesOf(draft: Pick<RecordDraft, 'subjects' | 'transfers'>): CaseId[] {
  const ids = [
    ...draft.subjects.flatMap(({ caseId }) => (caseId === null ? [] : [caseId])),
    ...draft.transfers.flatMap(({ caseIds }) => caseIds),
  ];
  return [...new Set(ids)].sort();
}

/**
 * The bytes that are stored and hashed. They repeat every column of the record but its number and transaction, so
 * that a changed column shows. A record of one case tells all; in a record of several, what belongs to one case
 * goes into that case's part, and the body keeps the part's salted hash: an export shows its own case, no other.
 */
export function sealableRecord(draft: RecordDraft, collected: Collected): SealableRecord {
  const centres = new Set(draft.subjects.map(({ centreId }) => centreId));
  const centreId = centres.size === 1 ? ([...centres][0] ?? null) : null;
  const several = collected.cases.length > 1;
  const caseId = several ? null : (collected.cases[0]?.caseId ?? null);
  const parts = several ? collected.cases.map((link) => partOf(link, draft, collected)) : [];
  const subjects = several ? draft.subjects.filter((subject) => subject.caseId === null) : draft.subjects;
  const transfers = several ? draft.transfers.filter(({ caseIds }) => caseIds.length === 0) : draft.transfers;
  const { rowChanges } = collected;
  const body = canonicalBytes({
    v: 1,
    epoch: collected.epoch,
    at: collected.at,
    actor: { person: draft.actor.personId, onBehalfOf: draft.actor.onBehalfOf, role: draft.actor.role },
    action: draft.action,
    centreId,
    caseId,
    requestId: draft.requestId,
    outcome: draft.outcome,
    reason: draft.reason,
    subjects: subjects.map(plainSubject),
    cases: several ? [] : collected.cases,
    // Without the case and in the order of the hashes: an export of one case must not name the others.
    parts: parts.map(({ content }) => ({ sha256: sha256Hex(content) })).sort(byHash),
    transfers: transfers.map(({ content }) => content),
    rowChanges: (several ? rowChanges.filter(({ caseId: one }) => one === null) : rowChanges).map(
      plainChange,
    ),
    facts: draft.facts,
  });
  return {
    body,
    caseId,
    centreId,
    parts: parts.map((part) => ({
      caseId: part.caseId,
      centreId: part.centreId,
      bytes: Buffer.from(part.content).toString('base64'),
    })),
  };
}

function partOf(link: Collected['cases'][number], draft: RecordDraft, { rowChanges }: Collected) {
  const subjects = draft.subjects.filter(({ caseId }) => caseId === link.caseId);
  const centreId = subjects[0]?.centreId ?? null;
  const transfers = draft.transfers.filter(({ caseIds }) => caseIds.includes(link.caseId));
  return {
    caseId: link.caseId,
    centreId,
    content: canonicalBytes({
      salt: randomBytes(32).toString('hex'),
      ...link,
      centreId,
      subjects: subjects.map(plainSubject),
      transfers: transfers.map(({ content }) => content),
      rowChanges: rowChanges.filter(({ caseId }) => caseId === link.caseId).map(plainChange),
    }),
  };
}

function byHash(one: { sha256: string }, other: { sha256: string }): number {
  return one.sha256 < other.sha256 ? -1 : 1;
}

function plainChange({ id, table, rowId, operation, sha256 }: CollectedChange) {
  return { id, table, rowId, operation, sha256 };
}

function plainSubject({ type, id, version, centreId, caseId }: AuditSubject) {
  return { type, id, version, centreId, caseId };
}
