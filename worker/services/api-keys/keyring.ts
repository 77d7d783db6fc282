import type { Database } from "../../db/client.ts";
import { sha256Hex } from "../sha256.ts";
import { authenticateKey, type KeyHolder } from "./authenticate.ts";

type Background = (work: Promise<unknown>) => void;

/** Milliseconds for which an isolate remembers a key: how often its use is noted, at least. */
const REMEMBERED_MS = 60_000;
/** Keys remembered at once, so that an isolate's memory is bounded. */
const MAX_REMEMBERED = 5_000;

/**
 * `authenticateKey`, remembered for a minute, for whoever asks in its own first transaction whether the key still holds
 * (`selectHolding`): what a key may do never changes, only that it may. Remembered by the digest of the whole key.
 */
export function createKeyring(
  database: Database,
): (text: string, background: Background) => Promise<KeyHolder> {
  const known = new Map<string, { until: number; holder: KeyHolder }>();
  return async (text, background) => {
    const digest = await sha256Hex(text);
    const remembered = known.get(digest);
    if (remembered && remembered.until > Date.now()) return remembered.holder;
    const holder = await authenticateKey(database, text, background);
    if (known.size >= MAX_REMEMBERED) known.clear();
    known.set(digest, { until: Date.now() + REMEMBERED_MS, holder });
    return holder;
  };
}
