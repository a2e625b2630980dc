import { Injectable } from '@nestjs/common';
import {
  addressesForRoot,
  storedRoot,
  type Hash,
  type NodeAddress,
  type NodeLookup,
  type StoredNode,
} from '../kernel/merkle.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { CaseFileKey } from './case-file.js';

/** The head of the log as the database has it. */
export interface Tree {
  readonly epoch: number;
  /** Null until the first key opens the log. */
  readonly origin: string | null;
  readonly size: number;
  readonly watermark: string;
  /** `origin size root` of the log before a restore. */
  readonly commits: string | null;
  readonly systemId: string | null;
}

export interface LogKey {
  readonly epoch: number;
  readonly fromSize: number;
  readonly untilSize: number | null;
  readonly verifierKey: string;
  readonly endorsement: string | null;
}

export interface SignedCheckpoint {
  readonly epoch: number;
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signedAt: string;
}

const TREE = `select epoch, origin, size::float8 as size, watermark::text as watermark, commits, system_id as "systemId" from audit_tree`;

const CHECKPOINT = `select epoch, tree_size::float8 as size, root, note,
  to_char(signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "signedAt" from audit_checkpoint`;

/** The stored tree; sizes and indexes are far below 2^53 and come as numbers. */
@Injectable()
export class SealingRepository {
  async tree(tx: ReadTx): Promise<Tree> {
    return only(await tx.rows<Tree>(TREE));
  }

  /** Waits until nobody else seals. */
  async lockTree(tx: ReadTx): Promise<Tree> {
    return only(await tx.rows<Tree>(`${TREE} for update`));
  }

  /** The leader is whoever holds the row; null when somebody else seals at this moment. */
  async tryTree(tx: ReadTx): Promise<Tree | null> {
    const [tree] = await tx.rows<Tree>(`${TREE} for update skip locked`);
    return tree ?? null;
  }

  /** Whether there may be something to seal; cheap, because it is asked four times a second. */
  async isDue(tx: ReadTx): Promise<boolean> {
    const rows = await tx.rows(
      `select t.size from audit_tree t
        where not pg_is_in_recovery()
          and (exists (select from audit_record r where r.epoch = t.epoch and r.xid >= t.watermark)
               or t.size > coalesce((select max(tree_size) from audit_checkpoint c where c.epoch = t.epoch), -1))`,
    );
    return rows.length > 0;
  }

  async isStandby(tx: ReadTx): Promise<boolean> {
    return only(await tx.rows<{ standby: boolean }>('select pg_is_in_recovery() as standby')).standby;
  }

  async systemId(tx: ReadTx): Promise<string> {
    return only(await tx.rows<{ id: string }>('select audit.system_id() as id')).id;
  }

  /**
   * Appends the records that are certain to be complete. Horizon and rows come from one statement, hence from one
   * snapshot: a transaction that ends in between is either below the horizon and visible, or neither. Each
   * transaction has one record, so that the limit always cuts between transactions.
   */
  async appendDue(
    tx: ReadTx,
    { epoch, watermark, size }: Tree,
    limit: number,
  ): Promise<{ readonly hashes: Hash[]; readonly watermark: string }> {
    const found = only(
      await tx.rows<{ hashes: Buffer[]; horizon: string; last: string | null }>(
        `with horizon as (select pg_snapshot_xmin(pg_current_snapshot()) as hi),
              ripe as (
                select r.id, r.xid, r.body
                  from horizon h join audit_record r on r.epoch = $1 and r.xid >= $2::xid8 and r.xid < h.hi
                 order by r.xid limit $4),
              due as (
                select id, xid, sha256('\\x00'::bytea || body) as hash, row_number() over (order by xid) - 1 as place
                  from ripe),
              added as (
                insert into audit_leaf (leaf_index, record_id, xid, hash)
                select $3::bigint + place, id, xid, hash from due returning leaf_index, xid, hash)
         select coalesce(array_agg(hash order by leaf_index), '{}') as hashes,
                (select hi::text from horizon) as horizon,
                (array_agg(xid order by leaf_index desc))[1]::text as last from added`,
        [epoch, watermark, size, limit],
      ),
    );
    const { hashes, horizon, last } = found;
    const isFull = hashes.length === limit && last !== null;
    return { hashes, watermark: isFull ? String(BigInt(last) + 1n) : horizon };
  }

  /** What survived a restore unsealed, in the order in which it would have been sealed. */
  async appendSurvivors(tx: ReadTx, { epoch, size }: Tree): Promise<Hash[]> {
    const { hashes } = only(
      await tx.rows<{ hashes: Buffer[] }>(
        `with due as (
           select r.id, r.xid, sha256('\\x00'::bytea || r.body) as hash,
                  row_number() over (order by r.epoch, r.xid) - 1 as place
             from audit_record r
            where r.epoch < $1 and not exists (select from audit_leaf l where l.record_id = r.id)),
         added as (
           insert into audit_leaf (leaf_index, record_id, xid, hash)
           select $2::bigint + place, id, xid, hash from due returning leaf_index, hash)
         select coalesce(array_agg(hash order by leaf_index), '{}') as hashes from added`,
        [epoch, size],
      ),
    );
    return hashes;
  }

