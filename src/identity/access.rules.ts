import type { Power, Role, TechnicalRole } from '../kernel/actor.js';
import type { Text } from '../kernel/violation.js';
import { lackingPower, powerFor } from './power.rules.js';

/** Everybody who is signed in, or everybody at all. */
type Anyone = 'signed-in' | 'public';

/** Everybody but the operator, who administers accounts and no grants. */
const everyOffice: readonly Role[] = [
  'ministry',
  'school_ministry',
  'granting_authority',
  'cashier',
  'municipality',
  'auditor',
];

/** Who reads applications; the cash office pays decisions and needs no more than those. */
const caseReaders: readonly Role[] = [
  'ministry',
  'school_ministry',
  'granting_authority',
  'municipality',
  'auditor',
];

/** Who reads the state's budget; a municipality reads its own grants instead. */
const budgetReaders: readonly Role[] = [
  'ministry',
  'school_ministry',
  'granting_authority',
  'cashier',
  'auditor',
];

/**
 * Who may do what: every operation of the API has exactly one row, and every row has an operation; the boot checks
 * both directions. What a role sees *within* an operation is decided by the database's policies.
 */
export const access: Readonly<Record<string, readonly Role[] | Anyone>> = {
  // sessions
  'me.read': 'signed-in',
  'session.create': 'public',
  'session.end': 'signed-in',
  'session.refresh': 'public',

  // persons and users
  'person.confirmErasure': ['admin'],
  'person.create': ['admin'],
  'person.erase': ['admin'],
  'user.confirmRole': ['admin'],
  'user.confirmSubstitute': ['admin'],
  'user.create': ['admin'],
  'user.disable': ['admin'],
  'user.endSubstitute': ['admin'],
  'user.grantRole': ['admin'],
  'user.list': ['admin', 'auditor'],
  'user.listSubstitutes': ['admin', 'auditor'],
  'user.read': ['admin', 'auditor'],
  'user.revokeRole': ['admin'],
  'user.substitute': ['admin'],

  // centres and recipients
  'centre.assumeOpening': ['ministry'],
  'centre.create': ['ministry'],
  'centre.list': 'signed-in',
  'centre.read': 'signed-in',
  'recipient.confirmAccount': ['granting_authority'],
  'recipient.listAccounts': ['granting_authority', 'cashier', 'municipality', 'auditor'],
  'recipient.proposeAccount': ['granting_authority'],
  'recipient.readAccount': ['granting_authority', 'cashier', 'municipality', 'auditor'],
  'recipient.withdrawAccount': ['granting_authority'],

  // programmes, calls, guidelines and rates
  'call.close': ['ministry'],
  'call.list': everyOffice,
  'call.open': ['ministry'],
  'call.read': everyOffice,
  'guideline.coRelease': ['school_ministry'],
  'guideline.draft': ['ministry'],
  'guideline.list': everyOffice,
  'guideline.read': everyOffice,
  'guideline.release': ['ministry'],
  'guideline.touchedDecisions': ['ministry', 'school_ministry', 'granting_authority', 'auditor'],
  'guideline.withdraw': ['ministry', 'school_ministry'],
  'programme.list': everyOffice,
  'rate.list': everyOffice,

  // budget
  'allocation.list': budgetReaders,
  'allocation.propose': ['ministry'],
  'allocation.release': ['ministry'],
  'allocation.withdraw': ['ministry'],
  'appropriation.list': budgetReaders,
  'appropriation.propose': ['ministry'],
  'appropriation.release': ['ministry'],
  'appropriation.withdraw': ['ministry'],
  'budget.closeYear': ['ministry'],
  'budget.openYear': ['ministry'],
  'budget.overview': budgetReaders,
  'budget.years': budgetReaders,
  'budgetLine.create': ['ministry'],
  'budgetLine.list': budgetReaders,
  'commitmentAuthorisation.list': budgetReaders,
  'commitmentAuthorisation.propose': ['ministry'],
  'commitmentAuthorisation.release': ['ministry'],
  'commitmentAuthorisation.withdraw': ['ministry'],

  // applications
  'application.acknowledgeChange': ['granting_authority'],
  'application.answer': ['municipality'],
  'application.calculation': caseReaders,
  'application.check': ['granting_authority'],
  'application.consentEarlyStart': ['granting_authority'],
  'application.continue': ['municipality'],
  'application.difference': caseReaders,
  'application.draft': ['municipality'],
  'application.edit': ['municipality'],
  'application.list': caseReaders,
  'application.notifyChange': ['municipality'],
  'application.opine': ['ministry', 'school_ministry', 'granting_authority'],
  'application.query': ['granting_authority'],
  'application.read': caseReaders,
  'application.readiness': ['municipality'],
  'application.recommend': ['granting_authority'],
  'application.retract': ['municipality'],
  'application.submit': ['municipality'],
  'application.versions': caseReaders,

  // attachments
  'attachment.list': ['granting_authority', 'municipality', 'auditor'],
  'attachment.read': ['granting_authority', 'municipality', 'auditor'],
  'attachment.remove': ['municipality'],
  'attachment.upload': ['municipality'],

  // decisions
  'decision.amend': ['granting_authority'],
  'decision.answerHearing': ['municipality'],
  'decision.close': ['granting_authority'],
  'decision.closeHearing': ['granting_authority'],
  'decision.closeSuit': ['granting_authority'],
  'decision.course': everyOffice,
  'decision.derivation': everyOffice,
  'decision.discard': ['granting_authority'],
  'decision.draft': ['granting_authority'],
  'decision.edit': ['granting_authority'],
  'decision.inForce': everyOffice,
  'decision.list': everyOffice,
  'decision.notice': everyOffice,
  'decision.notify': ['granting_authority'],
  'decision.openHearing': ['granting_authority'],
  'decision.read': everyOffice,
  'decision.recordSuit': ['granting_authority'],
  'decision.release': ['granting_authority'],
  'decision.revoke': ['granting_authority'],
  'decision.waiveRemedies': ['municipality'],
  'decision.withdraw': ['granting_authority'],

  // posts and occupancies
  'occupancy.correct': ['municipality'],
  'occupancy.end': ['municipality'],
  'occupancy.import': ['municipality'],
  'occupancy.list': ['granting_authority', 'municipality', 'auditor'],
  'occupancy.record': ['municipality'],
  'occupancy.recordExpenditure': ['municipality'],
  'occupancy.template': ['municipality'],
  'post.abolish': ['ministry', 'school_ministry'],
  'post.change': ['ministry', 'school_ministry'],
  'post.establish': ['ministry', 'school_ministry'],
  'post.gap': ['granting_authority', 'municipality', 'auditor'],
  'post.list': ['ministry', 'school_ministry', 'granting_authority', 'municipality', 'auditor'],
  'post.read': ['ministry', 'school_ministry', 'granting_authority', 'municipality', 'auditor'],
  'report.vacancies': ['ministry', 'school_ministry', 'granting_authority', 'municipality', 'auditor'],

  // published figures
  'publishedFigure.list': everyOffice,
  'publishedFigure.nameCandidate': ['ministry'],
  'publishedFigure.record': ['ministry'],

  // funding splits and reports
  'fundingSplit.list': everyOffice,
  'fundingSplit.series': everyOffice,
  'fundingSplit.statewide': everyOffice,
  'report.burnDown': ['ministry', 'granting_authority', 'auditor'],
  'report.reconciliation': ['ministry', 'granting_authority', 'auditor'],
  'simulation.run': ['ministry'],

  // the desk
  'deadline.list': everyOffice,
  'followUp.complete': everyOffice,
  'followUp.create': everyOffice,
  'followUp.list': everyOffice,
  'followUp.read': everyOffice,
  'workList.list': 'signed-in',

  // audit record
  'audit.checkpoint': 'signed-in',
  'audit.exportCaseFile': ['ministry', 'granting_authority', 'cashier', 'municipality', 'auditor'],
  'audit.list': 'signed-in',
  'audit.prove': 'signed-in',
  'audit.proveConsistency': 'signed-in',
  'audit.read': 'signed-in',

  // drawdowns and payments
  'drawdown.cancel': ['municipality'],
  'drawdown.certify': ['granting_authority'],
  'drawdown.list': everyOffice,
  'drawdown.order': ['granting_authority'],
  'drawdown.read': everyOffice,
  'drawdown.reject': ['granting_authority'],
  'drawdown.request': ['municipality'],
  'payment.bounce': ['cashier'],
  'payment.confirm': ['cashier'],
  'payment.list': everyOffice,
  'payment.read': everyOffice,
  'payment.return': ['cashier'],

  // settlement reports
  'settlement.accept': ['granting_authority'],
  'settlement.check': ['granting_authority'],
  'settlement.query': ['granting_authority'],
  'settlement.edit': ['municipality'],
  'settlement.examine': ['granting_authority'],
  'settlement.list': everyOffice,
  'settlement.open': ['municipality'],
  'settlement.read': everyOffice,
  'settlement.submit': ['municipality'],
};

