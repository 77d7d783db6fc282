import type { ImportRow } from "../../services/imports/import.ts";
import type { EntryRow } from "./open-entry.ts";

/** Entries taken in at once. */
const GROUP_ENTRIES = 4;
/** Bytes that these have unpacked: no more of them is held. One that is larger is taken in alone. */
const GROUP_BYTES = 8 * 1024 * 1024;

/**
 * Entries in their order, those that may be taken in at once together. What was tried before is alone, since it may have
 * ended its Worker; so is what comes off the web. The same bytes are never in one group: the second of them must find
 * the first one's document.
 */
export function groupEntries({ kind }: Pick<ImportRow, "kind">, entries: EntryRow[]): EntryRow[][] {
  const groups: EntryRow[][] = [];
  for (const entry of entries) {
    const open = groups.at(-1);
    const isStored = kind === "zip" || kind === "files";
    if (open && isStored && mayBeTogether([...open, entry])) open.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

function mayBeTogether(entries: EntryRow[]): boolean {
  const bytes = entries.reduce((sum, { size_bytes }) => sum + (size_bytes ?? GROUP_BYTES), 0);
  return (
    entries.length <= GROUP_ENTRIES &&
    bytes <= GROUP_BYTES &&
    entries.every(({ attempts }) => attempts === 0) &&
    new Set(entries.map(contentOf)).size === entries.length
  );
}

/** Alike for the same bytes; of an archive's file its directory tells a checksum. */
function contentOf({ size_bytes, locator }: EntryRow): string {
  return `${size_bytes} ${locator.crc32 ?? ""}`;
}
