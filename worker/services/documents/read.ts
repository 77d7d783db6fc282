import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { visible } from "./document.ts";

/** The original file, as it was uploaded. Throws `not_found`. */
export async function readContent(
  ctx: TenantContext,
  id: string,
): Promise<{ filename: string; mediaType: string; body: ReadableStream; size: number }> {
  requirePermission(ctx, "library.read");
  const [[row]] = await ctx.db.transaction((q) => [
    q
      .select({
        key: documents.storage_key,
        filename: documents.filename,
        mediaType: documents.media_type,
      })
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
  ]);
  const file = row && (await ctx.files.get(row.key));
  if (!row || !file) throw notFound("document");
  return { filename: row.filename, mediaType: row.mediaType, body: file.body, size: file.size };
}

export type DocumentPage = Pick<
  typeof documentPages.$inferSelect,
  "number" | "kind" | "label" | "text" | "headings" | "version"
>;

/** One page's canonical text, of the version asked for or else the current one. Throws `not_found`. */
export async function readPage(
  ctx: TenantContext,
  id: string,
  number: number,
  version?: number,
): Promise<DocumentPage> {
  requirePermission(ctx, "library.read");
  const [[page]] = await ctx.db.transaction((q) => [
    q
      .select({
        number: documentPages.number,
        kind: documentPages.kind,
        label: documentPages.label,
        text: documentPages.text,
        headings: documentPages.headings,
        version: documentPages.version,
      })
      .from(documentPages)
      .innerJoin(documents, eq(documents.id, documentPages.document_id))
      .where(
        and(
          eq(documents.id, id),
          visible,
          eq(documentPages.number, number),
          eq(documentPages.version, version ?? documents.version),
        ),
      ),
  ]);
  if (!page) throw notFound("page");
  return page;
}
