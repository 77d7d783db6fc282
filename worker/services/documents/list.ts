import { and, eq, ilike } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { requirePermission } from "../access/permissions.ts";
import { afterCursor, newestFirst, type Page, type PageRequest, toPage } from "../keyset.ts";
import { type Document, toDocument, visible } from "./document.ts";

const ORDER = { at: documents.created_at, id: documents.id };

export type DocumentFilter = {
  collection_id?: string;
  status?: "queued" | "processing" | "ready" | "failed";
  /** Part of the file's name. */
  q?: string;
};

/** The tenant's documents, newest first. */
export async function listDocuments(
  ctx: TenantContext,
  filter: DocumentFilter,
  page: PageRequest,
  locale: Locale,
): Promise<Page<Document>> {
  requirePermission(ctx, "library.read");
  const { collection_id, status, q: name } = filter;
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(documents)
      .where(
        and(
          visible,
          collection_id ? eq(documents.collection_id, collection_id) : undefined,
          status ? eq(documents.status, status) : undefined,
          name ? ilike(documents.filename, `%${name.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
          afterCursor(ORDER, page.cursor),
        ),
      )
      .orderBy(...newestFirst(ORDER))
      .limit(page.limit + 1),
  ]);
  const found = rows.map((row) => toDocument(row, locale));
  return toPage(found, page.limit, ({ created_at, id }) => ({ at: created_at, id }));
}
