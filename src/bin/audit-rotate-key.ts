import { createPrivateKey } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { KeyRotationService } from '../audit/key-rotation.service.js';
import { inHouse } from './in-house.js';
import { newSigningKey, replaceSecret } from './audit-files.js';

const USAGE = `npm run audit:rotate-key                   replaces the key in AUDIT_SIGNING_KEY_FILE; servers follow by themselves
npm run audit:rotate-key -- FILE.pem      where the key is in AUDIT_SIGNING_KEY: writes the new one to FILE.pem`;

await inHouse(async (app, config) => {
  const [out] = process.argv.slice(2);
  const file = config.AUDIT_SIGNING_KEY_FILE;
  if ((file === null) === (out === undefined)) {
    console.error(USAGE);
    return 2;
  }
  const pem = newSigningKey();
  const keep = async (): Promise<void> => {
    if (file === null) {
      await writeFile(out ?? '', pem, { mode: 0o600, flag: 'wx', flush: true });
    } else {
      await replaceSecret(file, pem);
    }
  };
  const rotated = await app.get(KeyRotationService, { strict: false }).rotate(createPrivateKey(pem), keep);
  console.log(
    `From tree size ${String(rotated.fromSize)} on, the log is signed by\n  ${rotated.verifierKey}`,
  );
  console.log('The key before has endorsed it: whoever trusts that one can follow.');
  if (file === null)
    console.log(`Set AUDIT_SIGNING_KEY to the content of ${out ?? ''} and restart the servers.`);
  return 0;
});
