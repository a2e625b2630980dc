import { Injectable } from '@nestjs/common';
import { CentreService } from '../../centres/centre.service.js';
import { AttachmentService } from '../../documents/attachment.service.js';
import { FinancingPlanService } from '../../financing/financing-plan.service.js';
import type { PlannedShare } from '../../financing/plan.rules.js';
import type { Actor } from '../../kernel/actor.js';
import { canonicalBytes, sha256Hex } from '../../kernel/canonical-json.js';
import { Failure, notFound } from '../../kernel/failure.js';
import { fundingYear, type FundingYear } from '../../kernel/funding-year.js';
import type { ApplicationId, CentreId } from '../../kernel/ids.js';
import type { Violation } from '../../kernel/violation.js';
import { Clock } from '../../platform/clock.js';
import type { ReadTx, Tx } from '../../platform/database/tx.js';
import type { Funding } from '../../programmes/funding-facts.rules.js';
import { calculateGrant, judgeFacts } from '../../programmes/funding.rules.js';
import type { GuidelineFacts } from '../../programmes/guideline.rules.js';
import { judgeApplying, judgeAttached } from '../../programmes/call.rules.js';
import { CallService } from '../../programmes/call.service.js';
import { ProgrammeService } from '../../programmes/programme.service.js';
import { isWithApplicant } from '../lifecycle.rules.js';
import { ApplicationDeskService, type DeskFile } from './application-desk.service.js';
import type { ApplicationMeasureItem } from './application-measure-item.entity.js';
import type { ApplicationPostItem } from './application-post-item.entity.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository } from './application.repository.js';
import { judgeSubmission, placed, type SubmissionFacts } from './application.rules.js';
import {
  fundingFacts,
  fundingYearsOf,
  governingDay,
  yearsAskedFor,
  type GrantPeriod,
  type YearGround,
} from './funding-years.rules.js';
import type { Opening } from './opening.rules.js';
import { frozenSubmission, submittedContent, type SubmittedContent } from './submitted-content.rules.js';

/** An application with all that belongs to it. */
export interface ApplicationParts {
  readonly application: Application;
  readonly posts: readonly ApplicationPostItem[];
  readonly measures: readonly ApplicationMeasureItem[];
  readonly plan: readonly PlannedShare[];
}

/** The same as it is shown: while its applicant may write it, with what stands against submitting it. */
export interface ApplicationFile extends ApplicationParts, DeskFile {
  readonly objections: readonly Violation[];
}

/** What the rules give for an application now, and every objection to submitting it as it stands. */
export interface Reckoning {
  readonly application: Application;
  readonly plan: readonly PlannedShare[];
  readonly attached: Awaited<ReturnType<AttachmentService['facts']>>;
  /** One for each funding year of the grant period, in order. */
  readonly years: readonly YearReckoning[];
  readonly objections: readonly Violation[];
}

/** What the rules give for one funding year. */
export interface YearReckoning extends Ground {
  /** Null where a fact is missing; the objections say which. */
  readonly funding: Funding | null;
}

/** The ground one funding year of an application is judged on; the version is null where none is in force. */
export type Ground = YearGround<GuidelineFacts>;

/** Gathers what judging and deciding an application need to know. */
@Injectable()
export class ApplicationPartsService {
  constructor(
    private readonly applications: ApplicationRepository,
    private readonly plans: FinancingPlanService,
    private readonly centres: CentreService,
    private readonly programmes: ProgrammeService,
    private readonly calls: CallService,
    private readonly attachments: AttachmentService,
    private readonly desk: ApplicationDeskService,
    private readonly clock: Clock,
  ) {}

  async require(tx: ReadTx, id: ApplicationId): Promise<ApplicationParts> {
    return this.of(tx, found(await this.applications.find(tx, id)));
  }

  async show(tx: ReadTx, id: ApplicationId, reader: Pick<Actor, 'role'>): Promise<ApplicationFile> {
    const parts = await this.require(tx, id);
    const { objections } = isWithApplicant(parts.application.state)
      ? await this.reckon(tx, parts)
      : { objections: [] };
    return { ...parts, ...(await this.desk.file(tx, id, reader)), objections };
  }

  /** What was last submitted: the one thing to decide upon, whatever was edited since. @throws Failure 404 */
  async submitted(
    tx: ReadTx,
    { id, submission }: Pick<Application, 'id' | 'submission'>,
  ): Promise<SubmittedContent> {
    const { content } = await this.frozen(tx, { id, submission });
    return submittedContent(content);
  }

