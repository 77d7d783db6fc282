import type { Locale, TenantContext } from "../../context.ts";
import { requirePermission } from "../access/permissions.ts";
import { quotaError } from "../usage/reserve.ts";
import { beginVersion } from "./begin-version.ts";
import { type Document, toDocument } from "./document.ts";

/**
 * Reads a document's file again as its next version: the same object in R2, whose pages aren't counted a second time, and
 * whose unchanged chunks aren't embedded again. Throws `not_found`.
 */
export async function reindexDocument(ctx: TenantContext, id: string, locale: Locale): Promise<Document> {
  requirePermission(ctx, "library.write");
  try {
    const { row } = await beginVersion(ctx, id, "shown");
    return toDocument(row, locale);
  } catch (error) {
    throw quotaError(error);
  }
}
