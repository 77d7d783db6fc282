/** What repeated measurements say: their median and quartiles. */
export type Spread = { median: number; low: number; high: number };

/** Median and quartiles, between neighbours in proportion. `values` is not empty. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.25), high: quantile(sorted, 0.75) };
}

/** The value below which a share of them lies, between neighbours in proportion. `sorted` is not empty. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const [below = 0, above = 0] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** "0.91 (0.88–0.95)": median and quartiles. */
export function formatSpread({ median, low, high }: Spread): string {
  return `${median.toFixed(2)} (${low.toFixed(2)}–${high.toFixed(2)})`;
}

/**
 * Times of the same rounds as one ratio a round. Pairs of one round met the same load of the machine, so their ratio
 * spreads less than either does.
 */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Spread {
  return spreadOf(ours.map((time, round) => time / (theirs[round] ?? Number.NaN)));
}

/** CPU time of this process in milliseconds, of all its threads, while `run` does its work. */
export async function cpuTime(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/**
 * CPU time of every way in every round, in milliseconds. The ways take turns, another one first each round, and a
 * first round is thrown away: the compiler settles in it.
 */
export async function interleave<Name extends string>(
  ways: Record<Name, () => unknown>,
  rounds: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(ways) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length] as Name;
      const time = await cpuTime(ways[name]);
      if (round > 0) times[name].push(time);
    }
  }
  return times;
}