  /** The same as it was frozen. @throws Failure 404 where nothing was submitted yet */
  async frozen(
    tx: ReadTx,
    { id, submission }: Pick<Application, 'id' | 'submission'>,
  ): Promise<{ readonly content: string; readonly sha256: string }> {
    const frozen = await this.applications.submission(tx, id, submission);
    if (frozen === null) throw notFound();
    return frozen;
  }

  /** What a submission of these parts freezes, and its hash. */
  freeze(parts: ApplicationParts, reckoning: Reckoning): { content: string; sha256: string } {
    const bytes = Buffer.from(canonicalBytes(frozenSubmission(parts.application, parts, reckoning)));
    return { content: bytes.toString('utf8'), sha256: sha256Hex(bytes) };
  }

  /** @throws Failure 404 for an application the actor does not see */
  async lock(tx: Tx, id: ApplicationId): Promise<Application> {
    return found(await this.applications.lock(tx, id));
  }

  async lockWhole(tx: Tx, id: ApplicationId): Promise<ApplicationParts> {
    return this.of(tx, await this.lock(tx, id));
  }

  /** Each funding year is governed by the guideline in force on its first day within the grant period. */
  async groundsOf(
    tx: ReadTx,
    application: Pick<Application, 'centreId' | 'programme'> & GrantPeriod,
  ): Promise<{ grounds: Ground[]; opening: Opening }> {
    const centre = await this.centres.require(tx, application.centreId);
    const grounds: Ground[] = [];
    for (const year of fundingYearsOf(application)) {
      const version = await this.versionFor(tx, application, year);
      grounds.push({ fundingYear: year, hostType: centre.hostType, version });
    }
    return { grounds, opening: centre };
  }

  /** Null where none is in force: one objection among others, so it must not end the judging. */
  private async versionFor(
    tx: ReadTx,
    { programme, periodFrom }: Pick<Application, 'programme' | 'periodFrom'>,
    year: FundingYear,
  ): Promise<GuidelineFacts | null> {
    try {
      return await this.programmes.versionInForce(tx, programme, governingDay(year, periodFrom));
    } catch (error) {
      if (error instanceof Failure && error.violations.some(({ code }) => code === 'no-guideline-in-force')) {
        return null;
      }
      throw error;
    }
  }

  async recipientOf(tx: ReadTx, centreId: CentreId): Promise<Application['recipientId']> {
    const { recipientId } = await this.centres.require(tx, centreId);
    return recipientId;
  }

  async reckon(tx: ReadTx, { application, posts, measures, plan }: ApplicationParts): Promise<Reckoning> {
    const { grounds, opening } = await this.groundsOf(tx, application);
    const facts: SubmissionFacts = {
      content: { periodFrom: application.periodFrom, periodTo: application.periodTo, posts, measures, plan },
      fundingYear: fundingYear(application.fundingYear),
      opening,
      grounds,
      overlapsAnother: await this.applications.overlapsAnother(tx, application),
    };
    const attached = await this.attachments.facts(tx, application.id);
    const years = grounds.map((ground) => ({ ...ground, funding: fundingOf(ground, placed(posts), plan) }));
    const objections = [...(await this.judgeCall(tx, application, attached)), ...judgeSubmission(facts)];
    return { application, plan, attached, years, objections };
  }

  /** The window counts for the first submission; an answer to a query is as much in time as what it mends. */
  private async judgeCall(
    tx: ReadTx,
    application: Application,
    attached: Reckoning['attached'],
  ): Promise<Violation[]> {
    const { callId, programme, submittedOn } = application;
    const on = submittedOn === null ? this.clock.today() : null;
    const call = await this.calls.require(tx, callId);
    const kinds = attached.map(({ kind }) => kind);
    const answered = { programme, fundingYears: yearsAskedFor(application), on };
    return [...judgeApplying(call, answered), ...judgeAttached(call, kinds)];
  }

  private async of(tx: ReadTx, application: Application): Promise<ApplicationParts> {
    const { id } = application;
    return {
      application,
      posts: await this.applications.posts(tx, id),
      measures: await this.applications.measures(tx, id),
      plan: await this.plans.of(tx, id),
    };
  }
}

function fundingOf(
  { version, ...ground }: Ground,
  posts: Parameters<typeof fundingFacts>[1],
  plan: readonly PlannedShare[],
): Funding | null {
  if (version === null) return null;
  const facts = fundingFacts({ ...ground, version }, posts, plan);
  return judgeFacts(facts).length > 0 ? null : calculateGrant(facts);
}

function found(application: Application | null): Application {
  if (application === null) throw notFound();
  return application;
}
