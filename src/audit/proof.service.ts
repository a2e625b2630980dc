import { Injectable } from '@nestjs/common';
import type { Actor } from '../kernel/actor.js';
import { Failure, notFound } from '../kernel/failure.js';
import {
  addressesForConsistency,
  addressesForInclusion,
  storedConsistencyProof,
  storedInclusionProof,
  type Hash,
} from '../kernel/merkle.js';
import type { ReadTx } from '../platform/database/tx.js';
import { CommandRunner } from './command-runner.js';
import { ProofRepository } from './proof.repository.js';
import { SealingRepository, type LogKey, type SignedCheckpoint } from './sealing.repository.js';

export interface PublishedCheckpoint extends SignedCheckpoint {
  readonly keys: readonly LogKey[];
}

export interface Inclusion {
  readonly recordId: number;
  readonly leafIndex: number;
  readonly leafHash: Hash;
  readonly proof: readonly Hash[];
  readonly checkpoint: SignedCheckpoint;
}

export interface Consistency {
  readonly from: SignedCheckpoint;
  readonly to: SignedCheckpoint;
  readonly proof: readonly Hash[];
}

/** Proofs from the stored tree: each reads about as many hashes as the number of leaves has binary digits. */
@Injectable()
export class ProofService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly log: SealingRepository,
    private readonly proofs: ProofRepository,
  ) {}

  /** The newest checkpoint, or the one of a size. 404 where none was signed. */
  checkpoint(actor: Actor, size: number | null): Promise<PublishedCheckpoint> {
    return this.commands.read(actor, async (tx) => ({
      ...(size === null ? await this.newest(tx) : await this.ofSize(tx, size)),
      keys: await this.log.keys(tx),
    }));
  }

  /** That a record stands in the log; 404 for one the caller may not see, 409 for one that is not sealed yet. */
  inclusion(actor: Actor, recordId: number): Promise<Inclusion> {
    return this.commands.read(actor, async (tx) => {
      const found = await this.proofs.leafOf(tx, recordId);
      if (found === null) throw notFound();
      const checkpoint = await this.newest(tx);
      const { leafIndex, leafHash } = found;
      if (leafIndex === null || leafHash === null || leafIndex >= checkpoint.size) throw notYetSealed();
      const lookup = await this.log.nodes(tx, addressesForInclusion(leafIndex, checkpoint.size));
      return {
        recordId,
        leafIndex,
        leafHash,
        checkpoint,
        proof: storedInclusionProof(leafIndex, checkpoint.size, lookup),
      };
    });
  }

  /** That the log of one size is a prefix of the log of another. */
  consistency(actor: Actor, fromSize: number | null, toSize: number | null): Promise<Consistency> {
    return this.commands.read(actor, async (tx) => {
      const to = toSize === null ? await this.newest(tx) : await this.ofSize(tx, toSize);
      const from = fromSize === null ? await this.first(tx) : await this.ofSize(tx, fromSize);
      if (from.size > to.size) throw notFound();
      const lookup = await this.log.nodes(tx, addressesForConsistency(from.size, to.size));
      return { from, to, proof: storedConsistencyProof(from.size, to.size, lookup) };
    });
  }

  private async newest(tx: ReadTx): Promise<SignedCheckpoint> {
    const found = await this.log.latest(tx);
    if (found === null) throw notYetSealed();
    return found;
  }

  private async first(tx: ReadTx): Promise<SignedCheckpoint> {
    const found = await this.log.first(tx);
    if (found === null) throw notYetSealed();
    return found;
  }

  private async ofSize(tx: ReadTx, size: number): Promise<SignedCheckpoint> {
    const found = await this.log.ofSize(tx, size);
    if (found === null) throw notFound();
    return found;
  }
}

export function notYetSealed(): Failure {
  return new Failure('state-conflict', {
    detail: {
      de: 'Das ist noch nicht versiegelt; in wenigen Sekunden wieder fragen.',
      en: 'This is not sealed yet; ask again in a few seconds.',
    },
  });
}
