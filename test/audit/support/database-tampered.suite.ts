import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { noteSigner, signNote } from '../../../src/audit/signed-note.js';
import type { Fault } from '../../../src/audit/completeness.repository.js';
import type { TestApp } from '../../support/app.js';
import { Attacker, type Column } from './attacker.js';

/** Columns that prove nothing and are compared with nothing, each with its reason. The list may only shrink. */
const NO_EVIDENCE: Readonly<Record<string, string>> = {
  'audit_checkpoint.signed_at': 'for metrics; when something was signed stands in no note',
  'audit_tree.singleton': 'makes the table have one row',
  'occupancy.pseudonym_key': 'a secret, which the journal never sees',
};

/** Without them a row is not found again or not read, so its change is told without their names. */
const NAMELESS: readonly string[] = ['id', 'salt'];

/** The record itself, beside the business tables. */
const RECORD = [
  'audit_subject',
  'audit_part',
  'audit_case',
  'audit_case_head',
  'account',
  'audit_tree',
  'audit_leaf',
  'audit_node',
  'audit_checkpoint',
  'audit_key',
];

/** Leaves the database as it was: everything happens in one transaction that is undone. */
export const databaseTampered = (ofApp: () => TestApp): void => {
  describe('a database whose superuser worked on it', () => {
    let attacker: Attacker;

    beforeAll(async () => {
      attacker = await Attacker.of(ofApp());
      await attacker.loosen();
    }, 180_000);

    afterAll(() => attacker.end());

    const named = (faults: readonly Fault[]): string[] =>
      [...new Set(faults.map(({ fault }) => fault))].sort();

    it('was clean before', async () => {
      expect(await attacker.check()).toEqual([]);
    });

    /** Columns of one record in the middle of the log that has row changes and a case. */
    const victim = async (): Promise<{ id: string; xid: string; leaf: string }> => {
      const [found] = await attacker.rows<{ id: string; xid: string; leaf: string }>(
        `select r.id, r.xid::text as xid, l.leaf_index as leaf from audit_record r join audit_leaf l on l.record_id = r.id
        where r.action = 'decision.release' order by r.id limit 1`,
      );
      if (found === undefined) throw new Error('no decision was released');
      return found;
    };

    it.each<[string, string, readonly string[]]>([
      [
        'a record is rewritten',
        `update audit_record set body = convert_to(replace(convert_from(body, 'UTF8'), '"done"', '"gone"'), 'UTF8') where id = $1`,
        ['leaf-altered'],
      ],
      [
        'a record is rewritten together with its leaf',
        `update audit_record set body = convert_to(replace(convert_from(body, 'UTF8'), '"done"', '"gone"'), 'UTF8') where id = $1;
       update audit_leaf l set hash = sha256('\\x00'::bytea || r.body) from audit_record r where r.id = $1 and l.record_id = r.id`,
        ['case-link-altered', 'log-changed', 'node-altered'],
      ],
      [
        'a record is deleted',
        'delete from audit_record where id = $1',
        ['record-missing', 'row-change-unrecorded', 'transfer-unrecorded'],
      ],
      [
        'a record is deleted with all that belongs to it',
        `delete from audit_subject where record_id = $1; delete from audit_case where record_id = $1;
       delete from row_change where xid = '$2'; delete from transfer where xid = '$2';
       delete from audit_leaf where record_id = $1; delete from audit_record where id = $1`,
        ['leaf-missing', 'case-link-altered', 'account-altered', 'log-shorter'],
      ],
      [
        'a record is inserted with a date of the past',
        `insert into audit_record (id, epoch, xid, at, actor_person, role, action, request_id, body)
       select 1000000, epoch, '2', at - interval '1 day', actor_person, role, action, gen_random_uuid(), body
         from audit_record where id = $1`,
        ['record-unsealed', 'record-altered'],
      ],
      [
        'two records change places',
        `update audit_record r set body = o.body
          from audit_record o, (select min(id) as id from audit_record where id > $1) n
         where (r.id, o.id) in (($1, n.id), (n.id, $1))`,
        ['leaf-altered', 'record-altered'],
      ],
      [
        'leaves are put in another order',
        `update audit_leaf set leaf_index = 2 * $3 + 1 - leaf_index where leaf_index in ($3, $3 + 1)`,
        ['log-changed', 'node-altered'],
      ],
      [
        'the tail is cut off',
        `delete from audit_record where id > (select record_id from audit_leaf where leaf_index = $3);
       delete from audit_node where (node_index + 1) * (1 << level) > $3 + 1;
       delete from audit_leaf where leaf_index > $3; delete from audit_checkpoint where tree_size > $3 + 1;
       update audit_tree set size = $3 + 1, watermark = '$2'::xid8`,
        ['log-shorter', 'row-change-unrecorded', 'transfer-unrecorded'],
      ],
      [
        'a checkpoint is taken away',
        'delete from audit_checkpoint; delete from audit_leaf where leaf_index > $3',
        ['log-shorter'],
      ],
      [
        'a ledger row is altered',
        'update transfer set amount_cents = amount_cents + 100',
        ['transfer-altered', 'account-altered', 'row-altered'],
      ],
      [
        'a ledger row is altered with its accounts and its journal',
        `update transfer set amount_cents = amount_cents + 100 where xid = '$2';
       update account a set debits = f.debits, credits = f.credits from (
         select s.account, sum(s.debit) as debits, sum(s.credit) as credits from transfer t
           cross join lateral (values (t.debit, t.amount_cents, 0), (t.credit, 0, t.amount_cents)) as s(account, debit, credit)
          group by s.account) as f where f.account = a.id;
       update row_change c set after = audit.shown(to_jsonb(t), '{}', '{}') from transfer t where c.row_id = t.id and c.xid = '$2';
       update row_change set sha256 = sha256(convert_to(concat_ws(E'\n', table_name, operation, row_id::text,
         coalesce(before, ''), coalesce(after, '')), 'UTF8')) where xid = '$2'`,
        ['transfer-altered', 'row-change-altered'],
      ],
      [
        'an account is altered',
        'update account set credits = credits + 1 where bounded',
        ['account-altered'],
      ],
      [
        'a business row behind a record is altered',
        `update decision_amount set amount_cents = amount_cents + 100`,
        ['row-altered'],
      ],
      ['a business row disappears', 'delete from grant_year', ['row-vanished']],
      [
        'a business row is put in past the journal',
        `insert into demo_year (id, funding_year) values (gen_random_uuid(), 1999)`,
        ['row-invented'],
      ],
      [
        'a trigger is disabled meanwhile',
        `set local session_replication_role = origin; alter table centre disable trigger journal;
       update centre set name = name || ' (Land)'; alter table centre enable trigger journal`,
        ['row-altered'],
      ],
      ['a trigger stays disabled', 'alter table decision disable trigger journal', ['trigger-missing']],
      [
        'a change is journalled that no command made',
        `set local session_replication_role = origin; set local foerderbuch.role = 'system';
       update centre set name = name || ' (Land)'`,
        ['row-change-unrecorded'],
      ],
      [
        'a name is exchanged',
        `update person set name = 'Somebody Else' where name is not null`,
        ['row-altered'],
      ],
    ])('is found out when %s', async (_, deed, expected) => {
      const { id, xid, leaf } = await victim();
      const sql = deed.replaceAll('$1', id).replaceAll('$2', xid).replaceAll('$3', leaf);
      expect(named(await attacker.attack(sql))).toEqual(expect.arrayContaining([...expected]));
    });

    it('is found out when its key is swapped, whether or not everything is signed anew', async () => {
      const { privateKey } = generateKeyPairSync('ed25519');
      const [tree] = await attacker.rows<{ origin: string }>('select origin from audit_tree');
      const mallory = noteSigner(tree?.origin ?? '', privateKey);
      const swap = (): Promise<unknown> =>
        attacker.rows('update audit_key set verifier_key = $1', [mallory.key.text]);
      expect(named(await attacker.attack(swap))).toEqual(['checkpoint-altered', 'key-swapped']);
      const resigned = await attacker.attack(async () => {
        await swap();
        const notes = await attacker.rows<{ size: string; note: string }>(
          'select tree_size as size, note from audit_checkpoint',
        );
        for (const { size, note } of notes) {
          const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
          await attacker.rows('update audit_checkpoint set note = $1 where tree_size = $2', [
            signNote(text, [mallory]),
            size,
          ]);
        }
      });
      expect(named(resigned)).toEqual(['key-swapped']);
    });

    it('shows a change in every single column that is evidence', async () => {
      const business = await attacker.rows<{ name: string }>(
        `select table_name as name from table_classification where class = 'business' order by 1`,
      );
      const isEvidence = ({ table, name }: Column): boolean =>
        !Object.hasOwn(NO_EVIDENCE, `${table}.${name}`);
      const missed: string[] = [];
      let flips = 0;
      const evidence = async (tables: string[]): Promise<Column[]> =>
        (await attacker.columns(tables)).filter(isEvidence);
      // What could hide another's change by fitting it stands alone.
      const waves = [
        ...businessWaves(await evidence(business.map(({ name }) => name))),
        ...wavesOf(await evidence(['audit_record'])),
        ...wavesOf(await evidence(['row_change'])),
        ...wavesOf(await evidence(RECORD)),
      ];
      for (const wave of waves) {
        const touched: Column[] = [];
        const faults = await attacker.attack(async () => {
          for (const column of wave) if (await attacker.flip(column)) touched.push(column);
        });
        flips += touched.length;
        const overlooked = touched.filter((column) => !isNamed(column, faults));
        missed.push(...overlooked.map(({ table, name }) => `${table}.${name}`));
      }
      expect(missed).toEqual([]);
      expect(flips).toBeGreaterThan(500);
    }, 120_000);
  });
};

