/**
 * Bytes of files that may be read at once in one isolate. PDF.js sets a file's whole length aside, and the isolate that
 * reads the largest of 50 MiB holds 96 of its 128 MB (bench/README.md): a second one like it would end both.
 */
const ROOM_BYTES = 54 * 1024 * 1024;

/** Of this isolate: what other isolates read lies in memory of their own. */
let held = 0;

/**
 * Takes room for a file of so many bytes until the function it gives is called; a file that is alone always finds room.
 * Null when others must be done first: nobody waits here, since one request can't be woken by another's.
 */
export function takeRoom(bytes: number): (() => void) | null {
  if (held > 0 && held + bytes > ROOM_BYTES) return null;
  held += bytes;
  let taken = bytes;
  return () => {
    held -= taken;
    taken = 0;
  };
}
