import { eq, sql } from "drizzle-orm";
import type { Database } from "../../db/client.ts";
import { assistantCollections } from "../../db/schema/assistants.ts";

/** The statements that make an assistant read exactly these collections. */
export function replaceCollections(q: Database, tenantId: string, assistantId: string, ids: string[]) {
  const rows = [...new Set(ids)].map((id) => ({
    tenant_id: tenantId,
    assistant_id: assistantId,
    collection_id: id,
  }));
  return [
    q.delete(assistantCollections).where(eq(assistantCollections.assistant_id, assistantId)),
    rows.length > 0 ? q.insert(assistantCollections).values(rows) : q.execute(sql`select 1`),
  ] as const;
}
