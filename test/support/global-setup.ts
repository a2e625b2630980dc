import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the teardown needs; Jest runs both hooks in one process, and loads each by itself. */
export interface TestRun {
  foerderbuchTestServer?: ChildProcess;
}

/**
 * Prepares one database server for the whole run. It lives in a process of its own that ends when this one does,
 * however it ends, and starts PostgreSQL only when the first test file asks for a database.
 */
export default function globalSetup(config: { rootDir: string }): void {
  const folder = mkdtempSync(join(tmpdir(), 'foerderbuch-test-'));
  const support = join(config.rootDir, 'test', 'support');
  const program = [
    '--no-warnings',
    '--import',
    join(support, 'typescript.mjs'),
    join(support, 'test-server.ts'),
    folder,
  ];
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, program, {
    cwd: config.rootDir,
    detached: true,
    env,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  process.env.FOERDERBUCH_TEST_SERVER = join(folder, 'server.sock');
  (globalThis as TestRun).foerderbuchTestServer = child;
}
