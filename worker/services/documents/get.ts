import { and, eq } from "drizzle-orm";
import type { Locale, TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Document, toDocument, visible } from "./document.ts";

/** One document. Throws `not_found`. */
export async function getDocument(ctx: TenantContext, id: string, locale: Locale): Promise<Document> {
  requirePermission(ctx, "library.read");
  const [[row]] = await ctx.db.transaction((q) => [
    q
      .select()
      .from(documents)
      .where(and(eq(documents.id, id), visible)),
  ]);
  if (!row) throw notFound("document");
  return toDocument(row, locale);
}
