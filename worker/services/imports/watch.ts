import type { Locale, TenantContext } from "../../context.ts";
import { getImport } from "./get.ts";
import { type Import, isFinal } from "./import.ts";

/** Milliseconds between two looks. */
const INTERVAL_MS = 1_000;
/** Milliseconds after which a watcher has to come back; the client reconnects by itself. */
const MAX_WATCH_MS = 10 * 60_000;

/** An import each time it moves, until it is final. Throws `not_found`, also once its collection is gone. */
export async function* watchImport(
  ctx: TenantContext,
  id: string,
  locale: Locale,
  signal: AbortSignal,
): AsyncGenerator<Import, void> {
  const until = Date.now() + MAX_WATCH_MS;
  let seen = "";
  while (Date.now() < until && !signal.aborted) {
    const found = await getImport(ctx, id, locale);
    const state = JSON.stringify([found.state, found.counts]);
    if (state !== seen) yield found;
    seen = state;
    if (isFinal(found)) return;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
