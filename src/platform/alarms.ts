import { Injectable } from '@nestjs/common';

/** Something an operator must look at although the service goes on. Never a personal value. */
export interface Alarm {
  readonly code: string;
  readonly detail: string;
}

/** Where the parts of the house raise alarms and health shows them; platform itself knows none. */
@Injectable()
export class Alarms {
  private readonly sources: (() => readonly Alarm[])[] = [];

  /** `source` is asked at every look and answers at once. */
  watch(source: () => readonly Alarm[]): void {
    this.sources.push(source);
  }

  standing(): Alarm[] {
    return this.sources.flatMap((source) => [...source()]);
  }
}
