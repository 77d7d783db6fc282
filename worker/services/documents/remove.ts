import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { notFound } from "../../errors.ts";
import { visible } from "./document.ts";
import { enqueue } from "./enqueue.ts";
import { hideDocuments, recordPurges } from "./purge-request.ts";

/** Deletes a document: out of sight when this returns, removed from every store by the queue. Throws `not_found`. */
export async function removeDocument(ctx: TenantContext, id: string): Promise<void> {
  const which = and(eq(documents.id, id), visible);
  const [purged] = await ctx.db.transaction((q) => [recordPurges(q, which), hideDocuments(q, which)]);
  if (!purged[0]) throw notFound("document");
  await enqueue(ctx, [id]);
}
