import { and, eq, ilike, inArray } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { requirePermission } from "../access/permissions.ts";
import type { Page, PageRequest } from "../keyset.ts";
import { type Document, toDocument, visible } from "./document.ts";
import { type DocumentOrder, encodePosition, orderDocuments } from "./document-order.ts";

export type DocumentFilter = {
  collection_id?: string;
  /** `underway`: queued or processing. */
  status?: "queued" | "processing" | "underway" | "ready" | "failed";
  /** Part of the file's name. */
  q?: string;
};

/** The tenant's documents in an order. Throws `invalid_request` for a cursor of another one. */
export async function listDocuments(
  ctx: TenantContext,
  filter: DocumentFilter,
  order: DocumentOrder,
  page: PageRequest,
  locale: Locale,
): Promise<Page<Document>> {
  requirePermission(ctx, "library.read");
  const { collection_id, status, q: name } = filter;
  const { by, after, written } = orderDocuments(order, page.cursor);
  const [rows] = await ctx.db.transaction((q) => [
    q
      .select({ row: documents, written })
      .from(documents)
      .where(
        and(
          visible,
          collection_id ? eq(documents.collection_id, collection_id) : undefined,
          status ? inArray(documents.status, stored(status)) : undefined,
          name ? ilike(documents.filename, `%${name.replace(/[\\%_]/g, "\\$&")}%`) : undefined,
          after,
        ),
      )
      .orderBy(...by)
      .limit(page.limit + 1),
  ]);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    data: shown.map(({ row }) => toDocument(row, locale)),
    next_cursor: rows.length > page.limit && last ? encodePosition(last.written, last.row.id) : null,
  };
}

function stored(status: NonNullable<DocumentFilter["status"]>) {
  return status === "underway" ? (["queued", "processing"] as const) : [status];
}
