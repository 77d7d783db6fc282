import { neon } from "@neondatabase/serverless";

/** wrangler's cron has a resolution of a minute and `wrangler dev` runs none: here, a little more often. */
const EVERY_MS = 15_000;

/** Runs the Worker's scheduled handler now and then every 15 s, until `stop()`. */
export function startSchedule(apiUrl: string): { stop(): void } {
  const run = () => {
    // A run that fails is followed by the next; the Worker logs why.
    fetch(`${apiUrl}/cdn-cgi/local/scheduled`, { signal: AbortSignal.timeout(EVERY_MS) }).catch(() => {});
  };
  run();
  const timer = setInterval(run, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}

/** Makes every pending job due: the local queue lives in memory and has forgotten them since the last run. */
export async function wakeJobs(ownerUrl: string): Promise<void> {
  try {
    const sql = neon(ownerUrl);
    await sql.query("update ingest_jobs set due_at = now(), claimed_until = null");
    await sql.query(
      "update deletion_receipts set due_at = now(), claimed_until = null where due_at is not null",
    );
    // The others only keep files for a while.
    await sql.query(`update import_jobs set due_at = now(), claimed_until = null
      where import_id in (select id from imports where state in ('listing', 'running'))`);
  } catch (error) {
    const undefinedTable = "42P01";
    if ((error as { code?: unknown }).code !== undefinedTable) throw error;
  }
}
