import type { EntityManager } from 'typeorm';
import type { Actor } from '../kernel/actor.js';
import type { CalendarDate } from '../kernel/calendar-date.js';
import { Failure } from '../kernel/failure.js';
import type { PersonId } from '../kernel/ids.js';
import type { OpenTransaction } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import type { AuditSubject, RecordedTransfer } from './audit-body.js';

/** A command's work in progress: its transaction, and what its record will say. */
export interface Unit extends Tx {
  readonly actor: Actor;
  readonly today: CalendarDate;
  /** Names what the command is about; every command names at least one subject. */
  concerns(subject: AuditSubject): void;
  /** Checks If-Match against the version of the row just locked; 412 when somebody was faster. */
  expect(currentVersion: number): void;
  /** Hands over money movements for the record. */
  moved(transfers: readonly RecordedTransfer[]): void;
  /** Adds a fact worth keeping that no row holds: a reason, an export's scope. Never a personal value. */
  note(name: string, value: unknown): void;
  /** Names the person a sign-in turned out to be; only the technical roles may. */
  actedBy(person: PersonId): void;
}

/** A failure that must be recorded instead of undone: the transaction commits, then the caller gets the failure. */
export class Refusal {
  constructor(readonly failure: Failure) {}
}

export function refuse(failure: Failure): Refusal {
  return new Refusal(failure);
}

/** The one implementation of `Unit`; made by the command runner only. */
export class RunningUnit {
  readonly manager: EntityManager;
  readonly subjects: AuditSubject[] = [];
  readonly transfers: RecordedTransfer[] = [];
  readonly facts: Record<string, unknown> = {};
  person: PersonId | null;

  constructor(
    private readonly transaction: OpenTransaction,
    readonly actor: Actor,
    readonly today: CalendarDate,
    private readonly expectedVersion: number | null,
  ) {
    this.manager = transaction.manager;
    this.person = actor.personId;
  }

  rows<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    return this.transaction.rows<T>(sql, parameters);
  }

  concerns(subject: AuditSubject): void {
    const twin = this.subjects.findIndex(({ type, id }) => type === subject.type && id === subject.id);
    if (twin === -1) {
      this.subjects.push(subject);
    } else {
      this.subjects[twin] = subject;
    }
  }

  expect(currentVersion: number): void {
    if (this.expectedVersion !== null && this.expectedVersion !== currentVersion) {
      throw new Failure('precondition-failed', { facts: { currentVersion } });
    }
  }

  moved(transfers: readonly RecordedTransfer[]): void {
    this.transfers.push(...transfers);
  }

  note(name: string, value: unknown): void {
    this.facts[name] = value;
  }

  actedBy(person: PersonId): void {
    this.person = person;
  }
}
