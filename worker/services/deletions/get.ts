import { and, eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { type Database, personDatabase, type ScopedDatabase, tenantDatabase } from "../../db/client.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { type Deletion, selectParts, toDeletion } from "./deletion.ts";

/** One deletion's receipt. Throws `not_found`. */
export async function getDeletion(ctx: TenantContext, id: string): Promise<Deletion> {
  requirePermission(ctx, "library.read");
  return readDeletion(ctx.db, id);
}

/**
 * The erasure of a tenant, for the person who asked for it: they belong to it no more, and nobody else can see it
 * either. Throws `not_found`.
 */
export async function getErasure(database: Database, userId: string, tenantId: string): Promise<Deletion> {
  const [[mine]] = await personDatabase(database, userId).transaction((q) => [
    q
      .select({ id: deletionReceipts.id })
      .from(deletionReceipts)
      .where(and(eq(deletionReceipts.subject, "tenant"), eq(deletionReceipts.subject_id, tenantId))),
  ]);
  if (!mine) throw notFound("deletion");
  return readDeletion(tenantDatabase(database, tenantId), mine.id);
}

/** A receipt with its parts. Throws `not_found`. */
async function readDeletion(db: ScopedDatabase, id: string): Promise<Deletion> {
  const [[row], parts] = await db.transaction((q) => [
    q.select().from(deletionReceipts).where(eq(deletionReceipts.id, id)),
    selectParts(q, [id]),
  ]);
  if (!row) throw notFound("deletion");
  return toDeletion(
    row,
    parts.map(({ figures }) => figures),
  );
}
