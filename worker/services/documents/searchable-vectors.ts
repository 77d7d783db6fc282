import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";

/**
 * Vectors turned on by one transaction. Each goes into the HNSW index: 2.5 ms apiece at 1,536 dimensions, several times
 * that on a busy database, and a transaction has 20 seconds.
 */
const VECTORS_PER_WRITE = 400;

/**
 * The statement that has queries look at a document's vectors of `version` alone, if that is the one that is read at this
 * point of the transaction. Call `prepareVectors` before it.
 */
export function showVectors(q: Database, id: string, version: number) {
  return q.execute(sql`
    update chunk_embeddings e set searchable = (c.version = ${version}::int)
    from chunks c join documents d on d.id = c.document_id and d.published_version = ${version}::int
    where c.document_id = ${id}::uuid and e.chunk_id = c.id and e.searchable <> (c.version = ${version}::int)`);
}

/**
 * Turns on what of a version's vectors is more than one transaction can: for a moment queries look at two versions, of
 * which Postgres drops the one that isn't read.
 */
export async function prepareVectors(ctx: TenantContext, id: string, version: number): Promise<void> {
  for (;;) {
    const turned = await ctx.db.rows(sql`
      update chunk_embeddings set searchable = true where chunk_id in (
        select e.chunk_id from chunk_embeddings e join chunks c on c.id = e.chunk_id
        where c.document_id = ${id}::uuid and c.version = ${version}::int and not e.searchable
        order by e.chunk_id offset ${VECTORS_PER_WRITE}::int limit ${VECTORS_PER_WRITE}::int)
      returning chunk_id`);
    if (turned.length === 0) return;
  }
}
