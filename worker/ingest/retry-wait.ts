import type { IngestJob } from "./stages/load.ts";

/** Seconds before the second try; each further one waits twice as long. */
const FIRST_WAIT_SECONDS = 5;
/**
 * Seconds at most. What ends by itself is asked often enough to notice within its bound that an upstream is back; what may
 * never be given up is asked ever more rarely.
 */
const LONGEST_WAIT_SECONDS: Record<IngestJob["kind"], number> = {
  ingest: 60,
  index: 4_800,
  tidy: 4_800,
  purge: 4_800,
};
/** Seconds that an upstream may ask for: everybody waits for as long, so that a mistake of its clock must not count. */
const LONGEST_ASKED_SECONDS = 3_600;
/** Share of a wait by which it may be longer, so that what failed together doesn't come back together. */
const JITTER = 0.25;

/**
 * Seconds until a job is tried again: what the upstream asked for (`askedSeconds`), or else longer after each try that
 * got nowhere (`attempts`, from 1). `lot` is a number from 0 to 1.
 */
export function retryWait(
  job: Pick<IngestJob, "kind" | "attempts">,
  askedSeconds: number | null,
  lot: number = Math.random(),
): number {
  const backoff = FIRST_WAIT_SECONDS * 2 ** Math.max(0, job.attempts - 1);
  const wait =
    askedSeconds === null
      ? Math.min(backoff, LONGEST_WAIT_SECONDS[job.kind])
      : Math.min(Math.max(askedSeconds, 1), LONGEST_ASKED_SECONDS);
  return wait * (1 + JITTER * lot);
}
