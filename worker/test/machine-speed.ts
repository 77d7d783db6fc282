/** Milliseconds that the loop below takes on an idle core of 2020. */
const NOMINAL_MS = 60;

/** How many times slower this machine is now, as when other machines take its processor away; 1 at least. */
const slowness = Math.max(1, measure() / NOMINAL_MS);

/** A bound in milliseconds as this machine keeps it: unchanged on an idle one. */
export function atThisSpeed(milliseconds: number): number {
  return Math.ceil(milliseconds * slowness);
}

function measure(): number {
  const started = performance.now();
  let sum = 0;
  for (let step = 0; step < 30_000_000; step++) sum = (sum + step) | 0;
  return sum === 1 ? 0 : performance.now() - started;
}
