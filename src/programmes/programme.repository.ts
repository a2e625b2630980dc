import { Injectable } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { CalendarDate } from '../kernel/calendar-date.js';
import type { GuidelineVersionId } from '../kernel/ids.js';
import { newId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import type { Key } from '../platform/http/page.js';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import { withdrawing } from '../platform/database/withdrawable.js';
import {
  GuidelineChecklistItem,
  GuidelineCopyThreshold,
  GuidelineDeadline,
  GuidelineEarlyStartBan,
  GuidelineMaterial,
  GuidelinePaymentDate,
  GuidelinePost,
  GuidelineProvision,
  GuidelineRate,
  GuidelineVersion,
  Programme,
  type Guideline,
} from './guideline.entity.js';
import type { GuidelineDraft, GuidelineFacts, ProgrammeCode } from './guideline.rules.js';

export interface GuidelineFilter {
  readonly programme: ProgrammeCode | null;
  /** Only versions that hold on this day. */
  readonly on: CalendarDate | null;
}

/** isBinding (guideline-release.rules.ts), for many rows at once; the constraint on overlaps reads the same. */
const BINDING = `(v.state = 'co_released' or (v.state = 'released' and v.programme <> 'KI')) and v.replaced_at is null`;
const HOLDS = `daterange(v.valid_from, least(v.valid_to, v.superseded_from)) @> cast(:on as date)`;

@Injectable()
export class ProgrammeRepository {
  /**
   * The parts of versions that are no draft any more: stated once and never changed, and asked for with nearly every
   * request. Who may see a version is asked of the database each time.
   */
  private readonly stated = new Map<GuidelineVersionId, Parts>();

  programmes(tx: ReadTx, after: Key | null, limit: number): Promise<Programme[]> {
    const query = tx.manager.createQueryBuilder(Programme, 'p').orderBy('p.code').limit(limit);
    return (after === null ? query : query.where('p.code > :code', { code: after[0] })).getMany();
  }

  async add(tx: Tx, id: GuidelineVersionId, draft: GuidelineDraft): Promise<void> {
    const { posts, rates, materials, paymentDates, deadlines, provisions, ...rest } = draft;
    const { checklist, copyThresholds, earlyStartBans, ...version } = rest;
    const parts = <T extends object>(of: readonly T[]) =>
      of.map((part) => ({ ...part, id: newId(), guidelineVersionId: id }));
    await this.insert(tx, GuidelineVersion, [{ ...version, id, state: 'drafted', version: 1 }]);
    await this.insert(tx, GuidelinePost, parts(posts));
    await this.insert(tx, GuidelineRate, parts(rates));
    await this.insert(tx, GuidelineMaterial, parts(materials));
    await this.insert(tx, GuidelinePaymentDate, parts(paymentDates));
    await this.insert(tx, GuidelineDeadline, parts(deadlines));
    await this.insert(tx, GuidelineProvision, parts(placed(provisions)));
    await this.insert(tx, GuidelineChecklistItem, parts(placed(checklist)));
    await this.insert(tx, GuidelineCopyThreshold, parts(copyThresholds));
    await this.insert(tx, GuidelineEarlyStartBan, parts(earlyStartBans));
  }

  lock(tx: Tx, id: GuidelineVersionId): Promise<GuidelineVersion | null> {
    return tx.manager
      .createQueryBuilder(GuidelineVersion, 'v')
      .where('v.id = :id', { id })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Binding versions of a programme, locked in one order, so that two releases supersede one after the other. */
  lockBinding(tx: Tx, programme: ProgrammeCode): Promise<GuidelineVersion[]> {
    return tx.manager
      .createQueryBuilder(GuidelineVersion, 'v')
      .where(`v.programme = :programme and ${BINDING}`, { programme })
      .orderBy('v.id')
      .setLock('pessimistic_write')
      .getMany();
  }

  async release(tx: Tx, id: GuidelineVersionId, state: 'released' | 'co_released'): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(GuidelineVersion)
      .set({
        state,
        [state === 'released' ? 'releasedAt' : 'coReleasedAt']: () => 'transaction_timestamp()',
        version: () => 'version + 1',
      })
      .where('id = :id', { id })
      .execute();
  }

  async withdraw(tx: Tx, id: GuidelineVersionId, reason: string): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(GuidelineVersion)
      .set({ state: 'withdrawn', ...withdrawing(reason) })
      .where('id = :id', { id })
      .execute();
  }

  async supersede(tx: Tx, id: GuidelineVersionId, from: CalendarDate): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(GuidelineVersion)
      .set({ supersededFrom: from, version: () => 'version + 1' })
      .where('id = :id', { id })
      .execute();
  }

  /** From this instant another version is recorded for all its days; never before it was recorded itself. */
  async replace(tx: Tx, id: GuidelineVersionId): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .update(GuidelineVersion)
      .set({
        replacedAt: () => 'greatest(transaction_timestamp(), coalesce(co_released_at, released_at))',
        version: () => 'version + 1',
      })
      .where('id = :id', { id })
      .execute();
  }

  async find(tx: ReadTx, id: GuidelineVersionId): Promise<Guideline | null> {
    const [found] = await this.complete(tx, this.versions(tx).where('v.id = :id', { id }));
    return found ?? null;
  }

  /** The version that binds on a day; the constraint on overlaps leaves at most one. */
  async inForce(tx: ReadTx, programme: ProgrammeCode, on: CalendarDate): Promise<Guideline | null> {
    const [found] = await this.complete(tx, this.filtered(tx, { programme, on }));
    return found ?? null;
  }

  binding(tx: ReadTx, programme: ProgrammeCode): Promise<Guideline[]> {
    const query = this.versions(tx).where(`v.programme = :programme and ${BINDING}`, { programme });
    return this.complete(tx, query.orderBy('v.valid_from'));
  }

  page(tx: ReadTx, filter: GuidelineFilter, after: Key | null, limit: number): Promise<Guideline[]> {
    const query = this.filtered(tx, filter).orderBy('v.id').limit(limit);
    return this.complete(tx, after === null ? query : query.andWhere('v.id > :id', { id: after[0] }));
  }

  private filtered(tx: ReadTx, { programme, on }: GuidelineFilter): SelectQueryBuilder<GuidelineVersion> {
    const query = this.versions(tx).where('true');
    if (programme !== null) query.andWhere('v.programme = :programme', { programme });
    if (on !== null) query.andWhere(`${BINDING} and ${HOLDS}`, { on: on.toString() });
    return query;
  }

  private versions(tx: ReadTx): SelectQueryBuilder<GuidelineVersion> {
    return tx.manager.createQueryBuilder(GuidelineVersion, 'v');
  }

  private async complete(tx: ReadTx, query: SelectQueryBuilder<GuidelineVersion>): Promise<Guideline[]> {
    const versions = await query.getMany();
    const unknown = versions.filter(({ id }) => !this.stated.has(id));
    const read = unknown.length === 0 ? null : await this.partsOf(tx, unknown);
    return versions.map((row) => {
      const parts = this.stated.get(row.id) ?? read?.(row.id);
      if (parts === undefined) throw new Error(`Nobody read the parts of guideline ${row.id}.`);
      if (row.state !== 'drafted') this.stated.set(row.id, parts);
      return { row, facts: factsOf(row, parts) };
    });
  }

  private async partsOf(
    tx: ReadTx,
    versions: readonly GuidelineVersion[],
  ): Promise<(id: GuidelineVersionId) => Parts> {
    const ids = versions.map(({ id }) => id);
    const posts = await this.parts(tx, GuidelinePost, ids)
      .orderBy('p.host_type')
      .addOrderBy('p.category')
      .getMany();
    const rates = await this.parts(tx, GuidelineRate, ids)
      .orderBy('p.category')
      .addOrderBy('p.valid_from')
      .getMany();
    const materials = await this.parts(tx, GuidelineMaterial, ids)
      .orderBy('p.code')
      .addOrderBy('p.valid_from')
      .getMany();
    const dates = await this.parts(tx, GuidelinePaymentDate, ids)
      .orderBy('p.month')
      .addOrderBy('p.day')
      .getMany();
    const deadlines = await this.parts(tx, GuidelineDeadline, ids).orderBy('p.funding_year').getMany();
    const provisions = await this.parts(tx, GuidelineProvision, ids).orderBy('p.position').getMany();
    const checklist = await this.parts(tx, GuidelineChecklistItem, ids).orderBy('p.position').getMany();
    const thresholds = await this.parts(tx, GuidelineCopyThreshold, ids).orderBy('p.valid_from').getMany();
    const bans = await this.parts(tx, GuidelineEarlyStartBan, ids).orderBy('p.valid_from').getMany();
    return (id) => {
      const own = <P extends { guidelineVersionId: GuidelineVersionId }>(of: readonly P[]) =>
        of.filter(({ guidelineVersionId }) => guidelineVersionId === id);
      const parts = { posts: own(posts), rates: own(rates), paymentDates: own(dates) };
      const more = { materials: own(materials), deadlines: own(deadlines), provisions: own(provisions) };
      const asked = { checklist: own(checklist), copyThresholds: own(thresholds), earlyStartBans: own(bans) };
      return { ...parts, ...more, ...asked };
    };
  }

  private parts<P extends ObjectLiteral>(
    tx: ReadTx,
    target: EntityTarget<P>,
    ids: readonly GuidelineVersionId[],
  ): SelectQueryBuilder<P> {
    return tx.manager.createQueryBuilder(target, 'p').where('p.guideline_version_id = any(:ids)', { ids });
  }

  private async insert(tx: Tx, target: EntityTarget<ObjectLiteral>, rows: ObjectLiteral[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.manager.createQueryBuilder().insert().into(target).values(rows).updateEntity(false).execute();
  }
}

