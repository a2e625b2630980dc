import { WholeRecordService } from '../audit/whole-record.service.js';
import { inHouse } from './in-house.js';

await inHouse(async (app) => {
  const [path] = process.argv.slice(2);
  if (path?.endsWith('.jsonl') !== true) {
    console.error('npm run audit:export -- FILE.jsonl    writes the whole audit record of this installation');
    return 2;
  }
  const size = await app.get(WholeRecordService, { strict: false }).export(path);
  console.log(
    `${path}: ${String(size)} records. Check it anywhere, without network: npx foerderbuch-verify ${path}`,
  );
  return 0;
});
