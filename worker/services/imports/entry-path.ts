import { cutText } from "../cut-text.ts";
import { cleanFilename } from "../documents/filename.ts";

/** Characters of a folder label. */
const MAX_FOLDER = 500;

export type EntryPath = { folder: string; name: string };

/**
 * What a path out of somebody's archive or form says of folders and a name. It is shown and never opened: steps up,
 * roots, drives, backslashes and characters that can't be seen are left out, what remains is kept.
 */
export function entryPath(raw: string): EntryPath {
  const parts = raw
    .replaceAll("\0", "")
    .split(/[\\/]+/)
    .map((part) => part.trim())
    .filter((part, index) => part !== "" && !/^\.+$/.test(part) && !(index === 0 && /^[a-z]:$/i.test(part)));
  const name = cleanFilename(parts.pop()?.replace(/^[a-z]:(?=.)/i, "") ?? "");
  const folder = parts.map(cleanFilename).join("/");
  return { name, folder: cutText(folder, MAX_FOLDER) };
}

const SYSTEM =
  /^(__macosx|thumbs\.db|ehthumbs\.db|desktop\.ini|\$recycle\.bin|system volume information|~\$.*|\..*)$/i;

/** Whether a path is of what systems leave beside people's files: Finder's, Explorer's, Office's locks, dot-files. */
export function isSystemPath({ folder, name }: EntryPath): boolean {
  return [...folder.split("/"), name].some((part) => SYSTEM.test(part));
}

const ARCHIVE = /\.(zip|7z|rar|tar|tgz|gz|bz2|xz|zst|jar)$/i;

/** Whether a name is an archive's. */
export function isArchiveName(name: string): boolean {
  return ARCHIVE.test(name);
}

/** Gives each file of a folder a name of its own, as systems do: "a.md", "a (2).md". */
export function namesApart(): (path: EntryPath) => EntryPath {
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  const key = (folder: string, name: string) => `${folder}/${name}`.toLowerCase();
  return ({ folder, name }) => {
    const [, stem = name, extension = ""] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? [];
    let fresh = name;
    let copy = copies.get(key(folder, name)) ?? 1;
    while (taken.has(key(folder, fresh))) fresh = `${stem} (${++copy})${extension}`;
    copies.set(key(folder, name), copy);
    taken.add(key(folder, fresh));
    return { folder, name: fresh };
  };
}
