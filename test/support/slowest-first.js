import Sequencer from '@jest/test-sequencer';

/**
 * What takes longest comes first; a run that ended with one of them would leave the other core idle. The year is
 * played for the first file that asks; until it has been, the other process does what needs none. The attacks on the
 * played record are one long transaction, and nothing in the whole server is sealed beyond it, so they come before
 * all that seals.
 */
const SLOWEST = [
  '/test/every-endpoint/year',
  '/test/every-endpoint/life-cycles',
  '/test/audit/played-year',
  '/test/ledger/',
  '/test/every-endpoint/',
  '/test/audit/',
  '/test/api/',
  '/test/scenarios/',
];

/** A fresh clone has no timings of an earlier run to sort by. */
export default class SlowestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => (SLOWEST.findIndex((start) => path.includes(start)) + 99) % 99;
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
}
