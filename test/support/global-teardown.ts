import { once } from 'node:events';
import type { TestRun } from './global-setup.js';

/** Lets go of the test server and waits until it has stopped and cleared its folder away. */
export default async function globalTeardown(): Promise<void> {
  const child = (globalThis as TestRun).foerderbuchTestServer;
  if (child?.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.stdin?.end();
  await gone;
}
