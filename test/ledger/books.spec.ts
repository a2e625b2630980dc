import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/kernel/ids.js';
import { BooksService } from '../../src/ledger/books.service.js';
import { coesfeld, Trade } from '../support/trade.js';

/** A verifier is worth what it finds: each promise of the books is broken once, by the owner, and must show. */
describe('verify:books', () => {
  let trade: Trade;

  beforeAll(async () => {
    trade = await Trade.open('verify-books');
    const municipality = await trade.municipality(coesfeld);
    trade.on('2016-02-12');
    await trade.clerk.grants(await municipality.applies({ from: '2016-02-12' }), '2016-02-12');
  }, 120_000);
  afterAll(() => trade.app.close({ books: 'spoilt' }));

  /** The checks that object after a change, which is then undone. */
  async function objectsTo(change: string, undo: string): Promise<string[]> {
    await trade.app.rows(change);
    const faults = await trade.app.bookFaults();
    await trade.app.rows(undo);
    return [...new Set(faults.map(({ check }) => check))].sort();
  }
  const appropriated = `stage = 'appropriated' and funding_year = 2016`;

  it('finds nothing in books that are true, and says how much it saw', async () => {
    const report = await trade.app.get(BooksService).verify();
    expect(report.faults).toEqual([]);
    expect(report.checks).toHaveLength(8);
    // Appropriation, allotment, and the decision's two sources: four transfers of three commands.
    expect([report.transfers, report.records]).toEqual([4, 3]);
  });

  it('finds an account that is not the fold of its transfers', async () => {
    const found = await objectsTo(
      `update account set credits = credits + 1 where ${appropriated}`,
      `update account set credits = credits - 1 where ${appropriated}`,
    );
    expect(found).toEqual(['an account is the fold of its transfers', 'debits equal credits']);
  });

  it('finds a wrong version, a bound that was taken away, a wrong total', async () => {
    expect(
      await objectsTo(
        `update account set version = version + 1 where ${appropriated}`,
        `update account set version = version - 1 where ${appropriated}`,
      ),
    ).toEqual(['an account is the fold of its transfers']);
    expect(
      await objectsTo(
        `update account set bounded = false where ${appropriated}`,
        `update account set bounded = true where ${appropriated}`,
      ),
    ).toEqual(['no bounded account is beyond its bound']);
    expect(
      await objectsTo(
        `update stage_total set debits = debits + 1 where ${appropriated} and span = 'month'`,
        `update stage_total set debits = debits - 1 where ${appropriated} and span = 'month'`,
      ),
    ).toEqual(['a total of a stage is the fold of its transfers']);
    expect(
      await objectsTo(
        `update centre_total set credits = credits + 1 where span = 'day'`,
        `update centre_total set credits = credits - 1 where span = 'day'`,
      ),
    ).toEqual(['a total of a centre is the fold of its transfers']);
  });

  it('finds a transfer nobody recorded, one that was changed, one that was lost, and one that overspends', async () => {
    const owner = trade.app;
    await owner.rows('alter table transfer disable trigger user');
    const changed = await objectsTo(
      `update transfer set code = 'x' where code = 'allocation.release'`,
      `update transfer set code = 'allocation.release' where code = 'x'`,
    );
    expect(changed).toEqual([
      'a transfer stands in exactly one audit record, as it was made',
      'what undoes is a step that undoes, and undoes one transfer once',
    ]);

    await owner.rows('create table kept as select * from transfer');
    const lost = await objectsTo(
      `delete from transfer where code = 'decision.release'`,
      `insert into transfer select * from kept where code = 'decision.release'`,
    );
    expect(lost).toEqual([
      'a total of a centre is the fold of its transfers',
      'a total of a stage is the fold of its transfers',
      'a transfer stands in exactly one audit record, as it was made',
      'an account is the fold of its transfers',
    ]);

    const id = newId();
    const [allotment] = await owner.rows<{ debit: string; credit: string }>(
      `select debit, credit from transfer where code = 'allocation.release'`,
    );
    const smuggled = await objectsTo(
      `insert into transfer (id, journal, debit, credit, amount_cents, code, effective_on, debit_version, credit_version, epoch)
       values ('${id}', '${id}', '${String(allotment?.debit)}', '${String(allotment?.credit)}', 999999999999, 'x', '2016-01-01', 9, 9, 1)`,
      `delete from transfer where id = '${id}'`,
    );
    expect(smuggled).toEqual([
      'a total of a stage is the fold of its transfers',
      'a transfer stands in exactly one audit record, as it was made',
      'an account is the fold of its transfers',
      'no bounded account is beyond its bound',
      'versions have no gap',
      'what undoes is a step that undoes, and undoes one transfer once',
    ]);
    expect(await owner.bookFaults()).toEqual([]);
  });
});
