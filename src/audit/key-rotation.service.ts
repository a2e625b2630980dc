import { Injectable } from '@nestjs/common';
import type { KeyObject } from 'node:crypto';
import { technicalActor } from '../kernel/actor.js';
import { newId } from '../kernel/ids.js';
import { Database } from '../platform/database/database.js';
import { keyEndorsementText } from './case-file.js';
import { CheckpointService } from './checkpoint.service.js';
import { SealingRepository } from './sealing.repository.js';
import { SealingService } from './sealing.service.js';
import { noteSigner, signNote } from './signed-note.js';

@Injectable()
export class KeyRotationService {
  constructor(
    private readonly database: Database,
    private readonly sealing: SealingService,
    private readonly checkpoints: CheckpointService,
    private readonly log: SealingRepository,
  ) {}

  /**
   * Hands the log over to a new key, endorsed by the old one. `keep` puts the private key where servers read it; it
   * runs while the tree is locked, so that no server signs with the old key after the new one is valid.
   */
  async rotate(
    privateKey: KeyObject,
    keep: () => Promise<void>,
  ): Promise<{ readonly fromSize: number; readonly verifierKey: string }> {
    await this.sealing.seal();
    const entry = { actor: technicalActor('sealer'), action: 'audit.rotateKey', requestId: newId() };
    const transaction = await this.database.open(entry, 'write');
    try {
      const { epoch, origin } = await this.log.lockTree(transaction);
      const latest = await this.log.latest(transaction);
      if (origin === null || latest === null)
        throw new Error('The log has no checkpoint yet, so nothing to hand over.');
      const successor = noteSigner(origin, privateKey);
      const fromSize = latest.size;
      const text = keyEndorsementText(origin, successor.key.text, fromSize);
      const endorsement = signNote(text, [await this.checkpoints.liveSigner(transaction)]);
      await this.log.addKey(transaction, { epoch, fromSize, verifierKey: successor.key.text, endorsement });
      await keep();
      await transaction.commit();
      return { fromSize, verifierKey: successor.key.text };
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  }
}
