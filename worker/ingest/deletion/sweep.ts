import { lte, sql } from "drizzle-orm";
import { sweepDatabase } from "../../db/client.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { enqueueDeletion } from "../../services/deletions/enqueue.ts";
import type { Wiring } from "../../wiring.ts";
import { systemContext } from "../system-context.ts";

/** Deletions sent by one sweep; the next minute's takes the rest. */
const DELETIONS_PER_SWEEP = 200;

/** Sends every deletion that is due to the queue again. None is ever given up. */
export async function sweepDeletions(wiring: Wiring): Promise<void> {
  const [due] = await sweepDatabase(wiring.database).transaction((q) => [
    q
      .select({ id: deletionReceipts.id, tenantId: deletionReceipts.tenant_id })
      .from(deletionReceipts)
      .where(lte(deletionReceipts.due_at, sql`now()`))
      .orderBy(deletionReceipts.due_at)
      .limit(DELETIONS_PER_SWEEP),
  ]);
  for (const { id, tenantId } of due) await enqueueDeletion(systemContext(wiring, tenantId), id);
}
