import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { Gauge, Registry } from 'prom-client';
import { technicalActor } from '../kernel/actor.js';
import { Alarms, type Alarm } from '../platform/alarms.js';
import { CommandRunner } from './command-runner.js';
import { CompletenessService } from './completeness.service.js';
import { AuditHealthRepository, type SealingState } from './audit-health.repository.js';
import { SealingService } from './sealing.service.js';

const ALARM_EVERY_MS = 30_000;
/** However large the log becomes, looking for alarms takes at most a hundredth of the time. */
const REST_FACTOR = 100;
const CHECK_EVERY_MS = 24 * 60 * 60_000;

/** How the sealing goes, for people and machines who watch: metrics, and alarms in health. */
@Injectable()
export class AuditHealthService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('audit');
  private readonly registry = new Registry();
  private readonly gauges = gaugesIn(this.registry);
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private found: Alarm[] = [];
  private faults = 0;

  constructor(
    private readonly commands: CommandRunner,
    private readonly states: AuditHealthRepository,
    private readonly completeness: CompletenessService,
    private readonly sealing: SealingService,
    private readonly alarms: Alarms,
  ) {}

  onApplicationBootstrap(): void {
    this.alarms.watch(() => this.standing());
    if (this.sealing.isWanted) this.loop = this.watch();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  /** The metrics as Prometheus reads them. */
  async metrics(): Promise<string> {
    this.show(await this.state());
    return this.registry.metrics();
  }

  /** Looks for records without a leaf and leaves without a record. */
  async lookForAlarms(): Promise<void> {
    const faults = await this.completeness.alarms();
    const reopened = (await this.state()).reopened;
    this.found = [
      ...faults.map(({ fault, place }) => ({ code: fault, detail: place })),
      ...(reopened === null ? [] : [{ code: 'log-reopened', detail: reopened }]),
    ];
    if (faults.length > 0) this.logger.error(`${String(faults.length)} records and leaves do not match`);
  }

  /** The whole check; what it finds stands as one alarm until the next one. */
  async checkAll(): Promise<void> {
    const { faults } = await this.completeness.check();
    this.faults = faults.length;
    for (const { fault, place, field } of faults.slice(0, 100))
      this.logger.error(`${fault}: ${place}, ${field}`);
  }

  private standing(): Alarm[] {
    const { halted } = this.sealing;
    return [
      ...(halted === null ? [] : [{ code: 'sealing-halted', detail: halted.code }]),
      ...this.found,
      ...(this.faults === 0
        ? []
        : [{ code: 'audit-incomplete', detail: `${String(this.faults)} faults, see audit:check` }]),
    ];
  }

  private state(): Promise<SealingState> {
    return this.commands.read(technicalActor('sealer'), (tx) => this.states.state(tx));
  }

  private show(state: SealingState): void {
    this.gauges.lag.set(state.lagSeconds);
    this.gauges.unsealed.set(state.unsealed);
    this.gauges.size.set(state.checkpointSize);
    this.gauges.time.set(state.checkpointSeconds);
    this.gauges.epoch.set(state.epoch);
    this.gauges.halted.set(this.sealing.halted === null ? 0 : 1);
    const count = (code: string): number => this.found.filter((alarm) => alarm.code === code).length;
    this.gauges.recordsUnsealed.set(count('record-unsealed'));
    this.gauges.recordsMissing.set(count('record-missing'));
    this.gauges.faults.set(this.faults);
  }

  private async watch(): Promise<void> {
    const { signal } = this.stopping;
    let sinceCheck = 0;
    while (!signal.aborted) {
      const began = performance.now();
      try {
        await this.lookForAlarms();
        if (sinceCheck >= CHECK_EVERY_MS) {
          sinceCheck = 0;
          await this.checkAll();
        }
      } catch (error) {
        this.logger.warn(`the watch over the audit record will be tried again: ${String(error)}`);
      }
      const rest = Math.max(ALARM_EVERY_MS, REST_FACTOR * (performance.now() - began));
      sinceCheck += rest;
      await pause(rest, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

function gaugesIn(registry: Registry) {
  const gauge = (name: string, help: string): Gauge =>
    new Gauge({ name: `foerderbuch_audit_${name}`, help, registers: [registry] });
  return {
    lag: gauge('lag_seconds', 'Age of the oldest record that is not sealed'),
    unsealed: gauge('unsealed_records', 'Records that are not sealed yet'),
    size: gauge('checkpoint_size', 'Leaves under the newest signed checkpoint'),
    time: gauge('checkpoint_timestamp_seconds', 'When the newest checkpoint was signed'),
    epoch: gauge('epoch', 'Epoch of the log; a restore begins a new one'),
    halted: gauge('sealing_halted', '1 when this server refuses to sign'),
    recordsUnsealed: gauge('records_without_leaf', 'Alarm: records below the watermark without a leaf'),
    recordsMissing: gauge('leaves_without_record', 'Alarm: leaves without a record'),
    faults: gauge('faults', 'Alarm: faults the last whole check found'),
  };
}
