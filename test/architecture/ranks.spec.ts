import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { plant, root } from './planted-tree.js';

interface Planted {
  /** Paths from the root, or packages; `type:` marks an import of types only. */
  readonly imports: readonly string[];
  readonly breaks: readonly string[];
}

/**
 * A rule that never fires protects nothing. One small tree breaks every rule of `.dependency-cruiser.js`, next to
 * lines that are allowed; what is found must be exactly what was planted.
 */
const tree: Readonly<Record<string, Planted>> = {
  // Ranks: each folder reaches up, or to the side.
  'src/kernel/money.ts': { imports: ['src/platform/clock.ts'], breaks: ['pure-kernel', 'rank-kernel'] },
  'src/platform/jobs.ts': { imports: ['src/audit/seal.rules.ts'], breaks: ['rank-platform'] },
  'src/audit/seal.ts': { imports: ['src/identity/user.service.ts'], breaks: ['rank-audit'] },
  'src/identity/user.ts': { imports: ['src/ledger/chart.rules.ts'], breaks: ['rank-identity'] },
  'src/ledger/book.ts': { imports: ['src/documents/template.rules.ts'], breaks: ['rank-ledger'] },
  'src/documents/paper.ts': { imports: ['src/ledger/chart.rules.ts'], breaks: ['rank-documents'] },
  'src/centres/centre.ts': { imports: ['src/programmes/rates.rules.ts'], breaks: ['rank-centres'] },
  'src/programmes/call.ts': { imports: ['src/budget/line.rules.ts'], breaks: ['rank-programmes'] },
  'src/staffing/post.ts': { imports: ['src/budget/line.rules.ts'], breaks: ['rank-staffing'] },
  'src/budget/open.ts': { imports: ['src/staffing/post.rules.ts'], breaks: ['rank-budget'] },
  'src/financing/plan.ts': { imports: ['src/grants/term.rules.ts'], breaks: ['rank-financing'] },
  'src/grants/grant.ts': { imports: ['src/komm-an/key.rules.ts'], breaks: ['rank-grants'] },
  'src/komm-an/measure.ts': { imports: ['src/settlement/sample.rules.ts'], breaks: ['rank-komm-an'] },
  'src/settlement/proof.ts': { imports: ['src/desk/deadline.rules.ts'], breaks: ['rank-settlement'] },
  'src/desk/list.ts': { imports: ['src/reporting/total.rules.ts'], breaks: ['rank-desk'] },
  'src/reporting/total.ts': { imports: ['src/demo/play.service.ts'], breaks: ['rank-reporting'] },
  'src/demo/play.ts': { imports: ['src/bin/start.module.ts'], breaks: ['rank-demo'] },
  'src/shared/helper.ts': { imports: ['src/kernel/ids.ts'], breaks: ['known-room'] },
  'src/desk/boot.ts': { imports: ['src/app.module.ts'], breaks: ['top-is-top'] },

  // Circles, of types too; each is reported once.
  'src/grants/hen.ts': { imports: ['type:src/grants/egg.ts'], breaks: [] },
  'src/grants/egg.ts': { imports: ['type:src/grants/hen.ts'], breaks: ['no-circles'] },

  // Purity.
  'src/kernel/disk.ts': { imports: ['node:fs'], breaks: ['pure-kernel'] },
  'src/grants/wired.rules.ts': { imports: ['@nestjs/common'], breaks: ['pure-rules'] },
  'src/grants/late.rules.ts': { imports: ['src/platform/clock.ts'], breaks: ['pure-rules'] },
  'src/grants/greedy.rules.ts': {
    imports: ['type:src/grants/term.repository.ts'],
    breaks: ['pure-rules'],
  },

  // Front doors.
  'src/grants/peek.service.ts': { imports: ['type:src/budget/line.entity.ts'], breaks: ['front-door'] },
  'src/grants/take.service.ts': { imports: ['src/budget/line.repository.ts'], breaks: ['front-door'] },
  'src/grants/chain.service.ts': { imports: ['src/audit/record.entity.ts'], breaks: ['front-door'] },

  // Layers inside a folder.
  'src/grants/query.service.ts': { imports: ['type:typeorm'], breaks: ['sql-in-repositories'] },
  'src/platform/mail.ts': { imports: ['pg'], breaks: ['sql-in-repositories'] },
  'src/grants/live.entity.ts': { imports: ['pg'], breaks: ['entities-describe'] },
  'src/grants/short.controller.ts': {
    imports: ['src/grants/term.repository.ts'],
    breaks: ['controllers-ask-services'],
  },
  'src/grants/web.service.ts': { imports: ['type:express'], breaks: ['http-at-the-edge'] },
  'src/grants/describe.service.ts': { imports: ['@nestjs/swagger'], breaks: ['http-at-the-edge'] },
  'src/grants/header.repository.ts': {
    imports: ['src/platform/http/operation.ts'],
    breaks: ['http-at-the-edge'],
  },
  'src/platform/database/answer.ts': {
    imports: ['src/platform/http/operation.ts'],
    breaks: ['http-at-the-edge'],
  },
  'src/grants/show.service.ts': { imports: ['src/grants/term.view.ts'], breaks: ['services-serve'] },

  // What the product may lean on.
  'src/grants/borrow.ts': { imports: ['test/support/builder.ts'], breaks: ['no-tests-in-product'] },
  'test/api/a.spec.ts': { imports: ['test/api/b.spec.ts'], breaks: ['specs-stand-alone'] },
  'src/grants/check.ts': { imports: ['fast-check'], breaks: ['no-dev-packages'] },
  'src/grants/stowaway.ts': { imports: ['stowaway'], breaks: ['declared-packages'] },
  'migrations/0001-first.ts': { imports: ['src/kernel/ids.ts'], breaks: ['migrations-stand-still'] },
  'src/grants/lost.ts': { imports: ['src/grants/nowhere.ts'], breaks: ['resolvable'] },
  'src/grants/lonely.ts': { imports: [], breaks: ['no-orphans'] },

  // Allowed.
  'src/main.ts': { imports: ['src/app.module.ts', '@nestjs/swagger'], breaks: [] },
  'src/app.module.ts': {
    imports: ['src/grants/term.module.ts', 'src/reporting/report.module.ts'],
    breaks: [],
  },
  'src/bin/start.ts': { imports: ['src/main.ts'], breaks: [] },
  'src/kernel/day.ts': { imports: ['temporal-polyfill', 'node:crypto', 'src/kernel/ids.ts'], breaks: [] },
  'src/grants/term.rules.ts': {
    imports: ['ibantools', 'src/kernel/ids.ts', 'type:src/budget/line.rules.ts'],
    breaks: [],
  },
  'src/grants/term.module.ts': { imports: ['src/budget/line.service.ts'], breaks: [] },
  'src/grants/term.dto.ts': { imports: ['src/platform/http/operation.ts', '@nestjs/swagger'], breaks: [] },
  'src/grants/term.view.ts': { imports: ['type:src/grants/term.entity.ts'], breaks: [] },
  'src/grants/term.entity.ts': { imports: ['typeorm', 'src/platform/database/columns.ts'], breaks: [] },
  'src/grants/term.repository.ts': { imports: ['typeorm', 'src/grants/term.entity.ts'], breaks: [] },
  'src/grants/term.service.ts': {
    imports: ['src/audit/command-runner.ts', 'src/grants/term.repository.ts', 'src/budget/line.service.ts'],
    breaks: [],
  },
  'src/grants/term.controller.ts': {
    imports: ['src/grants/term.service.ts', 'src/grants/term.dto.ts', 'type:express'],
    breaks: [],
  },
  'src/grants/term.rules.spec.ts': { imports: ['fast-check', 'test/support/builder.ts'], breaks: [] },
  'migrations/0002-second.ts': { imports: ['type:typeorm'], breaks: [] },
};