/** Whether the role may call the operation. What the table does not know is nobody's. */
export function permits(action: string, role: Role | TechnicalRole): boolean {
  const allowed = Object.hasOwn(access, action) ? access[action] : undefined;
  if (allowed === undefined) return false;
  if (allowed === 'public' || allowed === 'signed-in') return true;
  return allowed.some((each) => each === role);
}

const roleWords: Readonly<Record<Role, Text>> = {
  ministry: { de: 'Ministerium', en: 'ministry' },
  school_ministry: { de: 'Schulministerium', en: 'school ministry' },
  granting_authority: { de: 'Bewilligungsbehörde', en: 'granting authority' },
  cashier: { de: 'Landeskasse', en: 'cash office' },
  municipality: { de: 'Kommune', en: 'municipality' },
  auditor: { de: 'Landesrechnungshof', en: 'court of audit' },
  admin: { de: 'Administration', en: 'administration' },
};

function rolesOf(action: string): readonly Role[] {
  const allowed = Object.hasOwn(access, action) ? access[action] : undefined;
  return allowed === undefined || typeof allowed === 'string' ? [] : allowed;
}

/** Who may call an operation, by the codes a caller meets in `me.read`; the same in every language. */
export function whoMay(action: string): string {
  if (permits(action, 'admin') && permits(action, 'municipality'))
    return 'alle Angemeldeten · everybody signed in';
  return rolesOf(action)
    .map((role) => {
      const power = role === 'municipality' && Object.hasOwn(powerFor, action) ? powerFor[action] : undefined;
      return power === undefined ? `\`${role}\`` : `\`${role}\` (\`${power}\`)`;
    })
    .join(', ');
}

