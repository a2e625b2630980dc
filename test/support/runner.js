import LightRunner from 'jest-light-runner/child-process';

/** What a process of the light runner says to learn its configuration, once, before its first test file. */
const QUESTION = 'jest-light-runner-get-worker-data';

/** Between one process and the runner, for one test file. */
function channelFor(workerData) {
  let tell = () => undefined;
  return {
    onMessage(listener) {
      tell = listener;
    },
    postMessage(message) {
      if (message === QUESTION) tell({ type: 'jest-light-runner-worker-data', workerData });
    },
  };
}

/**
 * The light runner gives all processes one channel, and answers whoever asks first by telling everybody: a process
 * that does not listen yet misses the answer, asks in vain and waits for ever. Here each has a channel of its own.
 */
export default class SteadyRunner extends LightRunner {
  constructor(globalConfig, ...others) {
    super(globalConfig, ...others);
    const runtime = this._runtime;
    if (runtime !== 'child_process') return;
    this._testRunners = new (class extends Map {
      set(projectConfig, { pool }) {
        const workerData = { globalConfig, projectConfig, runtime };
        const run = ({ path }) => pool.run(path, { channel: channelFor(workerData) });
        return super.set(projectConfig, { pool, run });
      }
    })();
  }
}
