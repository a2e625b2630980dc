/**
 * What this house does not write, and what it writes instead. Each entry becomes one lint rule `house/<name>`.
 *
 * - `nodes`: esquery selectors of the syntax that is banned
 * - `where`, `except`: globs; without `where` the ban holds everywhere
 */
const SRC = ['src/**/*.ts'];
const SPECS = ['**/*.spec.ts', 'test/**/*.ts'];
const CLOCK = ['src/platform/clock.ts', ...SPECS];
const DOORS = ['src/platform/database/**', 'src/audit/**', ...SPECS];

const testName = 'describe|it|test|xdescribe|xit|xtest|fdescribe|fit';
const statement = '/^\\s*(begin|start\\s+transaction|commit|rollback|savepoint)\\b/i';
const query = 'CallExpression[callee.property.name=/^(query|rows)$/]';

export const bans = [
  {
    name: 'no-barrels',
    nodes: ['ExportAllDeclaration', 'ExportNamedDeclaration[source]'],
    instead:
      'No barrels: they hide where a name lives and close circles. Import from the file that defines it.',
  },
  {
    name: 'no-index',
    where: ['**/index.ts'],
    nodes: ['Program'],
    instead: 'No index.ts: name the file after what it holds and import that file.',
  },
  {
    name: 'no-forward-ref',
    nodes: ["CallExpression[callee.name='forwardRef']", "ImportSpecifier[imported.name='forwardRef']"],
    instead:
      'forwardRef hides a circle. Let the folder above orchestrate both, or move the shared word down.',
  },
  {
    name: 'one-door',
    where: SRC,
    except: DOORS,
    nodes: [
      "CallExpression[callee.property.name='transaction']",
      'CallExpression[callee.property.name=/^(startTransaction|commitTransaction|rollbackTransaction|createQueryRunner)$/]',
      `${query} > Literal[value=${statement}]`,
      `${query} > TemplateLiteral > TemplateElement:first-child[value.raw=${statement}]`,
    ],
    instead: 'Transactions have one door: CommandRunner.run for a command, CommandRunner.read for a read.',
  },
  {
    name: 'sql-in-repositories',
    where: SRC,
    except: ['**/*.repository.ts', ...DOORS],
    nodes: ['MemberExpression[object.name=/^(tx|unit|read)$/][property.name=/^(rows|manager)$/]'],
    instead: 'SQL belongs into the repository. Give it a method with the name of the question.',
  },
  {
    name: 'one-clock',
    where: ['src/**/*.ts', 'migrations/**/*.ts'],
    except: CLOCK,
    nodes: [
      "NewExpression[callee.name='Date']",
      "CallExpression[callee.name='Date']",
      "MemberExpression[object.name='Date'][property.name='now']",
      "MemberExpression[object.name='Temporal'][property.name='Now']",
      "MemberExpression[object.property.name='Temporal'][property.name='Now']",
    ],
    instead: 'Time has one source: Clock for the business day, unit.instant and unit.today inside a command.',
  },
  {
    name: 'no-float-money',
    except: SPECS,
    nodes: [
      "CallExpression[callee.name='parseFloat']",
      "MemberExpression[property.name='parseFloat']",
      "MemberExpression[property.name='toFixed']",
      "MemberExpression[property.name='toPrecision']",
    ],
    instead:
      'No floats: amounts are Money in cents, shares are Fraction; read and show them through the kernel.',
  },
  {
    name: 'no-focused-tests',
    where: SPECS,
    nodes: [
      `MemberExpression[object.name=/^(${testName})$/][property.name='only']`,
      'CallExpression[callee.name=/^(fdescribe|fit|ftest)$/]',
    ],
    instead: 'A focused test silences all others. Run one file with `npm test -- <path>`.',
  },
  {
    name: 'no-skipped-tests',
    where: SPECS,
    nodes: [
      `MemberExpression[object.name=/^(${testName})$/][property.name=/^(skip|todo|failing)$/]`,
      'CallExpression[callee.name=/^(xdescribe|xit|xtest)$/]',
    ],
    instead: 'A skipped test proves nothing. Repair it, or remove it and say why in the commit.',
  },
  {
    name: 'no-console',
    where: SRC,
    except: ['src/bin/**', ...SPECS],
    nodes: ["MemberExpression[object.name='console']"],
    instead:
      'Only command lines print. Use the logger that is injected; what matters to others goes into the audit record.',
  },
  {
    name: 'one-config',
    where: ['src/**/*.ts', 'migrations/**/*.ts'],
    except: ['src/platform/config.ts', 'src/bin/**', ...SPECS],
    nodes: [
      "MemberExpression[object.name='process'][property.name='env']",
      "ImportSpecifier[imported.name='env']",
    ],
    instead: 'Settings come from Config (src/platform/config.ts), where each is checked and described once.',
  },
  {
    name: 'no-double-cast',
    nodes: ["TSAsExpression > TSAsExpression[typeAnnotation.type='TSUnknownKeyword']"],
    instead:
      '`as unknown as` switches the compiler off. Narrow the value, or give the source the right type.',
  },
  {
    name: 'few-parameters',
    nodes: [
      'FunctionDeclaration[params.length>4]',
      // What is passed to a library has the parameters that the library gives.
      ':not(CallExpression, Property) > ArrowFunctionExpression[params.length>4]',
      "MethodDefinition[kind!='constructor'] > FunctionExpression[params.length>4]",
      "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>8]",
    ],
    instead: 'At most 4 parameters (8 collaborators of a class). Pass one object whose members have names.',
  },
  {
    name: 'failures-not-exceptions',
    where: SRC,
    nodes: [
      'ThrowStatement > NewExpression[callee.name=/^(Http|BadRequest|NotFound|Forbidden|Conflict|Unauthorized|UnprocessableEntity|InternalServerError)Exception$/]',
    ],
    instead: 'Throw a Failure (kernel/failure.ts): one registry of codes, and services know no HTTP.',
  },
];

const ruleOf = ({ nodes, instead }) => ({
  meta: { type: 'problem', schema: [], messages: { instead } },
  create: (context) =>
    Object.fromEntries(
      nodes.map((selector) => [selector, (node) => context.report({ node, messageId: 'instead' })]),
    ),
});

const plugin = {
  meta: { name: 'house' },
  rules: Object.fromEntries(bans.map((ban) => [ban.name, ruleOf(ban)])),
};

/** The bans as blocks of a flat ESLint configuration. */
export const house = [
  { plugins: { house: plugin } },
  ...bans.map(({ name, where, except }) => ({
    files: where ?? ['**/*.ts'],
    ignores: except ?? [],
    rules: { [`house/${name}`]: 'error' },
  })),
];
