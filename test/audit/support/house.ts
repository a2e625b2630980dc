import { setTimeout as pause } from 'node:timers/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import pg from 'pg';
import { CommandRunner } from '../../../src/audit/command-runner.js';
import { CompletenessService } from '../../../src/audit/completeness.service.js';
import { SealingService } from '../../../src/audit/sealing.service.js';
import { technicalActor } from '../../../src/kernel/actor.js';
import { newId } from '../../../src/kernel/ids.js';
import { createApp } from '../../../src/main.js';
import { Clock } from '../../../src/platform/clock.js';
import { loadConfig } from '../../../src/platform/config.js';
import { invocationOf } from '../../support/actors.js';
import { TOKEN_SECRET } from '../../support/app.js';
import type { TestDatabase } from '../../support/database.js';

/** A server on a database that somebody else made, with the settings that decide over its sealing. */
export class House {
  private constructor(
    readonly nest: NestExpressApplication,
    private readonly owner: pg.Pool,
  ) {}

  static async on(database: TestDatabase, settings: Readonly<Record<string, string>>): Promise<House> {
    const config = loadConfig({
      DATABASE_URL: database.appUrl,
      TOKEN_SECRET,
      POOL_SIZE: '4',
      LOG_LEVEL: 'silent',
      AUDIT_SEALING: 'false',
      ...settings,
    });
    const nest = await createApp({ config, clock: new Clock(true), say: () => undefined });
    const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 1 });
    owner.on('error', () => undefined);
    return new House(nest, owner);
  }

  /** So many commands, each of them one record, each of a case of its own. */
  async work(commands: number, caseId: string | null = null): Promise<void> {
    const runner = this.nest.get(CommandRunner, { strict: false });
    for (let done = 0; done < commands; done += 1) {
      await runner.run(invocationOf(technicalActor('system')), 'demo.finishYear', async (unit) => {
        const id = newId();
        unit.concerns({
          type: 'demo-year',
          id,
          version: null,
          centreId: null,
          caseId: (caseId ?? id) as never,
        });
        return Promise.resolve(null);
      });
    }
  }

  /**
   * Seals until no more than `open` records are left, and says how many it sealed. Once may not do: a transaction
   * anywhere in the cluster, also of another test's database, holds back what is certain to be complete.
   */
  async seal(open = 0): Promise<number> {
    const sealing = this.nest.get(SealingService, { strict: false });
    for (let sealed = 0; ;) {
      sealed += await sealing.seal();
      if ((await this.unsealed()) <= open) return sealed;
      await pause(20);
    }
  }

  /** Records that have no leaf yet. */
  async unsealed(): Promise<number> {
    const [counts] = await this.rows<{ open: number }>(
      'select ((select count(*) from audit_record) - (select count(*) from audit_leaf))::int as open',
    );
    return counts?.open ?? 0;
  }

  /** Why the server no longer seals. */
  async refusal(): Promise<string | null> {
    await this.seal().catch(() => 0);
    return this.nest.get(SealingService, { strict: false }).halted?.code ?? null;
  }

  async faults(): Promise<string[]> {
    const { faults } = await this.nest.get(CompletenessService, { strict: false }).check();
    return [...new Set(faults.map(({ fault }) => fault))].sort();
  }

  async rows<T extends object>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return (await this.owner.query<T>(sql, parameters)).rows;
  }

  async close(): Promise<void> {
    await this.nest.close();
    await this.owner.end();
  }
}
