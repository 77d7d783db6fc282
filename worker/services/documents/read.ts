import { and, eq, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documentVersions } from "../../db/schema/document-versions.ts";
import { documentPages, documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { visible } from "./document.ts";

/**
 * An original file, as it was uploaded: that of the version asked for, else of the one that is read, else of the one that
 * is to be. Throws `not_found`, also for the file of a version that isn't kept whole.
 */
export async function readContent(
  ctx: TenantContext,
  id: string,
  version?: number,
): Promise<{ filename: string; mediaType: string; body: ReadableStream; size: number }> {
  requirePermission(ctx, "library.read");
  const wanted = version ?? sql`coalesce(${documents.published_version}, ${documents.version})`;
  const [[row]] = await ctx.db.transaction((q) => [
    q
      .select({
        key: documentVersions.storage_key,
        filename: documentVersions.filename,
        mediaType: documentVersions.media_type,
      })
      .from(documents)
      .innerJoin(documentVersions, eq(documentVersions.document_id, documents.id))
      .where(and(eq(documents.id, id), visible, eq(documentVersions.version, wanted))),
  ]);
  const file = row && (await ctx.files.get(row.key));
  if (!row || !file) throw notFound("file");
  return { filename: row.filename, mediaType: row.mediaType, body: file.body, size: file.size };
}

export type DocumentPage = Pick<
  typeof documentPages.$inferSelect,
  "number" | "kind" | "label" | "text" | "headings" | "version"
>;

/** One page's canonical text, of the version asked for or else of the one that is read. Throws `not_found`. */
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
          eq(documentPages.version, version ?? documents.published_version),
        ),
      ),
  ]);
  if (!page) throw notFound("page");
  return page;
}