/** Installed in the tree as empty packages; `stowaway` came along undeclared. */
const packages = {
  dependencies: ['@nestjs/common', '@nestjs/swagger', 'ibantools', 'pg', 'temporal-polyfill', 'typeorm'],
  devDependencies: ['fast-check'],
  undeclared: ['stowaway', 'express'],
};

const files = Object.fromEntries(
  Object.entries(tree).map(([path, { imports }]) => [path, textOf(path, imports)]),
);
const missing = 'src/grants/nowhere.ts';
const targets = Object.values(tree)
  .flatMap(({ imports }) => imports.map((name) => name.replace('type:', '')))
  .filter((name) => /^(?:src|test)\//.test(name) && name !== missing && !(name in tree));

describe('the rules of the architecture', () => {
  let place: string;
  let report: Report;

  beforeAll(() => {
    const leaves = Object.fromEntries(targets.map((path) => [path, 'export const leaf = 1;\n']));
    place = plant({ ...leaves, ...files }, packages);
    report = cruise(place);
  }, 60_000);

  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });

  it('find exactly what was planted', () => {
    const expected = Object.entries(tree).flatMap(([path, { breaks }]) =>
      breaks.map((rule) => `${path} ${rule}`),
    );
    const found = report.summary.violations.map((violation) => `${violation.from} ${violation.rule.name}`);
    expect([...new Set(found)].sort()).toEqual(expected.sort());
  });

  it('are all planted here, so that none is only believed to work', () => {
    const broken = new Set(Object.values(tree).flatMap(({ breaks }) => breaks));
    const known = report.summary.ruleSetUsed.forbidden.map((rule) => rule.name);
    expect(known.filter((name) => !broken.has(name))).toEqual([]);
    expect(known.length).toBeGreaterThan(30);
  });
});

interface Report {
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string }[] };
  };
}

function cruise(place: string): Report {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options = ['--config', join(root, '.dependency-cruiser.js'), '--output-type', 'json'];
  const output = execFileSync(process.execPath, [program, ...options, 'src', 'migrations', 'test'], {
    cwd: place,
    encoding: 'utf8',
  });
  return JSON.parse(output) as Report;
}

function textOf(path: string, imports: readonly string[]): string {
  const up = '../'.repeat(path.split('/').length - 1);
  const lines = imports.map((name) => {
    const target = name.replace('type:', '');
    const specifier = /^(?:src|test)\//.test(target) ? `${up}${target.replace(/\.ts$/, '.js')}` : target;
    return name.startsWith('type:') ? `export type * from '${specifier}';` : `import '${specifier}';`;
  });
  return [...lines, 'export {};', ''].join('\n');
}
