/**
 * Draws the folders of `src` and who imports whom into README, as found by dependency-cruiser in the code itself.
 *
 * An arrow that follows from two others is left out: a hundred arrows would hide the order that ten can show.
 * `--check` compares instead of writing.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ranks } from './ranks.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = new URL('../README.md', import.meta.url);
const BEGIN = '<!-- architecture:begin -->';
const END = '<!-- architecture:end -->';

const height = new Map(ranks.flatMap((rank, index) => rank.map((folder) => [folder, index])));

/** Folder -> folders it imports, both named in the ranks. */
function imports() {
  const cruiser = fileURLToPath(
    new URL('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs', import.meta.url),
  );
  const options = ['--config', '.dependency-cruiser.js', '--output-type', 'json', '--include-only', '^src/'];
  const output = execFileSync(process.execPath, [cruiser, ...options, '--exclude', '\\.spec\\.ts$', 'src'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const found = new Map();
  for (const module of JSON.parse(output).modules) {
    const from = folderOf(module.source);
    if (from === null) continue;
    const targets = found.get(from) ?? new Set();
    found.set(from, targets);
    for (const dependency of module.dependencies) {
      const to = folderOf(dependency.resolved);
      if (to !== null && to !== from) targets.add(to);
    }
  }
  return found;
}

function folderOf(path) {
  const folder = /^src\/([^/]+)\//.exec(path)?.[1];
  return folder !== undefined && height.has(folder) ? folder : null;
}

/** Whether `to` can be reached from `from` through a third folder. */
function followsFromOthers(graph, from, to) {
  const seen = new Set([from]);
  const open = [...(graph.get(from) ?? [])].filter((next) => next !== to);
  while (open.length > 0) {
    const folder = open.pop();
    if (folder === to) return true;
    if (seen.has(folder)) continue;
    seen.add(folder);
    open.push(...(graph.get(folder) ?? []));
  }
  return false;
}

function draw(graph) {
  const present = (rank) => rank.filter((folder) => graph.has(folder));
  const lines = ['```mermaid', 'flowchart TB'];
  for (const rank of ranks.toReversed()) {
    const folders = present(rank);
    if (folders.length > 1) {
      lines.push(
        `  subgraph ${folders.join('_')} [" "]`,
        '    direction LR',
        ...folders.map((name) => `    ${name}`),
        '  end',
      );
    } else {
      lines.push(...folders.map((name) => `  ${name}`));
    }
  }
  for (const from of ranks.toReversed().flatMap(present)) {
    for (const to of ranks.toReversed().flatMap(present)) {
      if (graph.get(from).has(to) && !followsFromOthers(graph, from, to)) lines.push(`  ${from} --> ${to}`);
    }
  }
  return [...lines, '```'].join('\n');
}

function redraw(readme, picture) {
  const begin = readme.indexOf(BEGIN);
  const end = readme.indexOf(END);
  if (begin === -1 || end < begin) {
    throw new Error(`README.md needs the lines ${BEGIN} and ${END}; the picture is drawn between them.`);
  }
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${picture}\n\n${readme.slice(end)}`;
}

if (!existsSync(README)) {
  throw new Error(
    `README.md is missing. Write it with the lines ${BEGIN} and ${END}; the picture is drawn between them.`,
  );
}
const before = readFileSync(README, 'utf8');
const after = redraw(before, draw(imports()));
if (!process.argv.includes('--check')) {
  writeFileSync(README, after);
} else if (after !== before) {
  console.error(
    'The picture in README.md is not what the code looks like. Run `npm run picture` and look at it.',
  );
  process.exitCode = 1;
}
