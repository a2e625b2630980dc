import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { notFound, ruleViolated } from '../kernel/failure.js';
import { newId, type GuidelineVersionId } from '../kernel/ids.js';
import { violation } from '../kernel/violation.js';
import { refuseStep } from '../kernel/withdrawal.js';
import { Clock } from '../platform/clock.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { judgeDraft } from './guideline-draft.rules.js';
import {
  guidelineHindrance,
  isBinding,
  judgeReleaser,
  type GuidelineState,
} from './guideline-release.rules.js';
import type { Guideline, GuidelineVersion, Programme } from './guideline.entity.js';
import type { GuidelineDraft, GuidelineFacts, ProgrammeCode } from './guideline.rules.js';
import { ProgrammeRepository, validityOf } from './programme.repository.js';
import { rateValidity } from './rates.rules.js';
import { supersede } from './supersession.rules.js';

export interface GuidelineWishes extends PageQuery {
  readonly programme: ProgrammeCode | null;
  readonly on: CalendarDate | null;
}

/** A rate with the version it belongs to. */
export interface RateInForce {
  readonly rate: GuidelineFacts['rates'][number];
  readonly version: GuidelineFacts;
}

@Injectable()
export class ProgrammeService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly programmes: ProgrammeRepository,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor, { limit, cursor }: PageQuery): Promise<Page<Programme>> {
    const after = keyOf(cursor, ['text']);
    return this.commands.read(actor, async (tx) =>
      pageOf(await this.programmes.programmes(tx, after, limit + 1), limit, ({ code }) => [code]),
    );
  }

  draft(invocation: Invocation<Guideline>, draft: GuidelineDraft): Promise<Answer> {
    return this.commands.run(invocation, 'guideline.draft', async (unit) => {
      const objections = judgeDraft(draft);
      if (objections.length > 0) throw ruleViolated(objections);
      const id = newId<GuidelineVersionId>();
      await this.programmes.add(unit, id, draft);
      return this.reread(unit, id);
    });
  }

  /** By another person of the ministry; the KI guideline holds only after the school ministry released it too. */
  release(invocation: Invocation<Guideline>, id: GuidelineVersionId): Promise<Answer> {
    return this.commands.run(invocation, 'guideline.release', (unit) => this.advance(unit, id, 'released'));
  }

  coRelease(invocation: Invocation<Guideline>, id: GuidelineVersionId): Promise<Answer> {
    return this.commands.run(invocation, 'guideline.coRelease', (unit) =>
      this.advance(unit, id, 'co_released'),
    );
  }

  /** By either of those whose release it needs, while it binds nobody yet. */
  withdraw(invocation: Invocation<Guideline>, id: GuidelineVersionId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'guideline.withdraw', async (unit) => {
      await this.lockFor(unit, id, 'withdrawn');
      await this.programmes.withdraw(unit, id, reason);
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: GuidelineVersionId): Promise<Guideline> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  listGuidelines(actor: Actor, { programme, on, limit, cursor }: GuidelineWishes): Promise<Page<Guideline>> {
    const after = keyOf(cursor, ['id']);
    return this.commands.read(actor, async (tx) =>
      pageOf(await this.programmes.page(tx, { programme, on }, after, limit + 1), limit, ({ row }) => [
        row.id,
      ]),
    );
  }

  /** Every rate that holds on a day, of every programme or one. There are few, so the page is cut here. */
  listRates(actor: Actor, { programme, on, limit, cursor }: GuidelineWishes): Promise<Page<RateInForce>> {
    const [after] = keyOf(cursor, ['id']) ?? [];
    const day = on ?? this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const versions = await this.programmes.page(tx, { programme, on: day }, null, MOST_VERSIONS);
      const rates = versions
        .flatMap(({ facts }) => facts.rates.map((rate) => ({ rate, version: facts })))
        .filter(
          ({ rate }) => rateValidity(rate).contains(day) && (after === undefined || rate.id > String(after)),
        )
        .sort((a, b) => (a.rate.id < b.rate.id ? -1 : 1));
      return pageOf(rates.slice(0, limit + 1), limit, ({ rate }) => [rate.id]);
    });
  }

  /**
   * The guideline version that binds on a day, with all its facts.
   * @throws Failure 422 `no-guideline-in-force`: without a guideline nothing is granted.
   */
  async versionInForce(tx: ReadTx, programme: ProgrammeCode, day: CalendarDate): Promise<GuidelineFacts> {
    const found = await this.programmes.inForce(tx, programme, day);
    if (found === null) {
      throw ruleViolated([
        violation('no-guideline-in-force', null, {
          de: `Für das Programm ${programme} gilt am ${day.format('de')} keine Richtlinie.`,
          en: `No guideline of the programme ${programme} is in force on ${day}.`,
        }),
      ]);
    }
    return found.facts;
  }

  /** Every binding version of a programme; on any day at most one of them holds. */
  async binding(tx: ReadTx, programme: ProgrammeCode): Promise<GuidelineFacts[]> {
    return (await this.programmes.binding(tx, programme)).map(({ facts }) => facts);
  }

  /** A version by its id, in whatever state. @throws Failure 404 */
  async require(tx: ReadTx, id: GuidelineVersionId): Promise<Guideline> {
    const found = await this.programmes.find(tx, id);
    if (found === null) throw notFound();
    return found;
  }

  private async advance(
    unit: Unit,
    id: GuidelineVersionId,
    to: 'released' | 'co_released',
  ): Promise<Guideline> {
    const version = await this.lockFor(unit, id, to);
    const objections = judgeReleaser([version.draftedBy, version.releasedBy], unit.actor.personId);
    const becomesBinding = isBinding(version.programme, to);
    const standing = becomesBinding ? await this.programmes.lockBinding(unit, version.programme) : [];
    const place = supersede(
      validityOf(version),
      standing.map((other) => ({ id: other.id, title: other.title, validity: validityOf(other) })),
    );
    objections.push(...place.violations);
    if (objections.length > 0) throw ruleViolated(objections);
    for (const earlier of place.superseded) {
      await this.programmes.supersede(unit, earlier, version.validFrom);
      await this.reread(unit, earlier);
    }
    for (const earlier of place.replaced) {
      await this.programmes.replace(unit, earlier);
      await this.reread(unit, earlier);
    }
    await this.programmes.release(unit, id, to);
    return this.reread(unit, id);
  }

  /** Before a step that it can take. @throws Failure 404, 409, 412 */
  private async lockFor(unit: Unit, id: GuidelineVersionId, to: GuidelineState): Promise<GuidelineVersion> {
    const version = await this.programmes.lock(unit, id);
    if (version === null) throw notFound();
    unit.expect(version.version);
    refuseStep(guidelineHindrance(version, to, unit.actor), version);
    return version;
  }

  /** The version as this command leaves it, which is also what its record is about. */
  private async reread(unit: Unit, id: GuidelineVersionId): Promise<Guideline> {
    const guideline = await this.require(unit, id);
    unit.concerns({ type: 'guideline', id, version: guideline.row.version, centreId: null, caseId: null });
    return guideline;
  }
}

/** One version per programme holds on a day, so this is never reached. */
const MOST_VERSIONS = 200;
