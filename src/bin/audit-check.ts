import { CompletenessService } from '../audit/completeness.service.js';
import { inHouse } from './in-house.js';

const MOST_LINES = 100;

await inHouse(async (app) => {
  const { faults, records, checkpoints } = await app.get(CompletenessService, { strict: false }).check();
  for (const { fault, place, field } of faults.slice(0, MOST_LINES))
    console.log(`${fault}: ${place}, ${field}`);
  if (faults.length > MOST_LINES) console.log(`… and ${String(faults.length - MOST_LINES)} more`);
  console.log(
    faults.length === 0
      ? `Complete and unchanged: ${String(records)} records, ${String(checkpoints)} checkpoints; commands, row changes and transfers match one to one.`
      : `${String(faults.length)} faults in ${String(records)} records.`,
  );
  return faults.length === 0 ? 0 : 1;
});
