import Sequencer from '@jest/test-sequencer';

/** Folders whose files take longest; a run that ended with one of them would leave the other core idle. */
const SLOWEST = ['/test/every-endpoint/', '/test/ledger/', '/test/audit/', '/test/api/', '/test/scenarios/'];

/** A fresh clone has no timings of an earlier run to sort by. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (SLOWEST.findIndex((folder) => path.includes(folder)) + 9) % 9;
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
