import { modelSuite } from '../test/ledger/model-suite.js';

modelSuite({
  sequences: 20_000,
  races: 1_000,
  tell: (line) => {
    process.stdout.write(`${line}\n`);
  },
});
