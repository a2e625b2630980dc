import { Injectable } from '@nestjs/common';
import { Failure, notFound } from '../kernel/failure.js';
import type { CaseId } from '../kernel/ids.js';
import {
  addressesForConsistency,
  addressesForInclusion,
  addressesForRoot,
  leafHash,
  storedConsistencyProof,
  storedInclusionProof,
  storedRoot,
} from '../kernel/merkle.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { assembleCaseFile, caseHeadText, type CaseFile } from './case-file.js';
import { CheckpointService, SealingHalted } from './checkpoint.service.js';
import { CommandRunner } from './command-runner.js';
import { ProofRepository } from './proof.repository.js';
import { notYetSealed } from './proof.service.js';
import { SealingRepository, keysOfFile } from './sealing.repository.js';
import { SealingService } from './sealing.service.js';
import type { Unit } from './unit.js';

export interface ExportWishes {
  readonly withRows: boolean;
  /** Older trees whose containment the file is to prove. */
  readonly olderSizes: readonly number[];
}

/** Everything recorded about one case as one file that proves itself. Taking it is an act of its own, and recorded. */
@Injectable()
export class CaseExportService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly sealing: SealingService,
    private readonly checkpoints: CheckpointService,
    private readonly log: SealingRepository,
    private readonly proofs: ProofRepository,
  ) {}

  async export(invocation: Invocation<CaseFile>, caseId: CaseId, wishes: ExportWishes): Promise<Answer> {
    // So that the file goes up to this very moment. Where sealing is in trouble, the last checkpoint must do.
    await this.sealing.seal().catch(() => 0);
    return this.commands.run(invocation, 'audit.exportCaseFile', async (unit) => {
      const found = await this.proofs.caseCentre(unit, caseId);
      if (found === null) throw notFound();
      const file = await this.assemble(unit, caseId, wishes);
      unit.concerns({ type: 'case-file', id: caseId, version: null, centreId: found.centreId, caseId });
      unit.note('treeSize', file.treeSize);
      unit.note('records', file.records.length);
      return file;
    });
  }

  private async assemble(
    unit: Unit,
    caseId: CaseId,
    { withRows, olderSizes }: ExportWishes,
  ): Promise<CaseFile> {
    const most = await this.proofs.mostSize(unit, caseId);
    const checkpoint = most === null ? await this.log.latest(unit) : await this.log.latestBelow(unit, most);
    const { origin } = await this.log.tree(unit);
    if (checkpoint === null || origin === null) throw notYetSealed();
    const { size, root, note } = checkpoint;
    const links = await this.proofs.links(unit, caseId, size);
    const last = links.at(-1);
    if (last === undefined) throw notYetSealed();
    const sizes = [...new Set(olderSizes)].filter((one) => one <= size);
    const lookup = await this.log.nodes(unit, [
      ...links.flatMap(({ leafIndex }) => addressesForInclusion(leafIndex, size)),
      ...sizes.flatMap((one) => [...addressesForRoot(one), ...addressesForConsistency(one, size)]),
    ]);
    const stated = {
      checkpoint: { origin, size, root },
      caseId,
      records: links.length,
      lastLeaf: leafHash(last.body),
    };
    return assembleCaseFile({
      ...{ caseId, checkpoint: note, keys: keysOfFile(await this.log.keys(unit)) },
      head: await this.sign(unit, caseHeadText(stated)),
      links: links.map(({ leafIndex, body, part, rows }) => ({
        ...{ leafIndex, body, part, rows: withRows ? rows : null },
        inclusion: storedInclusionProof(leafIndex, size, lookup),
      })),
      consistency: sizes.map((one) => ({
        ...{ size: one, root: storedRoot(one, lookup) },
        proof: storedConsistencyProof(one, size, lookup),
      })),
    });
  }

  private async sign(unit: Unit, text: string): Promise<string> {
    try {
      return await this.checkpoints.signText(unit, text);
    } catch (error) {
      if (!(error instanceof SealingHalted)) throw error;
      throw new Failure('unavailable', {
        detail: {
          de: 'Dieser Server kann gerade nicht unterschreiben.',
          en: 'This server cannot sign at present.',
        },
      });
    }
  }
}