/** Tells whoever may not call an operation who may, so that they know whom to ask. */
export function notPermittedWords(action: string): Text | null {
  const allowed = rolesOf(action);
  if (allowed.length === 0) return null;
  const named = (locale: 'de' | 'en'): string =>
    allowed.map((role) => `${roleWords[role][locale]} (${role})`).join(', ');
  return {
    de: `Die Rolle, in der Sie angemeldet sind, erlaubt diesen Vorgang (${action}) nicht. Er steht zu: ${named('de')}.`,
    en: `The role you are signed in with does not permit this operation (${action}). It is open to: ${named('en')}.`,
  };
}

/** What a role with its powers may call, for clients that show only what can be done. */
export function actionsOf(role: Role, powers: readonly Power[]): string[] {
  return Object.keys(access)
    .filter((action) => permits(action, role) && lackingPower(action, { role, powers }) === null)
    .sort();
}

/** A route as it was declared: its permission, and whether it is open to callers who are not signed in. */
export interface DeclaredRoute {
  readonly handler: string;
  readonly action: string | null;
  readonly open: boolean;
}

/** Everything that is wrong between the routes and the table; empty when each action has one route and one row. */
export function accessFaults(routes: readonly DeclaredRoute[], table: typeof access = access): string[] {
  const faults = routes.flatMap(({ handler, action, open }) => {
    if (action === null) return open ? [] : [`${handler} declares neither @Operation nor @PublicRoute`];
    if (!Object.hasOwn(table, action)) return [`${handler}: ${action} has no row in access.rules.ts`];
    if ((table[action] === 'public') !== open) return [`${handler}: ${action} is public in one place only`];
    return [];
  });
  const served = routes.flatMap(({ action }) => action ?? []);
  const idle = Object.keys(table).filter((action) => !served.includes(action));
  const twice = [...new Set(served.filter((action, index) => served.indexOf(action) !== index))];
  return [
    ...faults,
    ...idle.map((action) => `${action} has a row in access.rules.ts and no route`),
    ...twice.map((action) => `${action} is declared by more than one route`),
  ];
}
