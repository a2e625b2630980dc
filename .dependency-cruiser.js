import { kernelPackages, openFolders, publicPieces, ranks, rulePackages } from './tools/ranks.js';

const either = (names) => `(?:${names.join('|')})`;
const folders = (names) => `^src/${either(names)}/`;
const packages = (names) => `(?:^|/)node_modules/(?:@types/)?${either(names)}(?:/|$)`;

const SPEC = '\\.spec\\.ts$';
const ROOM = either(ranks.flat());
const TOP = '^src/(?:main|app\\.module)\\.ts$';
/** A page is a question to the database too, and a permission is a name; neither carries a request. */
const WORDS_OF_HTTP = '^src/platform/http/(?:page|permit)\\.ts$';
const HTTP_PACKAGES = [
  'express',
  '@nestjs/swagger',
  '@nestjs/platform-express',
  '@nestjs/passport',
  'passport[^/]*',
];

const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** For each folder: everything of its own rank or above, itself excepted, is out of reach. */
const rankRules = ranks.flatMap((rank, height) =>
  rank.map((folder) => {
    const forbidden = ranks
      .slice(height)
      .flat()
      .filter((other) => other !== folder);
    return { folder, forbidden };
  }),
);

export default {
  forbidden: [
    ...rankRules
      .filter(({ forbidden }) => forbidden.length > 0)
      .map(({ folder, forbidden }) =>
        rule(
          `rank-${folder}`,
          `${folder} imports from lower ranks only (tools/ranks.js). Let the folder above orchestrate, or move the word down.`,
          { path: folders([folder]) },
          { path: folders(forbidden) },
        ),
      ),
    rule(
      'known-room',
      'Every folder of src has a rank. Name it in tools/ranks.js, or find the room the file belongs to.',
      { path: '^src/', pathNot: [`^src/${ROOM}/`, TOP] },
      {},
    ),
    rule(
      'top-is-top',
      'main.ts and app.module.ts put everything together, so nothing below demo and bin imports them.',
      { path: '^src/', pathNot: [folders(['demo', 'bin']), TOP, SPEC] },
      { path: TOP },
    ),
    rule(
      'no-circles',
      'No circles; type imports count. Move what both need one rank down, or let the caller pass it.',
      {},
      { circular: true },
    ),
    rule(
      'pure-kernel',
      `The kernel stands alone: only node:crypto and ${kernelPackages.join(', ')}.`,
      { path: '^src/kernel/', pathNot: SPEC },
      { pathNot: ['^src/kernel/', '^(?:node:)?crypto$', packages(kernelPackages)] },
    ),
    rule(
      'pure-rules',
      'A rule sees the kernel and other rules. Pass facts in; the service reads them.',
      { path: '\\.rules\\.ts$', pathNot: '^src/kernel/' },
      { pathNot: ['^src/kernel/', '\\.rules\\.ts$', packages([...kernelPackages, ...rulePackages])] },
    ),
    rule(
      'front-door',
      'Another folder is entered through its .rules, .service or .module, never its tables, repository, DTOs or controllers.',
      { path: '^src/([^/]+)/', pathNot: SPEC },
      {
        path: `^src/${ROOM}/`,
        pathNot: [
          '^src/$1/',
          folders(openFolders),
          '\\.(?:rules|service|module)\\.ts$',
          ...Object.entries(publicPieces).map(([folder, pieces]) => `^src/${folder}/${either(pieces)}\\.ts$`),
        ],
      },
    ),
    rule(
      'sql-in-repositories',
      'Only repositories (and platform/database, audit) speak to the database; entities may use the decorators of typeorm.',
      {
        path: '^src/',
        pathNot: ['\\.repository\\.ts$', '\\.entity\\.ts$', '^src/platform/database/', '^src/audit/', SPEC],
      },
      { path: packages(['typeorm', 'pg', 'pg-[^/]+']) },
    ),
    rule(
      'entities-describe',
      'An entity describes a table; it does not open a connection. Queries belong into the repository.',
      { path: '\\.entity\\.ts$' },
      { path: packages(['pg', 'pg-[^/]+']) },
    ),
    rule(
      'controllers-ask-services',
      'A controller asks a service, never a repository.',
      { path: '\\.controller\\.ts$' },
      { path: '\\.repository\\.ts$' },
    ),
    rule(
      'http-at-the-edge',
      'Only controllers, DTOs, views, guards and platform know HTTP. A service takes an Invocation and throws a Failure.',
      {
        path: '^src/',
        pathNot: [
          '\\.(?:controller|dto|view|guard|module)\\.ts$',
          '^src/platform/(?!database/)',
          ...['audit', 'identity'].map((folder) => `^src/${folder}/${either(publicPieces[folder])}\\.ts$`),
          folders(['bin', 'demo']),
          TOP,
          SPEC,
        ],
      },
      { path: [packages(HTTP_PACKAGES), '^src/platform/http/'], pathNot: WORDS_OF_HTTP },
    ),
    rule(
      'services-serve',
      'A service does not know who asks: no controller, DTO decorator or view is needed to do the work.',
      { path: '\\.(?:service|repository|entity)\\.ts$' },
      { path: '\\.(?:controller|view)\\.ts$' },
    ),
    rule(
      'no-tests-in-product',
      'The product does not import its tests. What both need is a word of the product.',
      { path: '^(?:src|migrations)/', pathNot: SPEC },
      { path: ['^test/', SPEC] },
    ),
    rule(
      'specs-stand-alone',
      'A spec is nobody’s library. Move the helper to test/support.',
      {},
      { path: SPEC },
    ),
    rule(
      'no-dev-packages',
      'npm ci --omit=dev must suffice to run. Move the package to dependencies; types may stay.',
      { path: '^(?:src|migrations)/', pathNot: SPEC },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'declared-packages',
      'Name the package in package.json: what came along with another one may leave with it.',
      { path: '^(?:src|migrations|test)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'migrations-stand-still',
      'A migration says the same for ever. It imports types of typeorm and nothing of src that may change.',
      { path: '^migrations/' },
      { path: '^src/' },
    ),
    rule(
      'resolvable',
      'The import leads nowhere. Relative imports end in .js.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'no-orphans',
      'Nobody uses this file and it uses nobody. Use it or remove it.',
      { orphan: true, path: '^(?:src|test)/', pathNot: [TOP, folders(['bin']), '\\.d\\.ts$'] },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
};
