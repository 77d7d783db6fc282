import type { Outgoing, Refused } from "./batch.ts";
import type { FoundFile } from "./read-drop.ts";

/** What the plan lets through; null where it isn't known, and the API alone decides. */
export type Room = { fileBytes: number; importBytes: number; documents: number } | null;

export type SortedOut = { files: Outgoing[]; archives: File[]; refused: Refused[] };

/** The first file's header, or the end of an archive without any. */
const ZIP_MARKS = ["PK\u0003\u0004", "PK\u0005\u0006"];

/** Parts what was dropped into files, archives, and what can't be taken whatever is done. */
export async function sortOut(found: FoundFile[], room: Room): Promise<SortedOut> {
  const sorted: SortedOut = { files: [], archives: [], refused: [] };
  for (const { file, path } of found) {
    const refuse = (reason: Refused["reason"], limit?: number) =>
      sorted.refused.push({
        key: crypto.randomUUID(),
        path,
        reason,
        ...(limit === undefined ? {} : { limit }),
      });
    const archive = await isArchive(file).catch(() => null);
    if (archive === null) refuse("unreadable");
    else if (file.size === 0 && !isDotFile(path)) refuse("empty");
    else if (archive) {
      if (room && file.size > room.importBytes) refuse("archive_too_large", room.importBytes);
      else sorted.archives.push(file);
    } else if (room && file.size > room.fileBytes) refuse("too_large", room.fileBytes);
    else sorted.files.push({ key: crypto.randomUUID(), path, file });
  }
  return sorted;
}

/** What systems and tools leave in folders, often empty: the API says of it that there is nothing to do. */
function isDotFile(path: string): boolean {
  return path.split("/").some((part) => part.startsWith("."));
}

/** By name and first bytes: Office's files are archives inside, and go as what they are. */
async function isArchive(file: File): Promise<boolean> {
  if (!/\.zip$/i.test(file.name)) return false;
  const head = new TextDecoder("latin1").decode(await file.slice(0, 4).arrayBuffer());
  return ZIP_MARKS.includes(head);
}
