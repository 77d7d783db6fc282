/**
 * Bytes of files that may be read at once in one isolate. PDF.js sets a file's whole length aside, and the isolate that
 * reads the largest of 50 MiB holds 96 of its 128 MB (bench/README.md): a second one like it would end both.
 */
const ROOM_BYTES = 54 * 1024 * 1024;

/** Milliseconds after which room counts as left: whoever is cut off never says so, and a slice takes a minute at most. */
const FORGOTTEN_AFTER_MS = 300_000;

/** Of this isolate: what other isolates read lies in memory of their own. */
const held = new Set<{ bytes: number; since: number }>();

/**
 * Takes room for a file of so many bytes until the function it gives is called; a file that is alone always finds room.
 * Null when others must be done first: nobody waits here, since one request can't be woken by another's.
 */
export function takeRoom(bytes: number): (() => void) | null {
  const now = Date.now();
  for (const hold of held) if (now - hold.since > FORGOTTEN_AFTER_MS) held.delete(hold);
  const total = [...held].reduce((sum, hold) => sum + hold.bytes, bytes);
  if (held.size > 0 && total > ROOM_BYTES) return null;
  const own = { bytes, since: now };
  held.add(own);
  return () => held.delete(own);
}
