import type { Command } from './model.js';

interface Step {
  readonly account: string;
  readonly version: number;
  readonly cents: number;
}

/** One command as a client saw it end. */
export interface Ran {
  readonly key: string;
  readonly command: Command;
  readonly steps: readonly Step[];
  readonly refused: { readonly account: string; readonly availableCents: number } | null;
}

/**
 * One order in which all accepted commands could have run one after the other: each client's own order, and on every
 * account the order of its steps. Throws when there is none, or when a client was refused with a balance that no
 * legal order shows it.
 */
export function orderOf(clients: readonly (readonly Ran[])[]): Ran[] {
  const accepted = clients.map((script) => script.filter(({ refused }) => refused === null));
  const all = accepted.flat();
  const after = new Map<string, Set<string>>(all.map(({ key }) => [key, new Set()]));
  for (const script of accepted) script.forEach((one, index) => link(after, script[index - 1], one));
  const histories = historiesOf(all);
  for (const history of histories.values())
    history.forEach((step, index) => link(after, history[index - 1]?.by, step.by));
  const order = sorted(all, after);
  for (const script of clients)
    script.forEach((one, index) => judge(one, script, index, { after, histories }));
  return order;
}

interface Place {
  readonly by: Ran;
  /** What lay on the account after this step. */
  readonly balance: number;
}

function link(after: Map<string, Set<string>>, before: Ran | undefined, then: Ran): void {
  if (before !== undefined && before.key !== then.key) after.get(before.key)?.add(then.key);
}

function historiesOf(all: readonly Ran[]): Map<string, Place[]> {
  const steps = all.flatMap((by) => by.steps.map((step) => ({ ...step, by })));
  const histories = new Map<string, Place[]>();
  for (const { account, cents, by } of steps.sort((a, b) => a.version - b.version)) {
    const history = histories.get(account) ?? [];
    histories.set(account, [...history, { by, balance: (history.at(-1)?.balance ?? 0) + cents }]);
  }
  return histories;
}

/** Kahn's algorithm; what is left over waits in a circle. */
function sorted(all: readonly Ran[], after: ReadonlyMap<string, ReadonlySet<string>>): Ran[] {
  const waiting = new Map(all.map(({ key }) => [key, 0]));
  for (const followers of after.values())
    for (const key of followers) waiting.set(key, (waiting.get(key) ?? 0) + 1);
  const byKey = new Map(all.map((one) => [one.key, one]));
  const ready = all.filter(({ key }) => waiting.get(key) === 0);
  const order: Ran[] = [];
  for (let one = ready.shift(); one !== undefined; one = ready.shift()) {
    order.push(one);
    for (const key of after.get(one.key) ?? []) {
      const left = (waiting.get(key) ?? 0) - 1;
      waiting.set(key, left);
      const follower = byKey.get(key);
      if (left === 0 && follower !== undefined) ready.push(follower);
    }
  }
  if (order.length < all.length)
    throw new Error(`${String(all.length - order.length)} commands wait for each other`);
  return order;
}

/** Whether a refusal is a read that some legal order allows: after what its client did before, before what it did next. */
function judge(
  one: Ran,
  script: readonly Ran[],
  index: number,
  {
    after,
    histories,
  }: { after: ReadonlyMap<string, ReadonlySet<string>>; histories: ReadonlyMap<string, readonly Place[]> },
): void {
  if (one.refused === null) return;
  const { account, availableCents } = one.refused;
  const history = histories.get(account) ?? [];
  const before = script.slice(0, index).findLast(({ refused }) => refused === null);
  const next = script.slice(index + 1).find(({ refused }) => refused === null);
  const legal = [-1, ...history.keys()].some((place) => {
    if ((history[place]?.balance ?? 0) !== availableCents) return false;
    const last = history[place]?.by;
    const following = history[place + 1]?.by;
    const tooEarly =
      before !== undefined && following !== undefined && reaches(after, following.key, before.key);
    const tooLate = next !== undefined && last !== undefined && reaches(after, next.key, last.key);
    return !tooEarly && !tooLate;
  });
  if (!legal)
    throw new Error(
      `no legal order shows ${String(availableCents)} on ${account} to ${JSON.stringify(one.command)}`,
    );
}

function reaches(after: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === to) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(after.get(key) ?? []));
  }
  return false;
}
