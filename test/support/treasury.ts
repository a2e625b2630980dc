import { randomUUID } from 'node:crypto';
import type { Test } from 'supertest';
import { Desk, type Thing, type Trade } from './trade.js';

/** A row of the budget overview. */
export type Row = Readonly<Record<string, unknown>>;

export interface ClosedYear extends Thing {
  readonly state: string;
  readonly lines: (Row & { readonly lineId: string; readonly lapsesCents: number })[];
}

/** The two people of the ministry who look after the budget: one enters, the other releases. */
export class Treasury {
  private titles = 0;

  private constructor(
    private readonly one: Desk,
    private readonly two: Desk,
  ) {}

  static async of(trade: Trade): Promise<Treasury> {
    return new Treasury(trade.ministry, new Desk(await trade.app.signIn('ministry2')));
  }

  /** A new budget line, not transferable unless it is said. */
  line(changes: object): Promise<Thing> {
    const title = `TG ${String(90 + ++this.titles)}`;
    const name = 'Kommunale Integrationszentren';
    return this.one.makes('/budget/lines', {
      chapter: '11 060',
      title,
      name,
      transferable: false,
      ...changes,
    });
  }

  /** What parliament gives for a year. */
  appropriates(line: Thing, amountCents: number, fundingYear = 2016): Promise<Thing> {
    return this.changes(line, 'initial', amountCents, { fundingYear });
  }

  /** A change of the appropriation, entered and released. */
  async changes(line: Thing, kind: string, amountCents: number, more: object = {}): Promise<Thing> {
    const proposed = await this.one.makes('/budget/appropriations', given(line, kind, amountCents, more));
    return this.two.does('/budget/appropriations', proposed, 'release');
  }

  /** The same up to the release, whatever comes of that. */
  async tries(line: Thing, kind: string, amountCents: number, more: object = {}): Promise<Awaited<Test>> {
    const proposed = await this.one.makes('/budget/appropriations', given(line, kind, amountCents, more));
    return this.two.tries('/budget/appropriations', proposed, 'release');
  }

  triesToPropose(line: Thing, kind: string, amountCents: number, more: object = {}): Test {
    return this.triesToMake('/budget/appropriations', given(line, kind, amountCents, more));
  }

  async allots(line: Thing, amountCents: number, more: object = {}): Promise<Thing> {
    const proposed = await this.one.makes(
      '/budget/allocations',
      handedOn(line, 'allotment', amountCents, more),
    );
    return this.two.does('/budget/allocations', proposed, 'release');
  }

  async triesToAllot(line: Thing, amountCents: number): Promise<Awaited<Test>> {
    const proposed = await this.one.makes('/budget/allocations', handedOn(line, 'allotment', amountCents));
    return this.two.tries('/budget/allocations', proposed, 'release');
  }

  async takesBack(line: Thing, amountCents: number): Promise<Thing> {
    const proposed = await this.one.makes('/budget/allocations', handedOn(line, 'reduction', amountCents));
    return this.two.does('/budget/allocations', proposed, 'release');
  }

  async triesToTakeBack(line: Thing, amountCents: number): Promise<Awaited<Test>> {
    const proposed = await this.one.makes('/budget/allocations', handedOn(line, 'reduction', amountCents));
    return this.two.tries('/budget/allocations', proposed, 'release');
  }

  /** Leave to promise, in one year, money of a later one. */
  async authorises(
    line: Thing,
    years: { issueYear: number; dueYear: number },
    amountCents: number,
  ): Promise<Thing> {
    const proposed = await this.one.makes('/budget/commitment-authorisations', {
      ...{
        lineId: line.id,
        programme: 'KI',
        ...years,
        amountCents,
        reason: 'Bewilligungen für spätere Jahre',
      },
      ...{ source: 'Haushaltsgesetz', confidence: 'assumed' },
    });
    return this.two.does('/budget/commitment-authorisations', proposed, 'release');
  }

  opens(fundingYear: number): Promise<Thing & Row> {
    return this.one.makes('/budget/years', { fundingYear });
  }

  triesToOpen(fundingYear: number): Test {
    return this.triesToMake('/budget/years', { fundingYear });
  }

  async years(): Promise<[Thing, ...Thing[]]> {
    const { items } = await this.one.sees<{ items: Thing[] }>('/budget/years');
    const [first, ...rest] = items;
    if (first === undefined) throw new Error('no year was opened');
    return [first, ...rest];
  }

  closes(year: Thing): Promise<ClosedYear> {
    return this.one.does('/budget/years', year, 'close');
  }

  triesToClose(year: Thing): Test {
    return this.one.tries('/budget/years', year, 'close');
  }

  async previewsClosing(year: Thing): Promise<ClosedYear> {
    const { status, body } = await this.one.tries('/budget/years', year, 'close?dryRun=true');
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body as ClosedYear;
  }

  /** The overview's row of a line and year: of a programme, or of what is not handed on. */
  async row(line: Thing, programme: string | null = null, fundingYear = 2016): Promise<Row> {
    const { items } = await this.one.sees<{ items: Row[] }>(
      `/budget/overview?fundingYear=${String(fundingYear)}`,
    );
    const found = items.find((item) => item['lineId'] === line.id && item['programme'] === programme);
    if (found === undefined) throw new Error(`nothing stands on the line for ${String(programme)}`);
    return found;
  }

  private triesToMake(path: string, body: object): Test {
    return this.one.caller.post(path, body).set('Idempotency-Key', randomUUID());
  }
}

function given(line: Thing, kind: string, amountCents: number, more: object): object {
  return {
    ...{ lineId: line.id, fundingYear: 2016, kind, amountCents, reason: 'Haushaltsvollzug' },
    ...{ source: 'Haushaltsgesetz 2016', confidence: 'assumed', ...more },
  };
}

function handedOn(line: Thing, kind: string, amountCents: number, more: object = {}): object {
  const reason = 'Haushaltsvollzug';
  return { lineId: line.id, fundingYear: 2016, programme: 'KI', kind, amountCents, reason, ...more };
}
