// What a spec gets from '@jest/globals': Jest's own functions, each with the time limit that the light runner leaves
// out, so that a test that hangs fails by name instead of holding the run.
import { setTimeout as pause } from 'node:timers/promises';

const USUAL_LIMIT = 120_000;

function limited(work, limit = USUAL_LIMIT) {
  return async (...values) => {
    const done = new AbortController();
    const late = pause(limit, undefined, { signal: done.signal }).then(
      () => {
        throw new Error(`It was not done after ${limit} ms.`);
      },
      () => undefined,
    );
    try {
      return await Promise.race([Promise.resolve().then(() => work(...values)), late]);
    } finally {
      done.abort();
    }
  };
}

const hook = (register) => (work, limit) => {
  register(limited(work, limit));
};

const { describe, expect } = globalThis;
const it = (name, work, limit) => {
  globalThis.it(name, limited(work, limit));
};
it.each =
  (...table) =>
  (name, work, limit) => {
    globalThis.it.each(...table)(name, limited(work, limit));
  };
const beforeAll = hook(globalThis.beforeAll);
const beforeEach = hook(globalThis.beforeEach);
const afterAll = hook(globalThis.afterAll);
const afterEach = hook(globalThis.afterEach);

export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it };
