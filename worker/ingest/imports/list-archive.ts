import type { TenantContext } from "../../context.ts";
import type { ArchivedFile } from "../../ports/archive.ts";
import type { ListedEntry } from "../../services/imports/entry.ts";
import {
  type EntryPath,
  entryPath,
  isArchiveName,
  isSystemPath,
  namesApart,
} from "../../services/imports/entry-path.ts";
import { ImportFailure, type ImportReason } from "../../services/imports/failure.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { ENTRIES_PER_WRITE } from "../../services/imports/record.ts";
import { PLANS } from "../../services/usage/plans.ts";
import { selectPlan } from "../../services/usage/select-plan.ts";
import { archiveSource } from "./archive-source.ts";
import { endListing, writeEntries } from "./write-entries.ts";

/** Puts on record what an archive's directory lists, each file with its folders, whatever comes of it. */
export async function listArchive(ctx: TenantContext, row: ImportRow): Promise<void> {
  const files = await ctx.archives.list(archiveSource(ctx, row));
  if (files.length === 0) throw new ImportFailure("archive_empty", "the archive holds no file");
  const [[plan]] = await ctx.db.transaction((q) => [selectPlan(q)]);
  const { maxFileBytes } = PLANS[plan?.name ?? "free"];
  const apart = namesApart();
  const listed = files.map((file, ordinal): ListedEntry => {
    const path = entryPath(file.path);
    const outcome = outcomeOf(file, path, maxFileBytes);
    const { path: _, ...locator } = file;
    return { ordinal, ...apart(path), ...(outcome ?? { locator }), size_bytes: file.size_bytes };
  });
  for (let at = 0; at < listed.length; at += ENTRIES_PER_WRITE) {
    await writeEntries(ctx, row, listed.slice(at, at + ENTRIES_PER_WRITE));
  }
  await endListing(ctx, row);
}

/** What is known without reading a file; null: it has to be read. */
function outcomeOf(
  file: ArchivedFile,
  path: EntryPath,
  maxFileBytes: number,
): { state: "skipped" | "failed"; error_code: ImportReason } | null {
  if (isSystemPath(path)) return { state: "skipped", error_code: "system_file" };
  if (!file.regular) return { state: "skipped", error_code: "unsupported" };
  if (isArchiveName(path.name)) return { state: "skipped", error_code: "nested_archive" };
  if (file.encrypted) return { state: "failed", error_code: "encrypted" };
  if (file.size_bytes > maxFileBytes) return { state: "failed", error_code: "too_large" };
  return null;
}