  /** Reads the named subtrees; a proof must never be guessed, so the look-up throws for one that is not there. */
  async nodes(tx: ReadTx, addresses: readonly NodeAddress[]): Promise<NodeLookup> {
    const found = new Map<string, Hash>();
    if (addresses.length > 0) {
      const rows = await tx.rows<{ level: number; index: string; hash: Buffer }>(
        `select a.level, a.index::text as index, coalesce(n.hash, l.hash) as hash
           from unnest($1::int[], $2::bigint[]) as a(level, index)
           left join audit_node n on n.level = a.level and n.node_index = a.index
           left join audit_leaf l on a.level = 0 and l.leaf_index = a.index
          where n.hash is not null or l.hash is not null`,
        [addresses.map(({ level }) => level), addresses.map(({ index }) => index)],
      );
      for (const { level, index, hash } of rows) found.set(`${String(level)}/${index}`, hash);
    }
    return (level, index) => {
      const hash = found.get(`${String(level)}/${String(index)}`);
      if (hash === undefined)
        throw new Error(`subtree ${String(index)} of level ${String(level)} is missing`);
      return hash;
    };
  }

  async rootAt(tx: ReadTx, size: number): Promise<Hash> {
    return storedRoot(size, await this.nodes(tx, addressesForRoot(size)));
  }

  async keepNodes(tx: ReadTx, nodes: readonly StoredNode[]): Promise<void> {
    if (nodes.length === 0) return;
    await tx.rows(
      `insert into audit_node (level, node_index, hash)
       select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
      [
        nodes.map(({ level }) => level),
        nodes.map(({ index }) => index),
        nodes.map(({ hash }) => Buffer.from(hash)),
      ],
    );
  }

  async moveTree(tx: ReadTx, size: number, watermark: string): Promise<void> {
    await tx.rows('update audit_tree set size = $1, watermark = $2::xid8', [size, watermark]);
  }

  async openLog(tx: ReadTx, origin: string): Promise<void> {
    await tx.rows('update audit_tree set origin = $1, system_id = audit.system_id()', [origin]);
  }

  async openEpoch(
    tx: ReadTx,
    { reason, origin, commits, above }: { reason: string; origin: string; commits: string; above: number },
  ): Promise<number> {
    return only(
      await tx.rows<{ epoch: number }>('select audit.open_epoch($1, $2, $3, $4) as epoch', [
        reason,
        origin,
        commits,
        above,
      ]),
    ).epoch;
  }

  async addKey(tx: ReadTx, key: Omit<LogKey, 'untilSize'>): Promise<void> {
    const { epoch, fromSize, verifierKey, endorsement } = key;
    await tx.rows('update audit_key set until_size = $2 where epoch = $1 and until_size is null', [
      epoch,
      fromSize,
    ]);
    await tx.rows(
      'insert into audit_key (epoch, from_size, verifier_key, endorsement) values ($1, $2, $3, $4)',
      [epoch, fromSize, verifierKey, endorsement],
    );
  }

  /** All keys the log ever had, the oldest first. */
  keys(tx: ReadTx): Promise<LogKey[]> {
    return tx.rows<LogKey>(
      `select epoch, from_size::float8 as "fromSize", until_size::float8 as "untilSize", verifier_key as "verifierKey",
              endorsement
         from audit_key order by epoch, from_size`,
    );
  }

  async keepCheckpoint(
    tx: ReadTx,
    checkpoint: Pick<SignedCheckpoint, 'epoch' | 'size' | 'note'> & { root: Hash },
  ): Promise<void> {
    const { epoch, size, root, note } = checkpoint;
    await tx.rows(
      'insert into audit_checkpoint (epoch, tree_size, root, note) values ($1, $2, $3, $4) on conflict do nothing',
      [epoch, size, Buffer.from(root), note],
    );
  }

  /** The newest checkpoint of this epoch. */
  async latest(tx: ReadTx): Promise<SignedCheckpoint | null> {
    const [found] = await tx.rows<SignedCheckpoint>(
      `${CHECKPOINT} where epoch = (select epoch from audit_tree) order by tree_size desc limit 1`,
    );
    return found ?? null;
  }

  /** The newest one of at most this size that the present key may still speak for. */
  async latestBelow(tx: ReadTx, size: number): Promise<SignedCheckpoint | null> {
    const [found] = await tx.rows<SignedCheckpoint>(
      `${CHECKPOINT} where epoch = (select epoch from audit_tree) and tree_size <= $1
          and tree_size >= (select from_size from audit_key k
                             where k.epoch = (select epoch from audit_tree) and k.until_size is null)
        order by tree_size desc limit 1`,
      [size],
    );
    return found ?? null;
  }

  /** The first one ever signed. */
  async first(tx: ReadTx): Promise<SignedCheckpoint | null> {
    const [found] = await tx.rows<SignedCheckpoint>(`${CHECKPOINT} order by epoch, tree_size limit 1`);
    return found ?? null;
  }

  async ofSize(tx: ReadTx, size: number): Promise<SignedCheckpoint | null> {
    const [found] = await tx.rows<SignedCheckpoint>(
      `${CHECKPOINT} where tree_size = $1 order by epoch desc limit 1`,
      [size],
    );
    return found ?? null;
  }

  /** All checkpoints that were ever signed, the oldest first. */
  checkpoints(tx: ReadTx): Promise<SignedCheckpoint[]> {
    return tx.rows<SignedCheckpoint>(`${CHECKPOINT} order by epoch, tree_size`);
  }
}

/** The keys as an exported file names them. */
export function keysOfFile(keys: readonly LogKey[]): CaseFileKey[] {
  return keys.map(({ verifierKey, fromSize, endorsement }) => ({ verifierKey, fromSize, endorsement }));
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error('the head of the audit log is missing');
  return row;
}
