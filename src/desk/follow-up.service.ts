import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import type { Actor, Role } from '../kernel/actor.js';
import { notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type FollowUpId } from '../kernel/ids.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { FollowUp } from './follow-up.entity.js';
import { FollowUpRepository, type FollowUpFilter, type NewFollowUp } from './follow-up.repository.js';
import { judgeFollowUp } from './follow-up.rules.js';

export type FollowUpInput = Pick<NewFollowUp, 'subjectType' | 'subjectId' | 'dueOn' | 'note' | 'forPersonId'>;

/** What an office wants to see again, and when. It stays in that office. */
@Injectable()
export class FollowUpService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly followUps: FollowUpRepository,
  ) {}

  create(invocation: Invocation<FollowUp>, input: FollowUpInput): Promise<Answer> {
    return this.commands.run(invocation, 'followUp.create', async (unit) => {
      const { subjectType, subjectId, dueOn, forPersonId } = input;
      const place = await this.followUps.subject(unit, subjectType, subjectId);
      const forColleague = await this.followUps.isColleague(unit, forPersonId);
      const objections = judgeFollowUp({ dueOn, subjectSeen: place !== null, forColleague }, unit.today);
      if (objections.length > 0) throw ruleViolated(objections);
      const id = newId<FollowUpId>();
      const { role, centreId } = unit.actor;
      await this.followUps.insert(unit, {
        ...{ ...input, id, office: role as Role, caseId: place?.caseId ?? null },
        centreId: centreId ?? place?.centreId ?? null,
      });
      return this.reread(unit, id);
    });
  }

  complete(invocation: Invocation<FollowUp>, id: FollowUpId, remark: string | null): Promise<Answer> {
    return this.commands.run(invocation, 'followUp.complete', async (unit) => {
      const found = await this.followUps.lock(unit, id);
      if (found === null) throw notFound();
      unit.expect(found.version);
      if (found.doneAt !== null) throw stateConflict(DONE);
      await this.followUps.complete(unit, id, unit.today, remark);
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: FollowUpId): Promise<FollowUp> {
    return this.commands.read(actor, async (tx) => {
      const found = await this.followUps.find(tx, id);
      if (found === null) throw notFound();
      return found;
    });
  }

  list(actor: Actor, filter: FollowUpFilter, { limit, cursor }: PageQuery): Promise<Page<FollowUp>> {
    const after = keyOf(cursor, ['day', 'id']);
    return this.commands.read(actor, async (tx) =>
      pageOf(await this.followUps.list(tx, filter, after, limit + 1), limit, ({ dueOn, id }) => [
        ...[dueOn.toString(), id],
      ]),
    );
  }

  /** The record names no case, and a centre only where it is the centre's own: what an office means to look at is its business. */
  private async reread(unit: Unit, id: FollowUpId): Promise<FollowUp> {
    const found = await this.followUps.find(unit, id);
    if (found === null) throw notFound();
    const { version } = found;
    unit.concerns({ type: 'follow-up', id, version, centreId: unit.actor.centreId, caseId: null });
    return found;
  }
}

const DONE = {
  de: 'Die Wiedervorlage ist schon erledigt.',
  en: 'The follow-up is done already.',
};
