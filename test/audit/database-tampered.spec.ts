import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { SealingService } from '../../src/audit/sealing.service.js';
import { noteSigner } from '../../src/audit/signed-note.js';
import type { Fault } from '../../src/audit/completeness.repository.js';
import { PlayedYear } from '../every-endpoint/played-year.js';
import { TestApp } from '../support/app.js';
import { Attacker, type Column } from './support/attacker.js';

/** Columns that prove nothing and are compared with nothing, each with its reason. The list may only shrink. */
const NO_EVIDENCE: Readonly<Record<string, string>> = {
  'audit_checkpoint.signed_at': 'for metrics; when something was signed stands in no note',
  'audit_tree.singleton': 'makes the table have one row',
  'occupancy.pseudonym_key': 'a secret, which the journal never sees',
};

/** The record itself, beside the business tables. */
const RECORD = [
  'audit_record',
  'audit_subject',
  'audit_part',
  'audit_case',
  'audit_case_head',
  'row_change',
  'account',
  'audit_tree',
  'audit_leaf',
  'audit_node',
  'audit_checkpoint',
  'audit_key',
];

describe('a database whose superuser worked on it', () => {
  let app: TestApp;
  let attacker: Attacker;

  beforeAll(async () => {
    app = await TestApp.boot('tampered');
    await PlayedYear.play(app);
    await app.get(SealingService).seal();
    attacker = await Attacker.of(app);
    await attacker.loosen();
  }, 180_000);

  afterAll(async () => {
    await attacker.end();
    await app.close();
  });

  const named = (faults: readonly Fault[]): string[] => [...new Set(faults.map(({ fault }) => fault))].sort();

  it('was clean before', async () => {
    expect(await attacker.check()).toEqual([]);
  });

  it('shows a change in every single column that is evidence', async () => {
    const business = await attacker.rows<{ name: string }>(
      `select table_name as name from table_classification where class = 'business' order by 1`,
    );
    const columns = await attacker.columns([...business.map(({ name }) => name), ...RECORD]);
    const evidence = columns.filter(({ table, name }) => !Object.hasOwn(NO_EVIDENCE, `${table}.${name}`));
    const missed: string[] = [];
    let flips = 0;
    // One column of each table at a time: a table's faults are named by table, so they do not hide each other.
    for (const wave of wavesOf(evidence)) {
      const touched: Column[] = [];
      const faults = await attacker.attack(async () => {
        for (const column of wave) if (await attacker.flip(column)) touched.push(column);
      });
      flips += touched.length;
      missed.push(
        ...touched.filter((column) => !isNamed(column, faults)).map(({ table, name }) => `${table}.${name}`),
      );
    }
    console.log(`${String(flips)} columns flipped`);
    expect(missed).toEqual([]);
    expect(flips).toBeGreaterThan(200);
  }, 120_000);
});

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

/** Whether some fault says that this table, and where it is about a field this field, was changed. */
function isNamed({ table, name }: Column, faults: readonly Fault[]): boolean {
  const words: Readonly<Record<string, RegExp>> = {
    audit_record: /^(record|leaf|subject|part|case-link|row-change|transfer)/,
  };
  return faults.some(({ fault, place, field }) => {
    if (place.startsWith(`${table} `)) return field.split(', ').includes(name) || field === 'id';
    return words[table]?.test(fault) === true;
  });
}
void generateKeyPairSync;
void noteSigner;
