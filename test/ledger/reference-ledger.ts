import { Money } from '../../src/kernel/money.js';
import { caseId, CASES, dimensionsOf, lineId, LINES, YEARS, type Command, type Standing } from './model.js';

/** What a command comes to: done, or refused with what is free on the account that lacks it. */
export interface Verdict {
  readonly ok: boolean;
  /** What is free, by the accounts that lack; the ledger names whichever it meets first. */
  readonly lacking: ReadonlyMap<string, number>;
}

type Move = readonly [from: string, to: string, cents: number];

const ISSUE_YEAR = 2016;
const OUTSIDE = /^(outside|authorisation_outside)/;

/**
 * The ledger as one would keep it on paper: names of pots, and what lies in each. Written from the words of the
 * trade, without accounts, transfers, versions or SQL.
 */
export class ReferenceLedger implements Standing {
  readonly pots = new Map<string, number>();

  apply(command: Command): Verdict {
    const moves = this.movesOf(command);
    const changed = new Map<string, number>();
    for (const [from, to, cents] of moves) {
      changed.set(from, (changed.get(from) ?? 0) - cents);
      changed.set(to, (changed.get(to) ?? 0) + cents);
    }
    const lacking = new Map<string, number>();
    for (const [pot, by] of changed) {
      if (this.in(pot) + by < 0 && !OUTSIDE.test(pot)) lacking.set(pot, this.in(pot));
    }
    if (lacking.size === 0) for (const [pot, by] of changed) this.pots.set(pot, this.in(pot) + by);
    return { ok: lacking.size === 0, lacking };
  }

  in(pot: string): number {
    return this.pots.get(pot) ?? 0;
  }

  private movesOf(command: Command): Move[] {
    switch (command.do) {
      case 'appropriate':
        return [appropriation(command)];
      case 'allot':
        return [[at('appropriated', command), at('allocated', command), command.cents]];
      case 'take back':
        return [[at('allocated', command), at('appropriated', command), command.cents]];
      case 'authorise':
        return [[at('authorisation_outside', command), at('authorised', command), command.cents]];
      case 'grant':
        return command.year > ISSUE_YEAR
          ? [[at('authorised', command), ofCase('promised', command), command.cents]]
          : [[at('allocated', command), ofCase('committed', command), command.cents]];
      case 'order':
        return [[ofCase('committed', command), ofCase('called', command), command.cents]];
      case 'pay':
        return [[ofCase('called', command), ofCase('paid', command), command.cents]];
      case 'settle':
        return [[ofCase('paid', command), ofCase('settled', command), command.cents]];
      case 'open':
        return this.opening(command.year);
      case 'close':
        return this.closing(command.year);
    }
  }

  private opening(year: number): Move[] {
    return each(LINES).flatMap((line) =>
      each(CASES).flatMap((of): Move[] => {
        const cents = this.in(ofCase('promised', { line, year, of }));
        return [
          [ofCase('promised', { line, year, of }), at('redeemed', { line, year }), cents],
          [at('appropriated', { line, year }), ofCase('committed', { line, year, of }), cents],
        ];
      }),
    );
  }

  /** The first line is transferable, the others are not. */
  private closing(year: number): Move[] {
    return each(LINES).flatMap((line): Move[] => {
      const rest = line === 0 ? 'remainder' : 'lapsed';
      const free = (stage: string): number => this.in(at(stage, { line, year }));
      const before = { line, year: year - 2 };
      return [
        [at('allocated', { line, year }), at(rest, { line, year }), free('allocated')],
        [at('appropriated', { line, year }), at(rest, { line, year }), free('appropriated')],
        [at('blocked', { line, year }), at('lapsed', { line, year }), free('blocked')],
        [at('remainder', before), at('remainder_lapsed', before), this.in(at('remainder', before))],
        ...YEARS.map((due): Move => {
          const unused = year === ISSUE_YEAR ? this.in(at('authorised', { line, year: due })) : 0;
          return [
            at('authorised', { line, year: due }),
            at('authorisation_lapsed', { line, year: due }),
            unused,
          ];
        }),
      ];
    });
  }

  promised(year: number) {
    return each(LINES).flatMap((line) =>
      each(CASES).flatMap((of) => {
        const cents = this.in(ofCase('promised', { line, year, of }));
        return cents === 0
          ? []
          : [{ ...dimensionsOf({ line, year, of }), issueYear: ISSUE_YEAR, amount: Money.ofCents(cents) }];
      }),
    );
  }

  left(year: number) {
    return each(LINES).flatMap((line) => {
      const lies = (
        stage: 'appropriated' | 'blocked' | 'allocated' | 'remainder' | 'authorised',
        of: number,
      ) => ({
        ...{ stage, lineId: lineId(line), fundingYear: of, transferable: line === 0 },
        issueYear: stage === 'authorised' ? ISSUE_YEAR : null,
        programme: stage === 'authorised' || stage === 'allocated' ? 'KI' : null,
        amount: Money.ofCents(this.in(at(stage, { line, year: of }))),
      });
      return [
        ...(['appropriated', 'blocked', 'allocated'] as const).map((stage) => lies(stage, year)),
        lies('remainder', year - 2),
        ...(year === ISSUE_YEAR ? YEARS.map((due) => lies('authorised', due)) : []),
      ];
    });
  }
}

function appropriation(command: Extract<Command, { do: 'appropriate' }>): Move {
  const { kind, line, year, cents } = command;
  const here = at('appropriated', command);
  const blocked = at('blocked', command);
  const outside = at('outside', command);
  const giving = at('appropriated', { line: (line + 1) % LINES, year });
  const moves: Record<typeof kind, Move> = {
    initial: [outside, here, cents],
    supplement: [outside, here, cents],
    reduction: [here, outside, cents],
    block: [here, blocked, cents],
    unblock: [blocked, here, cents],
    virement: [giving, here, cents],
    carry_over: [at('remainder', { line, year: year - 1 }), here, cents],
  };
  return moves[kind];
}

const each = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** The name of a pot; also how an account of the database is told, so that both can be compared. */
export function potOf(stage: string, line: string, year: number, of: string | null): string {
  return [stage, line, year, ...(of === null ? [] : [of])].join(' ');
}

function at(stage: string, { line, year }: { line: number; year: number }): string {
  return potOf(stage, lineId(line), year, null);
}

function ofCase(stage: string, { line, year, of }: { line: number; year: number; of: number }): string {
  return potOf(stage, lineId(line), year, caseId(of));
}
