import type { Locale, TenantContext } from "../../context.ts";
import { isDatabaseAway } from "../../db/client.ts";
import { requirePermission } from "../access/permissions.ts";
import { cleanFilename } from "../documents/filename.ts";
import { tooLarge } from "../documents/take-in.ts";
import type { ListedEntry } from "./entry.ts";
import { entryPath, isSystemPath, namesApart } from "./entry-path.ts";
import { getImport } from "./get.ts";
import type { Import } from "./import.ts";
import { isArchive } from "./is-archive.ts";
import { recordImport } from "./record.ts";
import { removeStored } from "./remove-stored.ts";
import { importTooLarge, requireImportRoom } from "./require-room.ts";
import { archiveKey, stagedKey } from "./storage-key.ts";

/**
 * Takes one or several files in as an import: an archive alone is unpacked, anything else is an entry each. Throws
 * `not_found` (the collection), `too_large` and `conflict`; nothing is kept then.
 */
export async function importFiles(
  ctx: TenantContext,
  input: { collectionId: string; files: File[] },
  locale: Locale,
): Promise<Import> {
  requirePermission(ctx, "library.write");
  const { collectionId, files } = input;
  const { maxFileBytes, maxImportBytes } = await requireImportRoom(ctx, collectionId);
  const sizeBytes = files.reduce((sum, file) => sum + file.size, 0);
  if (sizeBytes > maxImportBytes) throw importTooLarge(maxImportBytes);
  const [only] = files;
  const id = crypto.randomUUID();
  try {
    if (only && files.length === 1 && (await isArchive(only))) {
      const storageKey = archiveKey(ctx.tenantId, id);
      await ctx.files.put(storageKey, only);
      const source = cleanFilename(only.name);
      await recordImport(ctx, { id, collectionId, kind: "zip", source, storageKey, sizeBytes });
    } else {
      if (only && files.length === 1 && only.size > maxFileBytes) throw tooLarge(maxFileBytes);
      const entries = await stageFiles(ctx, id, files, maxFileBytes);
      await recordImport(ctx, { id, collectionId, kind: "files", sizeBytes, entries });
    }
  } catch (error) {
    // Without Postgres' own word the import may be on record after all; then what it was given must stay.
    if (!isDatabaseAway(error)) await removeStored(ctx, id);
    throw error;
  }
  return getImport(ctx, id, locale);
}

/** Keeps what may become a document until it is taken in; what may not has its outcome already. */
async function stageFiles(
  ctx: TenantContext,
  importId: string,
  files: File[],
  maxFileBytes: number,
): Promise<ListedEntry[]> {
  const apart = namesApart();
  const entries: ListedEntry[] = [];
  for (const [ordinal, file] of files.entries()) {
    const path = apart(entryPath(file.name));
    const entry = { ordinal, ...path, size_bytes: file.size };
    const key = stagedKey(ctx.tenantId, importId, ordinal);
    if (file.size > maxFileBytes) entries.push({ ...entry, state: "failed", error_code: "too_large" });
    else if (isSystemPath(path)) entries.push({ ...entry, state: "skipped", error_code: "system_file" });
    else if (await isArchive(file)) {
      entries.push({ ...entry, state: "skipped", error_code: "nested_archive" });
    } else {
      await ctx.files.put(key, file);
      entries.push({ ...entry, locator: { key } });
    }
  }
  return entries;
}
