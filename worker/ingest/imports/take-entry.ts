import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { AppError } from "../../errors.ts";
import { retryDocument } from "../../services/documents/retry.ts";
import { requireRoom, takeIn } from "../../services/documents/take-in.ts";
import { RETRYING } from "../../services/imports/entry.ts";
import { ImportFailure } from "../../services/imports/failure.ts";
import type { ImportRow } from "../../services/imports/import.ts";
import { keepOriginal } from "./keep-original.ts";
import { type EntryRow, type OpenEntry, openEntry } from "./open-entry.ts";
import type { SiteRules } from "./site-rules.ts";

export type Taken = { state: "taken" | "duplicate"; documentId: string; sizeBytes: number | null };

/** What the type sniffer says of bytes that the parsers may read; of an Office file of old they tell why they don't. */
const DOCUMENT_TYPES: ReadonlySet<string> = new Set([
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  "application/x-cfb",
  "text/html",
  "text/markdown",
  "text/plain",
]);

/**
 * Makes an entry a document. Done again, it finds the document that was made: its id follows from the entry. Throws
 * `ImportFailure` and what the entry's source throws.
 */
export async function takeEntry(
  ctx: TenantContext,
  row: ImportRow,
  entry: EntryRow,
  rules: SiteRules | null,
): Promise<Taken> {
  const documentId = String(entry.document_id);
  const [[there]] = await ctx.db.transaction((q) => [
    q.select({ status: documents.status }).from(documents).where(eq(documents.id, documentId)),
  ]);
  if (there) {
    if (entry.error_code === RETRYING && there.status === "failed")
      await retryDocument(ctx, documentId, "en");
    return { state: "taken", documentId, sizeBytes: entry.size_bytes };
  }
  try {
    const { maxFileBytes: maxBytes } = await requireRoom(ctx, row.collection_id);
    const opened = await openEntry(ctx, row, entry, { rules, maxBytes });
    await requireDocument(ctx, opened);
    const { filename, body, sourceUrl } = opened;
    const file = await keepOriginal(ctx, { documentId, filename, body, maxBytes });
    const provenance = { folder: entry.folder, source_url: sourceUrl, import_id: row.id };
    const { row: document, duplicate } = await takeIn(ctx, {
      id: documentId,
      collectionId: row.collection_id,
      file,
      provenance,
    });
    const state = duplicate ? "duplicate" : "taken";
    return { state, documentId: document.id, sizeBytes: file.size_bytes };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** Throws "unsupported" for bytes that are no document, before the rest of them is read. */
async function requireDocument(ctx: TenantContext, { head, filename, body }: OpenEntry): Promise<void> {
  if (head.byteLength === 0 || DOCUMENT_TYPES.has(ctx.sniffMediaType(head, filename))) return;
  await body.cancel();
  throw new ImportFailure("unsupported", "these bytes are no document");
}

/** What taking in says to callers, in the words of an import. */
function refusalOf(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  if (error.code === "quota_exceeded") return new ImportFailure("quota_exceeded", error.message);
  // The only thing that can be missing there.
  if (error.code === "not_found") return new ImportFailure("collection_deleted", error.message);
  return error;
}
