import type { TenantContext } from "../../context.ts";
import type { importEntries } from "../../db/schema/imports.ts";
import type { ArchivedFile } from "../../ports/archive.ts";
import { ImportFailure } from "../../services/imports/failure.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { archiveSource } from "./archive-source.ts";
import type { SiteRules } from "./site-rules.ts";

export type EntryRow = typeof importEntries.$inferSelect;

/** What an entry stands for, opened: nothing of it is held yet but its beginning. */
export type OpenEntry = {
  filename: string;
  head: Uint8Array;
  body: ReadableStream<Uint8Array>;
  sourceUrl?: string;
};

/** Bytes that tell a file's type. */
const HEAD_BYTES = 4_096;

/** Opens an entry where its bytes are. Throws `ImportFailure`, `ArchiveFailure` or `FetchFailure`. */
export async function openEntry(
  ctx: TenantContext,
  row: ImportRow,
  entry: EntryRow,
  { rules, maxBytes }: { rules: SiteRules | null; maxBytes: number },
): Promise<OpenEntry> {
  switch (row.kind) {
    case "files":
      return openStaged(ctx, entry);
    case "zip": {
      const locator = entry.locator as Omit<ArchivedFile, "path">;
      return { filename: entry.name, ...(await ctx.archives.open(archiveSource(ctx, row), locator)) };
    }
    case "urls":
    case "sitemap": {
      const { address, ...file } = await ctx.web.fetchFile(entry.name, { maxBytes, admit: rules?.admit });
      return { ...file, sourceUrl: address };
    }
  }
}

async function openStaged(ctx: TenantContext, entry: EntryRow): Promise<OpenEntry> {
  const key = String(entry.locator.key);
  const [head, whole] = [
    // An empty file has no first byte to ask for.
    entry.size_bytes === 0 ? null : await ctx.files.get(key, { range: { offset: 0, length: HEAD_BYTES } }),
    await ctx.files.get(key),
  ];
  if (!whole) throw new ImportFailure("file_missing", `no object ${key}`);
  return {
    filename: entry.name,
    head: new Uint8Array((await head?.arrayBuffer()) ?? []),
    body: whole.body,
  };
}
