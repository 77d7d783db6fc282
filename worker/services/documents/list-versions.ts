import { and, desc, eq } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { visible } from "./document.ts";
import { failureSentence } from "./failure.ts";

type Row = typeof documentVersions.$inferSelect;

export type DocumentVersion = Pick<
  Row,
  | "version"
  | "origin"
  | "state"
  | "filename"
  | "size_bytes"
  | "sha256"
  | "pages_total"
  | "chunks_total"
  | "chunks_reused"
  | "error_code"
  | "created_at"
  | "published_at"
> & {
  error_message: string | null;
  /** Whether search and chat read it. */
  current: boolean;
  restorable: boolean;
};

/** Every version a document had, newest first. Throws `not_found`. */
export async function listVersions(
  ctx: TenantContext,
  id: string,
  locale: Locale,
): Promise<DocumentVersion[]> {
  requirePermission(ctx, "library.read");
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({ of: documentVersions, document: documents })
      .from(documentVersions)
      .innerJoin(documents, eq(documents.id, documentVersions.document_id))
      .where(and(eq(documents.id, id), visible))
      .orderBy(desc(documentVersions.version)),
  ]);
  if (rows.length === 0) throw notFound("document");
  return rows.map(({ of: row, document }) => {
    // Until it ends, what is known of a version is in the document's own row.
    const { pages_total, chunks_total } = row.state === "writing" ? document : row;
    const current = row.version === document.published_version;
    return {
      version: row.version,
      origin: row.origin,
      state: row.state,
      filename: row.filename,
      size_bytes: row.size_bytes,
      sha256: row.sha256,
      pages_total,
      chunks_total,
      chunks_reused: row.chunks_reused,
      error_code: row.error_code,
      error_message: row.error_code === null ? null : failureSentence(row.error_code, locale),
      created_at: row.created_at,
      published_at: row.published_at,
      current,
      restorable: row.state === "complete" && !current,
    };
  });
}
