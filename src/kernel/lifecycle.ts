/** For each state the states that may follow it: the whole life of a thing as one table to read. */
export type Lifecycle<S extends string> = Readonly<Record<S, readonly S[]>>;

export function statesOf<S extends string>(lifecycle: Lifecycle<S>): S[] {
  return Object.keys(lifecycle) as S[];
}

export function mayBecome<S extends string>(lifecycle: Lifecycle<S>, from: S, to: S): boolean {
  return lifecycle[from].includes(to);
}
