import type { FileStore } from "../../context.ts";

/** Where the last sweep stopped: the key itself, or nothing at the end of a round. It lies outside every tenant's prefix. */
export const POSITION_KEY = "sweep/orphans";
/** Minutes between two rounds: a small bucket needn't be read every minute. */
const REST_MINUTES = 60;

/** The key behind which to go on; empty: at the beginning. Null: the last round is over and the next one not yet due. */
export async function readPosition(files: FileStore): Promise<string | null> {
  const kept = await files.get(POSITION_KEY);
  if (!kept) return "";
  const after = await kept.text();
  const rested = Date.now() - kept.uploaded.getTime() >= REST_MINUTES * 60_000;
  return after !== "" || rested ? after : null;
}

/** Keeps where to go on; `after` is empty at the end of a round. */
export async function keepPosition(files: FileStore, after: string): Promise<void> {
  await files.put(POSITION_KEY, after);
}
