import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { CentreService } from '../centres/centre.service.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type OccupancyId, type PostId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { OccupancyRepository, type OccupancyFilter } from './occupancy.repository.js';
import {
  canonicalPseudonym,
  judgeClaim,
  judgeEnd,
  judgeExpenditure,
  judgeOccupancy,
  type Claim,
  type Expenditure,
  type Occupancy,
} from './occupancy.rules.js';
import { PostRepository } from './post.repository.js';
import { PostService } from './post.service.js';

export interface WantedOccupancy extends Claim {
  readonly postId: PostId;
  /** Null keeps the figures of the occupancy that is corrected. */
  readonly expenditure: readonly Expenditure[] | null;
}

/** Who sits where. Each body writes its own; whoever else reads it leaves a record. */
@Injectable()
export class OccupancyService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly occupancies: OccupancyRepository,
    private readonly posts: PostService,
    private readonly plan: PostRepository,
    private readonly centres: CentreService,
  ) {}

  record(invocation: Invocation<Occupancy>, wanted: WantedOccupancy): Promise<Answer> {
    return this.commands.run(invocation, 'occupancy.record', (unit) => this.place(unit, wanted, null));
  }

  /** The occupancy ends on the day before; a wrong end is corrected, not moved. */
  end(invocation: Invocation<Occupancy>, id: OccupancyId, on: CalendarDate): Promise<Answer> {
    return this.commands.run(invocation, 'occupancy.end', async (unit) => {
      const occupancy = await this.lockCurrent(unit, id);
      if (occupancy.occupiedTo !== null) throw stateConflict(ALREADY_ENDED);
      const objections = judgeEnd(occupancy, on);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.occupancies.end(unit, id, on);
      return this.reread(unit, id);
    });
  }

  /** Puts another occupancy in the place of a wrong one, or none where there never was one. */
  correct(
    invocation: Invocation<Occupancy>,
    id: OccupancyId,
    { reason, replacement }: { reason: string; replacement: WantedOccupancy | null },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'occupancy.correct', async (unit) => {
      const wrong = await this.lockCurrent(unit, id);
      if (replacement === null) {
        await this.occupancies.markCorrected(unit, id, reason);
        return this.reread(unit, id);
      }
      return this.place(unit, replacement, { wrong, reason });
    });
  }

  recordExpenditure(
    invocation: Invocation<Occupancy>,
    id: OccupancyId,
    expenditure: Expenditure,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'occupancy.recordExpenditure', async (unit) => {
      const occupancy = await this.lockCurrent(unit, id);
      const objections = judgeExpenditure(occupancy, [expenditure]);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.occupancies.replaceExpenditure(unit, occupancy, expenditure);
      await this.occupancies.touch(unit, id);
      return this.reread(unit, id);
    });
  }

  list(invocation: Invocation<null>, wishes: OccupancyFilter & PageQuery): Promise<Page<Occupancy>> {
    const { limit, cursor, centreId, postId, on, corrected } = wishes;
    const after = keyOf(cursor, ['id']);
    const own = invocation.actor.role === 'municipality';
    return this.disclose(invocation, 'occupancy.list', async (tx) => {
      const rows = await this.occupancies.page(
        tx,
        { centreId, postId, on, corrected },
        { after, limit: limit + 1, own },
      );
      return { result: pageOf(rows, limit, (row) => [row.id]), of: rows };
    });
  }

  /**
   * Reads what people earn or where they sit. The body itself just reads; for anybody else the read is a command,
   * whose record names the centres whose people were looked at.
   */
  async disclose<T>(
    invocation: Invocation<null>,
    action: string,
    read: (tx: ReadTx) => Promise<{ result: T; of: readonly Pick<Occupancy, 'centreId'>[] }>,
  ): Promise<T> {
    if (invocation.actor.role === 'municipality') {
      return (await this.commands.read(invocation.actor, read)).result;
    }
    const results: T[] = [];
    await this.commands.run(invocation, action, async (unit) => {
      const { result, of } = await read(unit);
      unit.concerns({
        type: 'disclosure',
        id: invocation.requestId,
        version: null,
        centreId: null,
        caseId: null,
      });
      for (const centreId of new Set(of.map((one) => one.centreId))) {
        unit.concerns({ type: 'centre', id: centreId, version: null, centreId, caseId: null });
      }
      results.splice(0, 1, result);
      return null;
    });
    const [result] = results;
    if (result === undefined) throw new Error(`${action} read nothing`);
    return result;
  }

  private async place(
    unit: Unit,
    wanted: WantedOccupancy,
    correcting: { wrong: Occupancy; reason: string } | null,
  ): Promise<Occupancy> {
    const replaces = correcting?.wrong ?? null;
    await this.plan.lock(unit, replaces === null ? [wanted.postId] : [wanted.postId, replaces.postId]);
    const post = await this.posts.require(unit, wanted.postId);
    const { closedOn } = await this.centres.require(unit, post.centreId);
    const others = (await this.occupancies.currentOn(unit, [post.id])).filter(
      ({ id }) => id !== replaces?.id,
    );
    const standing = others.map(({ occupiedFrom, occupiedTo, fteHundredths }) => ({
      period: Period.of(occupiedFrom, occupiedTo),
      fteHundredths,
    }));
    const claim = { ...wanted, pseudonym: canonicalPseudonym(wanted.pseudonym) };
    const sound = judgeClaim(claim).length === 0;
    const beyond = sound
      ? await this.occupancies.doubleFunded(unit, [{ ...claim, replaces: replaces?.id ?? null }])
      : null;
    const expenditure = wanted.expenditure ?? replaces?.expenditure ?? [];
    const objections = [
      ...judgeOccupancy(claim, { post, standing, closedOn, doubleFunded: beyond?.has(0) ?? null }),
      ...(sound ? judgeExpenditure(claim, expenditure) : []),
    ];
    if (objections.length > 0) throw ruleViolated(objections);
    if (correcting !== null) {
      await this.occupancies.markCorrected(unit, correcting.wrong.id, correcting.reason);
      await this.reread(unit, correcting.wrong.id);
    }
    const id = newId<OccupancyId>();
    const { centreId } = post;
    await this.occupancies.add(unit, [
      { ...claim, id, centreId, corrects: replaces?.id ?? null, expenditure },
    ]);
    return this.reread(unit, id);
  }

  private async lockCurrent(unit: Unit, id: OccupancyId): Promise<Occupancy> {
    const occupancy = await this.occupancies.lockOwn(unit, id);
    if (occupancy === null) throw notFound();
    unit.expect(occupancy.version);
    if (occupancy.correctedAt !== null) throw stateConflict(CORRECTED);
    return occupancy;
  }

  private async reread(unit: Unit, id: OccupancyId): Promise<Occupancy> {
    const occupancy = await this.occupancies.lockOwn(unit, id);
    if (occupancy === null) throw notFound();
    const { version, centreId } = occupancy;
    unit.concerns({ type: 'occupancy', id, version, centreId, caseId: null });
    return occupancy;
  }
}

const ALREADY_ENDED = {
  de: 'Die Besetzung ist schon beendet; ein falsches Ende wird berichtigt.',
  en: 'The occupancy has already ended; a wrong end is corrected.',
};
const CORRECTED = {
  de: 'Die Besetzung ist berichtigt und gilt nicht mehr.',
  en: 'The occupancy has been corrected and no longer counts.',
};
