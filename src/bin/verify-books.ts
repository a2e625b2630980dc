import { BooksService } from '../ledger/books.service.js';
import { inHouse } from './in-house.js';

/** Recomputes the books from their transfers and compares; ends with 1 when they are not true. */
await inHouse(async (app) => {
  const { checks, faults, accounts, transfers, records } = await app
    .get(BooksService, { strict: false })
    .verify();
  console.log(
    `${String(transfers)} transfers of ${String(records)} commands on ${String(accounts)} accounts`,
  );
  for (const check of checks) {
    const found = faults.filter((fault) => fault.check === check);
    console.log(`${found.length === 0 ? '✓' : '✗'} ${check}`);
    for (const { subject, detail } of found) console.log(`    ${subject}: ${detail}`);
  }
  return faults.length === 0 ? 0 : 1;
});
