import type { NeonQueryFunction } from "@neondatabase/serverless";

/** What is left: documents, their chunks, and why the last attempts at some of them failed. */
type Left = { documents: number; chunks: number; reasons: string };

export type WaitOptions = {
  tenantId: string | null;
  /** Milliseconds between two looks */
  every: number;
  /** Milliseconds without a chunk more in the store after which waiting ends */
  patience: number;
  /** Told how many documents are left, whenever that changes */
  progress(left: number): void;
};

/**
 * Waits until no job of kind `index` is left.
 *
 * @throws Error with a sentence for the reader when nothing moves for as long as `patience`
 */
export async function untilIndexed(
  sql: NeonQueryFunction<false, false>,
  { tenantId, every, patience, progress }: WaitOptions,
): Promise<void> {
  let seen: Left = { documents: -1, chunks: -1, reasons: "" };
  let movedAt = performance.now();
  for (;;) {
    const left = await readLeft(sql, tenantId);
    if (left.documents !== seen.documents) progress(left.documents);
    if (left.documents === 0) return;
    if (left.documents !== seen.documents || left.chunks !== seen.chunks) movedAt = performance.now();
    else if (performance.now() - movedAt >= patience) {
      throw new Error(
        `Nothing has moved for ${Math.round(patience / 60_000)} minutes: ${left.documents} documents ` +
          `(${left.chunks} chunks) are left${left.reasons && `, last stopped by ${left.reasons}`}. Their work stays on ` +
          "record and the Worker goes on trying. Is it running, with this database? Its log names each failure.",
      );
    }
    seen = left;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

async function readLeft(sql: NeonQueryFunction<false, false>, tenantId: string | null): Promise<Left> {
  const [row] = await sql`
    with jobs as (
      select document_id, version, last_reason from ingest_jobs
      where kind = 'index' and (${tenantId}::uuid is null or tenant_id = ${tenantId}::uuid)
    )
    select (select count(*) from jobs)::int as documents,
      (select count(*) from jobs join chunks using (document_id, version) where not chunks.indexed)::int as chunks,
      (select coalesce(string_agg(distinct last_reason, ', '), '') from jobs) as reasons`;
  return { documents: Number(row?.documents), chunks: Number(row?.chunks), reasons: String(row?.reasons) };
}
