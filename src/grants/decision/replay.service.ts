import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Actor } from '../../kernel/actor.js';
import type { DecisionId } from '../../kernel/ids.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import { FrozenDecisionRepository } from './frozen-decision.repository.js';
import { replay, type DecidedGrant, type FrozenDecision, type ReplayFault } from './replay.rules.js';

const AT_ONCE = 200;

/** Whether every decision still follows from what it froze. */
@Injectable()
export class ReplayService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly decisions: FrozenDecisionRepository,
  ) {}

  /** Replays every decision there is; nothing is written. */
  verify(actor: Actor): Promise<{ replayed: number; faults: ReplayFault[] }> {
    return this.commands.read(actor, async (tx) => {
      const faults: ReplayFault[] = [];
      let replayed = 0;
      for (let after: DecisionId | null = null; ;) {
        const frozen: FrozenDecision[] = await this.decisions.frozen(tx, after, AT_ONCE);
        faults.push(...frozen.flatMap((one) => replay(one)));
        replayed += frozen.length;
        after = frozen.at(-1)?.id ?? null;
        if (after === null) return { replayed, faults };
      }
    });
  }

  /** Released grants of a programme that still hold, with their frozen facts, by file number. */
  releasedGrants(tx: ReadTx, programme: ProgrammeCode): Promise<DecidedGrant[]> {
    return this.decisions.releasedGrants(tx, programme);
  }
}
