import type { Locale, TenantContext } from "../../context.ts";
import type { Document } from "./document.ts";
import { getDocument } from "./get.ts";

/** Milliseconds between two looks: a page is read in a few of them. */
const INTERVAL_MS = 400;
/** Milliseconds after which a watcher has to come back; the client reconnects by itself. */
const MAX_WATCH_MS = 10 * 60_000;

/** A document each time its state moves, until it is ready or failed. Throws `not_found`, also once it is deleted. */
export async function* watchDocument(
  ctx: TenantContext,
  id: string,
  locale: Locale,
  signal: AbortSignal,
): AsyncGenerator<Document, void> {
  const until = Date.now() + MAX_WATCH_MS;
  let seen = "";
  while (Date.now() < until && !signal.aborted) {
    const document = await getDocument(ctx, id, locale);
    const state = JSON.stringify(document);
    if (state !== seen) yield document;
    seen = state;
    if (document.status === "ready" || document.status === "failed") return;
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS));
  }
}
