import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { Failure, notFound, ruleViolated } from '../kernel/failure.js';
import { newId, type CentreId, type RecipientId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import { Clock } from '../platform/clock.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { BankAccount } from './bank-account.entity.js';
import type { Centre } from './centre.entity.js';
import { CentreRepository } from './centre.repository.js';
import {
  judgeAssumption,
  judgeNewCentre,
  type HostType,
  type NewCentre,
  type Regierungsbezirk,
} from './centres.rules.js';
import type { Recipient } from './recipient.entity.js';

export interface CentreWishes extends PageQuery {
  readonly asOf: CalendarDate | null;
  readonly hostType: HostType | null;
  readonly regierungsbezirk: Regierungsbezirk | null;
}

/** The centres open on a day, and how many of which nobody knows. */
export interface CentrePage extends Page<Centre> {
  readonly asOf: CalendarDate;
  readonly openingUnknown: number;
}

@Injectable()
export class CentreService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly centres: CentreRepository,
    private readonly clock: Clock,
  ) {}

  create(invocation: Invocation<Centre>, input: NewCentre): Promise<Answer> {
    return this.commands.run(invocation, 'centre.create', async (unit) => {
      const objections = judgeNewCentre(input);
      if (objections.length > 0) throw ruleViolated(objections);
      const { recipient, ...facts } = input;
      const recipientId = newId<RecipientId>();
      const centre = { ...facts, id: newId<CentreId>(), recipientId, closedOn: null, version: 1 };
      if (
        !(await this.centres.add(
          unit,
          { id: recipientId, name: recipient.name, kind: recipient.kind, version: 1 },
          centre,
        ))
      ) {
        throw new Failure('duplicate', { violations: [AGS_TAKEN] });
      }
      unit.concerns({ type: 'recipient', id: recipientId, version: 1, centreId: centre.id, caseId: null });
      unit.concerns({ type: 'centre', id: centre.id, version: 1, centreId: centre.id, caseId: null });
      return this.require(unit, centre.id);
    });
  }

  /** Lets grants begin before the day by which the centre is known to be open; the ministry says why. */
  assumeOpening(
    invocation: Invocation<Centre>,
    id: CentreId,
    { from, reason }: { from: CalendarDate; reason: string },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'centre.assumeOpening', async (unit) => {
      const centre = await this.centres.lock(unit, id);
      if (centre === null) throw notFound();
      unit.expect(centre.version);
      const { knownOpenBy } = centre;
      const objections = judgeAssumption({ knownOpenBy, assumedOpenFrom: from, assumedOpenReason: reason });
      if (objections.length > 0) {
        throw ruleViolated(objections.map((objection) => ({ ...objection, pointer: '/from' })));
      }
      await this.centres.assume(unit, id, from, reason);
      unit.concerns({ type: 'centre', id, version: centre.version + 1, centreId: id, caseId: null });
      return this.require(unit, id);
    });
  }

  read(actor: Actor, id: CentreId): Promise<Centre> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  list(actor: Actor, { asOf, hostType, regierungsbezirk, limit, cursor }: CentreWishes): Promise<CentrePage> {
    const after = keyOf(cursor, ['text']);
    const openOn = asOf ?? this.clock.today();
    const filter = { openOn, hostType, regierungsbezirk };
    return this.commands.read(actor, async (tx) => {
      const rows = await this.centres.page(tx, filter, after, limit + 1);
      const openingUnknown = await this.centres.openingUnknown(tx, filter);
      return { ...pageOf(rows, limit, ({ ags }) => [ags]), asOf: openOn, openingUnknown };
    });
  }

  /** Every centre known to be open on the day, by AGS. */
  centresOpenOn(tx: ReadTx, day: CalendarDate): Promise<Centre[]> {
    return this.centres.openOn(tx, day);
  }

  /** @throws Failure 404 unless all of them are known. */
  async requireAll(tx: ReadTx, ids: readonly CentreId[]): Promise<void> {
    const wanted = [...new Set(ids)];
    if ((await this.centres.countOf(tx, wanted)) < wanted.length) throw notFound();
  }

  /** @throws Failure 404 for a centre nobody knows. */
  async require(tx: ReadTx, id: CentreId): Promise<Centre> {
    const centre = await this.centres.find(tx, id);
    if (centre === null) throw notFound();
    return centre;
  }

  /** The body behind a centre: the centre itself is no legal person. */
  recipientOf(tx: ReadTx, { recipientId }: Centre): Promise<Recipient> {
    return this.centres.recipient(tx, recipientId);
  }

  /** The account a centre's money goes to now; null before one is confirmed by a second person. */
  confirmedAccount(tx: ReadTx | Unit, centreId: CentreId): Promise<BankAccount | null> {
    return this.centres.confirmedAccount(tx, centreId);
  }
}

const AGS_TAKEN = violation(
  'ags-taken',
  null,
  {
    de: 'Zu diesem Gemeindeschlüssel gibt es schon ein Zentrum.',
    en: 'There already is a centre with this municipality key.',
  },
  '/ags',
);
