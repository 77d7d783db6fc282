import type { Outgoing } from "./batch.ts";

/** Bytes of files in one request: what a slow line sends in a minute or two, and far less than the API takes. */
const PORTION_BYTES = 12 * 2 ** 20;
/** Files of one request. */
const PORTION_FILES = 100;

/** Cuts files into what is sent at once, in their order; a file larger than a portion goes by itself. */
export function cutPortions<T extends Pick<Outgoing, "file">>(files: T[]): T[][] {
  const portions: T[][] = [];
  let bytes = 0;
  for (const item of files) {
    const open = portions.at(-1);
    if (!open || open.length >= PORTION_FILES || bytes + item.file.size > PORTION_BYTES) {
      portions.push([item]);
      bytes = item.file.size;
    } else {
      open.push(item);
      bytes += item.file.size;
    }
  }
  return portions;
}
