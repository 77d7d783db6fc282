import type { NeonQueryFunction } from "@neondatabase/serverless";

type Sql = NeonQueryFunction<false, false>;

/** Documents marked in one transaction. */
const DOCUMENTS_PER_WRITE = 50;
/** Tries of a transaction that met a consumer's the wrong way round. */
const TRIES = 5;
const DEADLOCK = "40P01";
const FIRST = "00000000-0000-0000-0000-000000000000";

/**
 * Puts on record that the vectors of every document are to be put into the vector store again: each ready one gets a
 * job of kind `index` and stays ready and found; one that is being ingested indexes its chunks again, and those of the
 * version that is read meanwhile should the new one fail. What is being removed or has failed is left alone. Doing it twice is doing it once, also for a document that is in the middle of it.
 *
 * @param sql a role that sees every tenant's rows
 * @param tenantId only this tenant's; null for all
 * @param progress told after each transaction how many there are so far
 * @returns how many ready documents are to be put into the store
 * @throws NeonDbError; what was marked before it stays so
 */
export async function markDocuments(
  sql: Sql,
  tenantId: string | null = null,
  progress: (documents: number) => void = () => {},
): Promise<number> {
  let last = FIRST;
  let marked = 0;
  for (;;) {
    const found = await sql`
      select id from documents
      where id > ${last}::uuid and (${tenantId}::uuid is null or tenant_id = ${tenantId}::uuid)
        and status in ('queued', 'processing', 'ready')
      order by id limit ${DOCUMENTS_PER_WRITE}::int`;
    if (found.length === 0) return marked;
    const ids = found.map(({ id }) => String(id));
    marked += await markSome(sql, `{${ids.join(",")}}`);
    last = ids.at(-1) ?? last;
    progress(marked);
  }
}

/** Jobs are locked before chunks, as consumers do. Locking the documents first keeps a purge from ending in between. */
async function markSome(sql: Sql, ids: string): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    try {
      const [jobs] = await sql.transaction([
        sql`insert into ingest_jobs as job (document_id, tenant_id, version, kind, due_at)
            select id, tenant_id, version, 'index', now() from documents
            where id = any(${ids}::uuid[]) and status = 'ready' and published_version = version
            order by id for key share
            on conflict (document_id) do update
              set kind = 'index', attempts = 0, progress = null, stuck_since = null, ready_at = now(),
                due_at = least(job.due_at, now())
              where job.kind in ('index', 'tidy')
            returning document_id`,
        sql`select 1 from ingest_jobs where document_id = any(${ids}::uuid[]) and kind = 'ingest'
            order by document_id for update`,
        sql`update chunks set indexed = false from documents
            where documents.id = any(${ids}::uuid[]) and chunks.document_id = documents.id
              and chunks.version in (documents.version, documents.published_version) and chunks.indexed
              and documents.status in ('queued', 'processing', 'ready')`,
      ]);
      return jobs?.length ?? 0;
    } catch (error) {
      if (attempt === TRIES || (error as { code?: unknown }).code !== DEADLOCK) throw error;
    }
  }
}