type Parts = Pick<
  GuidelineFacts,
  | 'posts'
  | 'rates'
  | 'materials'
  | 'paymentDates'
  | 'deadlines'
  | 'provisions'
  | 'checklist'
  | 'copyThresholds'
  | 'earlyStartBans'
>;

/** In the order in which they were stated. */
function placed<T extends object>(items: readonly T[]): (T & { position: number })[] {
  return items.map((item, index) => ({ ...item, position: index + 1 }));
}

/** Only what rules may read: who released a version when is no fact a calculation rests on. */
function factsOf(row: GuidelineVersion, parts: Parts): GuidelineFacts {
  const { id, programme, title, legalInstrument, validFrom, validTo, source, confidence, note } = row;
  const { financingType, financingTypeSource, financingTypeConfidence, fundedShareHundredths } = row;
  const { shareRule, shareRuleSource, shareRuleConfidence } = row;
  const { rounding, roundingSource, roundingConfidence } = row;
  const { proofDueMonth, proofDueDay, proofDueMonths, proofDueSource, proofDueConfidence } = row;
  return {
    ...{ id, programme, title, legalInstrument, validFrom, validTo, source, confidence, note },
    ...{ financingType, financingTypeSource, financingTypeConfidence, fundedShareHundredths },
    ...{ shareRule, shareRuleSource, shareRuleConfidence, rounding, roundingSource, roundingConfidence },
    ...{ proofDueMonth, proofDueDay, proofDueMonths, proofDueSource, proofDueConfidence },
    validity: validityOf(row),
    ...parts,
  };
}

/** The days on which a version holds: up to its end, or to the day a later one supersedes it. */
export function validityOf({ validFrom, validTo, supersededFrom }: GuidelineVersion): Period {
  const ends = [validTo, supersededFrom].filter((end) => end !== null);
  const [first, second] = ends;
  const end = first === undefined ? null : second === undefined ? first : CalendarDate.min(first, second);
  return Period.of(validFrom, end);
}
