import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { CaseFile } from '../../../src/audit/case-file.js';
import type { Flips } from './flips.js';

/** What somebody who only has files can do with them. */
export interface Tasks {
  /** Changes every byte of so many records; `progress` tells on standard error how far it is. */
  readonly flips: {
    readonly asked: { files: CaseFile[]; most: number; progress: boolean };
    readonly answer: Flips;
  };
  /** Replaces every character of a case file, one after the other; what was not noticed. */
  readonly everyCharacter: {
    readonly asked: { text: string; key: string };
    readonly answer: { changed: number; missed: string[] };
  };
  /** Verifies the files in turn, so many times, with and without key and older checkpoint; the false alarms. */
  readonly cleanRuns: {
    readonly asked: { files: { text: string; note: string }[]; key: string; runs: number };
    readonly answer: { runs: number; alarms: string[] };
  };
}

/** Runs a task in plain Node, as at an auditor's: inside Jest's sandbox everything that hashes takes thrice as long. */
export async function outside<T extends keyof Tasks>(
  task: T,
  asked: Tasks[T]['asked'],
): Promise<Tasks[T]['answer']> {
  const root = join(import.meta.dirname, '..', '..', '..');
  const loader = join(root, 'test', 'support', 'typescript.mjs');
  const program = join(root, 'test', 'audit', 'support', 'outside-program.ts');
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--no-warnings', '--import', loader, program], {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify({ task, asked }));
  const answer = await text(child.stdout);
  if (answer === '') throw new Error(`${task} gave no answer`);
  return JSON.parse(answer) as Tasks[T]['answer'];
}
