import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import { lackingPower, lackingWords } from '../../identity/power.rules.js';
import type { Actor, Power } from '../../kernel/actor.js';
import { notFound } from '../../kernel/failure.js';
import type { ApplicationId } from '../../kernel/ids.js';
import { violation, type Violation } from '../../kernel/violation.js';
import { applicationHindrance, isWithApplicant } from '../lifecycle.rules.js';
import { ApplicationPartsService } from './application-parts.service.js';
import type { Application } from './application.entity.js';
import { ApplicationRepository } from './application.repository.js';
import { difference, type Change } from './difference.rules.js';

/** Two submissions held against each other. */
export interface Difference {
  readonly applicationId: ApplicationId;
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
}

/** Whether an application could be submitted now, by whoever asks. */
export interface Readiness {
  readonly application: Application;
  /** Of what a submission would freeze now; null while the application lies with the authority. */
  readonly sha256: string | null;
  readonly missingPower: Power | null;
  readonly objections: readonly Violation[];
}

/** What can be learnt of an application without changing it. */
@Injectable()
export class ApplicationReadingService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationRepository,
    private readonly parts: ApplicationPartsService,
  ) {}

  /** The latest submission against the one before, unless others are named. @throws Failure 404 */
  difference(
    actor: Actor,
    id: ApplicationId,
    wanted: { from: number | null; to: number | null },
  ): Promise<Difference> {
    return this.commands.read(actor, async (tx) => {
      const { application } = await this.parts.require(tx, id);
      const to = wanted.to ?? application.submission;
      const from = wanted.from ?? Math.max(1, to - 1);
      const earlier = await this.applications.submission(tx, id, from);
      const later = await this.applications.submission(tx, id, to);
      if (earlier === null || later === null) throw notFound();
      return { applicationId: id, from, to, changes: difference(earlier.content, later.content) };
    });
  }

  /** Every objection at once, also to somebody who could not submit: the power that is missing is one of them. */
  readiness(actor: Actor, id: ApplicationId): Promise<Readiness> {
    return this.commands.read(actor, async (tx) => {
      const parts = await this.parts.require(tx, id);
      const { application } = parts;
      const missingPower = lackingPower('application.submit', actor);
      const lacking =
        missingPower === null
          ? []
          : [violation('power-missing', null, lackingWords(missingPower, actor.powers))];
      if (!isWithApplicant(application.state)) {
        const hindrance = applicationHindrance(application.state, 'submitted');
        const elsewhere = hindrance === null ? [] : [violation('not-with-applicant', null, hindrance)];
        return { application, sha256: null, missingPower, objections: [...elsewhere, ...lacking] };
      }
      const reckoning = await this.parts.reckon(tx, parts);
      const { sha256 } = this.parts.freeze(parts, reckoning);
      return { application, sha256, missingPower, objections: [...reckoning.objections, ...lacking] };
    });
  }
}
