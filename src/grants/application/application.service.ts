import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { AttachmentService } from '../../documents/attachment.service.js';
import { FinancingPlanService } from '../../financing/financing-plan.service.js';
import { sharesFrom, type StatedShare } from '../../financing/plan.rules.js';
import type { Actor } from '../../kernel/actor.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { Failure, ruleViolated, stateConflict } from '../../kernel/failure.js';
import { newId, type ApplicationId, type CallId, type CaseId } from '../../kernel/ids.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { judgeApplying } from '../../programmes/call.rules.js';
import { CallService } from '../../programmes/call.service.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import {
  afterSubmission,
  applicationHindrance,
  applicationRefusal,
  isWithApplicant,
} from '../lifecycle.rules.js';
import {
  ApplicationPartsService,
  type ApplicationFile,
  type Reckoning,
} from './application-parts.service.js';
import { ApplicationQueryService } from './application-query.service.js';
import type { ApplicationMeasureItem } from './application-measure-item.entity.js';
import type { ApplicationPostItem } from './application-post-item.entity.js';
import type { ApplicationSubmission } from './application-submission.entity.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository, type ApplicationFilter, type Slice } from './application.repository.js';
import { judgeContent, placed, type PostAsked } from './application.rules.js';
import { continuationHindrance, continued, judgeSeen } from './continuation.rules.js';
import { yearsAskedFor } from './funding-years.rules.js';
import { measuresFrom, type StatedMeasure } from './measure.rules.js';

export interface NewApplicationInput {
  readonly callId: CallId;
  readonly programme: ProgrammeCode;
  readonly fundingYear: number;
  readonly periodFrom: CalendarDate;
  readonly periodTo: CalendarDate;
  readonly posts: readonly PostAsked[];
  /** Left out where there are none. */
  readonly measures?: readonly StatedMeasure[];
  readonly plan: readonly StatedShare[];
}

/** What is null stays as it is. */
export interface ApplicationEdit {
  readonly periodFrom: CalendarDate | null;
  readonly periodTo: CalendarDate | null;
  readonly posts: readonly PostAsked[] | null;
  readonly measures: readonly StatedMeasure[] | null;
  readonly plan: readonly StatedShare[] | null;
}

