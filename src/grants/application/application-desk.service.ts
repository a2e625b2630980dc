import { Injectable } from '@nestjs/common';
import type { Actor } from '../../kernel/actor.js';
import type { ApplicationId } from '../../kernel/ids.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { ApplicationCheck, ApplicationCheckResult } from './application-check.entity.js';
import { ApplicationChangeRepository, type ToldAndAcknowledged } from './application-change.repository.js';
import { ApplicationDeskRepository } from './application-desk.repository.js';
import type { ApplicationDeviation, ApplicationOpinion } from './application-opinion.entity.js';
import type { EarlyStart } from './early-start.entity.js';
import { EarlyStartRepository } from './early-start.repository.js';
import type { AskedQuery, QueryAnswer } from './application-query.entity.js';
import type { ApplicationRecommendation } from './application-recommendation.entity.js';

/** A query and what came back; null while it is open. */
export interface AskedAndAnswered {
  readonly query: AskedQuery;
  readonly answer: QueryAnswer | null;
}

export interface CheckWithResults {
  readonly check: ApplicationCheck;
  readonly results: readonly ApplicationCheckResult[];
}

/** An opinion, and why the recommendation goes against it; null where it does not. */
export interface OpinionAndDeviation {
  readonly opinion: ApplicationOpinion;
  readonly deviation: ApplicationDeviation | null;
}

/** What was done about an application since its submission, and told of its grant since, as far as the reader may know it. */
export interface DeskFile {
  readonly queries: readonly AskedAndAnswered[];
  readonly checks: readonly CheckWithResults[];
  readonly opinions: readonly OpinionAndDeviation[];
  readonly earlyStarts: readonly EarlyStart[];
  readonly changes: readonly ToldAndAcknowledged[];
  /** Null where there is none, or none that the reader may know yet. */
  readonly recommendation: ApplicationRecommendation | null;
}

/** Gathers what happened to an application on the authority's desk. */
@Injectable()
export class ApplicationDeskService {
  constructor(
    private readonly desk: ApplicationDeskRepository,
    private readonly earlyStarts: EarlyStartRepository,
    private readonly told: ApplicationChangeRepository,
  ) {}

  /** The applicant reads what it was asked; how the authority checks is the authority's own affair. */
  async file(tx: ReadTx, id: ApplicationId, { role }: Pick<Actor, 'role'>): Promise<DeskFile> {
    const told = {
      queries: await this.queries(tx, id),
      earlyStarts: await this.earlyStarts.of(tx, id),
      changes: await this.told.changes(tx, id),
      recommendation: await this.desk.recommendation(tx, id),
    };
    if (role === 'municipality') return { ...told, checks: [], opinions: [] };
    return { ...told, checks: await this.checks(tx, id), opinions: await this.opinions(tx, id) };
  }

  async queries(tx: ReadTx, id: ApplicationId): Promise<AskedAndAnswered[]> {
    const queries = await this.desk.queries(tx, id);
    if (queries.length === 0) return [];
    const answers = await this.desk.answers(
      tx,
      queries.map((query) => query.id),
    );
    return queries.map((query) => ({
      query,
      answer: answers.find(({ queryId }) => queryId === query.id) ?? null,
    }));
  }

  private async opinions(tx: ReadTx, id: ApplicationId): Promise<OpinionAndDeviation[]> {
    const opinions = await this.desk.opinions(tx, id);
    if (opinions.length === 0) return [];
    const deviations = await this.desk.deviations(
      tx,
      opinions.map((opinion) => opinion.id),
    );
    return opinions.map((opinion) => ({
      opinion,
      deviation: deviations.find(({ opinionId }) => opinionId === opinion.id) ?? null,
    }));
  }

  private async checks(tx: ReadTx, id: ApplicationId): Promise<CheckWithResults[]> {
    const checks = await this.desk.checks(tx, id);
    if (checks.length === 0) return [];
    const results = await this.desk.results(
      tx,
      checks.map((check) => check.id),
    );
    return checks.map((check) => ({
      check,
      results: results.filter(({ checkId }) => checkId === check.id),
    }));
  }
}
