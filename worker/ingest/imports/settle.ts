import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { documents } from "../../db/schema/documents.ts";
import { importEntries, imports } from "../../db/schema/imports.ts";
import { type ImportRow, selectCounts } from "../../services/imports/import.ts";
import { holdImport } from "./lease.ts";

/** Seconds between two looks at documents that are being read: the more there are, the longer. */
const SECONDS_PER_DOCUMENT = 0.1;
const MIN_WAIT_SECONDS = 2;
const MAX_WAIT_SECONDS = 30;

/** Ends an import whose entries and documents all came to their end. Returns the seconds to wait if some didn't. */
export async function settleImport(ctx: TenantContext, { id }: ImportRow): Promise<number> {
  const [, , counts] = await ctx.db.transaction((q) => [
    holdImport(q, id, "running"),
    q
      .update(imports)
      .set({ state: "done", finished_at: sql`now()`, updated_at: sql`now()` })
      .where(
        and(
          eq(imports.id, id),
          notExists(
            q
              .select({ one: sql`1` })
              .from(importEntries)
              .leftJoin(documents, eq(documents.id, importEntries.document_id))
              .where(
                and(
                  eq(importEntries.import_id, id),
                  sql`(${eq(importEntries.state, "pending")} or ${and(
                    eq(importEntries.state, "taken"),
                    inArray(documents.status, ["queued", "processing"]),
                  )})`,
                ),
              ),
          ),
        ),
      ),
    selectCounts(q, [id]),
  ]);
  const open = counts.filter(({ state }) => state === "pending" || state === "reading");
  const left = open.reduce((sum, { entries }) => sum + entries, 0);
  return left === 0
    ? 0
    : Math.ceil(Math.min(MAX_WAIT_SECONDS, Math.max(MIN_WAIT_SECONDS, left * SECONDS_PER_DOCUMENT)));
}