/** The applicant's side of an application, and reading it. */
@Injectable()
export class ApplicationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
    private readonly plans: FinancingPlanService,
    private readonly calls: CallService,
    private readonly attachments: AttachmentService,
    private readonly queries: ApplicationQueryService,
  ) {}

  /** Opens a case: its centre is the one the municipality acts for. */
  draft(invocation: Invocation<ApplicationFile>, input: NewApplicationInput): Promise<Answer> {
    return this.commands.run(invocation, 'application.draft', async (unit) => {
      return this.open(unit, input, null);
    });
  }

  /** The year after, pre-filled from what was last submitted; a case of its own that names where it comes from. */
  continue(invocation: Invocation<ApplicationFile>, id: ApplicationId, callId: CallId): Promise<Answer> {
    return this.commands.run(invocation, 'application.continue', async (unit) => {
      const application = await this.parts.lock(unit, id);
      const hindrance = continuationHindrance(application.state);
      if (hindrance !== null) throw stateConflict(hindrance);
      const standing = await this.applications.continuationOf(unit, id);
      if (standing !== null) {
        throw new Failure('duplicate', { detail: CONTINUED_ALREADY, facts: { applicationId: standing } });
      }
      const content = continued(await this.parts.submitted(unit, application));
      return this.open(unit, { callId, programme: application.programme, ...content }, id);
    });
  }

  private async open(
    unit: Unit,
    input: NewApplicationInput,
    continues: ApplicationId | null,
  ): Promise<ApplicationFile> {
    const { centreId } = unit.actor;
    if (centreId === null) throw new Failure('forbidden');
    const { callId, programme, fundingYear, periodFrom, periodTo } = input;
    const call = await this.calls.require(unit, callId);
    const plan = sharesFrom(fundingYear, input.plan);
    const answered = { programme, fundingYears: yearsAskedFor(input), on: unit.today };
    const objections = [...judgeApplying(call, answered), ...judgeContent({ ...input, plan })];
    if (objections.length > 0) throw ruleViolated(objections);
    const application = {
      ...{ callId, programme, fundingYear, periodFrom, periodTo, continues },
      id: newId<ApplicationId>(),
      caseId: newId<CaseId>(),
      centreId,
      recipientId: await this.parts.recipientOf(unit, centreId),
    };
    await this.applications.insert(unit, application);
    await this.writePosts(unit, application, input.posts);
    await this.writeMeasures(unit, application, input.measures ?? []);
    await this.plans.replace(unit, partOf(application), plan);
    return this.done(unit, application, 1);
  }

  edit(invocation: Invocation<ApplicationFile>, id: ApplicationId, edit: ApplicationEdit): Promise<Answer> {
    return this.commands.run(invocation, 'application.edit', async (unit) => {
      const { application, posts, plan } = await this.parts.lockWhole(unit, id);
      unit.expect(application.version);
      if (!isWithApplicant(application.state)) {
        throw stateConflict(applicationRefusal(application.state, EDITED));
      }
      const content = {
        periodFrom: edit.periodFrom ?? application.periodFrom,
        periodTo: edit.periodTo ?? application.periodTo,
        posts: edit.posts ?? posts,
        plan: edit.plan === null ? plan : sharesFrom(application.fundingYear, edit.plan),
      };
      const objections = judgeContent(content);
      if (objections.length > 0) throw ruleViolated(objections);
      await this.applications.edit(unit, id, content.periodFrom, content.periodTo);
      if (edit.posts !== null) {
        await this.applications.removePosts(unit, id);
        await this.writePosts(unit, application, edit.posts);
      }
      if (edit.measures !== null) {
        await this.applications.removeMeasures(unit, id);
        await this.writeMeasures(unit, application, edit.measures);
      }
      if (edit.plan !== null) {
        await this.plans.replace(unit, partOf(application), content.plan);
      }
      return this.done(unit, application, application.version + 1);
    });
  }

  /** Freezes what is submitted; the applicant learns every objection at once. */
  submit(
    invocation: Invocation<ApplicationFile>,
    id: ApplicationId,
    seen: string | null = null,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'application.submit', async (unit) => {
      const parts = await this.parts.lockWhole(unit, id);
      const { application } = parts;
      unit.expect(application.version);
      const next = afterSubmission(application.state);
      const hindrance = isWithApplicant(application.state)
        ? null
        : applicationHindrance(application.state, 'submitted');
      if (hindrance !== null) throw stateConflict(hindrance);
      await this.applications.queue(unit, application);
      const reckoning = await this.parts.reckon(unit, parts);
      const { content, sha256 } = this.parts.freeze(parts, reckoning);
      const objections = [...judgeSeen(seen, sha256), ...reckoning.objections];
      if (objections.length > 0) throw ruleViolated(objections);
      await this.applications.addSubmission(unit, {
        ...partOf(application),
        id: newId<ApplicationSubmission['id']>(),
        number: application.submission + 1,
        ...{ content, sha256 },
        submittedOn: unit.today,
      });
      await this.queries.answered(unit, application, null);
      await this.attachments.keep(unit, id);
      await this.applications.submit(unit, id, next, unit.today);
      return this.done(unit, application, application.version + 1);
    });
  }

  retract(invocation: Invocation<ApplicationFile>, id: ApplicationId): Promise<Answer> {
    return this.commands.run(invocation, 'application.retract', async (unit) => {
      const application = await this.parts.lock(unit, id);
      unit.expect(application.version);
      const hindrance = applicationHindrance(application.state, 'retracted');
      if (hindrance !== null) throw stateConflict(hindrance);
      await this.applications.retract(unit, id);
      return this.done(unit, application, application.version + 1);
    });
  }

  read(actor: Actor, id: ApplicationId): Promise<ApplicationFile> {
    return this.commands.read(actor, (tx) => this.parts.show(tx, id, actor));
  }

  list(actor: Actor, filter: ApplicationFilter, slice: Slice): Promise<Application[]> {
    return this.commands.read(actor, (tx) => this.applications.list(tx, filter, slice));
  }

  /** What the rules give now, with every step of the reckoning. */
  calculation(actor: Actor, id: ApplicationId): Promise<Reckoning> {
    return this.commands.read(actor, async (tx) => this.parts.reckon(tx, await this.parts.require(tx, id)));
  }

  versions(actor: Actor, id: ApplicationId): Promise<ApplicationSubmission[]> {
    return this.commands.read(actor, async (tx) => {
      await this.parts.require(tx, id);
      return this.applications.submissions(tx, id);
    });
  }

  private async writePosts(
    unit: Unit,
    application: Pick<Application, 'id' | 'caseId' | 'centreId'>,
    posts: readonly PostAsked[],
  ): Promise<void> {
    const rows = placed(posts).map((post) => ({
      ...partOf(application),
      id: newId<ApplicationPostItem['id']>(),
      ...{ position: post.position, category: post.category, fteHundredths: post.fteHundredths },
      ...{ occupiedFrom: post.occupiedFrom, occupiedTo: post.occupiedTo },
      expectedExpenditure: post.expectedExpenditure ?? null,
    }));
    await this.applications.addPosts(unit, rows);
  }

  private async writeMeasures(
    unit: Unit,
    application: Pick<Application, 'id' | 'caseId' | 'centreId' | 'fundingYear'>,
    measures: readonly StatedMeasure[],
  ): Promise<void> {
    const rows = measuresFrom(application.fundingYear, measures).map((measure, index) => ({
      ...partOf(application),
      ...{ id: newId<ApplicationMeasureItem['id']>(), position: index + 1, ...measure },
    }));
    await this.applications.addMeasures(unit, rows);
  }

  private done(
    unit: Unit,
    { id, caseId, centreId }: Pick<Application, 'id' | 'caseId' | 'centreId'>,
    version: number,
  ): Promise<ApplicationFile> {
    unit.concerns({ type: 'application', id, version, centreId, caseId });
    return this.parts.show(unit, id, unit.actor);
  }
}

const CONTINUED_ALREADY = {
  de: 'Dieser Antrag ist schon fortgesetzt; die Fortsetzung lässt sich ändern (application.edit).',
  en: 'This application is continued already; the continuation can be edited (application.edit).',
};

const EDITED = { de: 'geändert', en: 'edited' };

function partOf({ id, caseId, centreId }: Pick<Application, 'id' | 'caseId' | 'centreId'>) {
  return { applicationId: id, caseId, centreId };
}
