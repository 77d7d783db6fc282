/**
 * Bytes of files that may be read at once in one isolate. PDF.js sets a file's whole length aside, and the isolate that
 * reads the largest of 50 MiB holds 96 of its 128 MB (bench/README.md): a second one like it would end both.
 */
const ROOM_BYTES = 54 * 1024 * 1024;

/** Milliseconds after which room counts as left: whoever is cut off never says so, and a slice takes a minute at most. */
const FORGOTTEN_AFTER_MS = 300_000;

/** Milliseconds that a file is passed by smaller ones before they have to leave it room. */
const PATIENCE_MS = 60_000;
/** Milliseconds after which a file that found no room and hasn't asked again is somebody else's: it does every six seconds. */
const GONE_AFTER_MS = 20_000;

/** Of this isolate: what other isolates read lies in memory of their own. */
const held = new Set<{ bytes: number; since: number }>();
/** The file that has waited longest. */
let waiting: { id: string; bytes: number; since: number; askedAt: number } | null = null;

/**
 * Takes room for a file of so many bytes until the function it gives is called; a file that is alone always finds room.
 * Null when others must be done first: nobody waits here, since one request can't be woken by another's. Whoever is told so
 * asks again with the same `id`, and after a minute of that nobody else takes the room it needs.
 */
export function takeRoom(id: string, bytes: number): (() => void) | null {
  const now = Date.now();
  for (const hold of held) if (now - hold.since > FORGOTTEN_AFTER_MS) held.delete(hold);
  if (waiting && now - waiting.askedAt > GONE_AFTER_MS) waiting = null;
  const others = waiting && waiting.id !== id ? waiting : null;
  const kept = others && now - others.since > PATIENCE_MS ? others.bytes : 0;
  const total = [...held].reduce((sum, hold) => sum + hold.bytes, bytes + kept);
  if ((held.size > 0 || kept > 0) && total > ROOM_BYTES) {
    if (!others) waiting = { id, bytes, since: waiting?.since ?? now, askedAt: now };
    return null;
  }
  if (!others) waiting = null;
  const own = { bytes, since: now };
  held.add(own);
  return () => held.delete(own);
}