/** All at once where each must be named by itself; the few whose change hides the row one after the other. */
function businessWaves(columns: readonly Column[]): Column[][] {
  const nameless = columns.filter(({ name }) => NAMELESS.includes(name));
  return [columns.filter(({ name }) => !NAMELESS.includes(name)), ...wavesOf(nameless)];
}

/** The first columns of all tables, then the second ones, and so on. */
function wavesOf(columns: readonly Column[]): Column[][] {
  const waves: Column[][] = [];
  const seen = new Map<string, number>();
  for (const column of columns) {
    const at = seen.get(column.table) ?? 0;
    seen.set(column.table, at + 1);
    (waves[at] ??= []).push(column);
  }
  return waves;
}

/** How the check speaks of what stands in the tables of the record. */
const WORDS: Readonly<Record<string, RegExp>> = {
  audit_record: /^(record|leaf|subject|part|case-link|case-head|row-change)-/,
  audit_subject: /^subject-/,
  audit_part: /^part-/,
  audit_case: /^case-/,
  audit_case_head: /^case-head-/,
  row_change: /^(row-change|row)-/,
  account: /^account-/,
  transfer: /^transfer-/,
  audit_tree: /^(tree|leaf|log|key|checkpoint|record)-/,
  audit_leaf: /^(leaf|node|record|log)-/,
  audit_node: /^node-/,
  audit_checkpoint: /^(checkpoint|log)-/,
  audit_key: /^(key|checkpoint)-/,
};

/** Whether some fault names what was changed: a business table with the very column, the record with the thing. */
function isNamed({ table, name }: Column, faults: readonly Fault[]): boolean {
  return faults.some(({ fault, place, field }) => {
    if (place.startsWith(`${table} `)) return field.split(', ').includes(name) || NAMELESS.includes(name);
    return WORDS[table]?.test(fault) === true;
  });
}
