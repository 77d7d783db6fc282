import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { deletionReceipts } from "../../db/schema/deletions.ts";
import { actorName } from "../audit/entry.ts";

/** Seconds that a message sent now has before the sweep sends it again. */
const FIRST_LEASE_SECONDS = 60;

export type Requester = { tenantId: string; actor: Actor };

/**
 * The statement that puts the deletion of a collection, an assistant or a tenant on record together with its work, in
 * the transaction that hides it. Only if `when` holds at this point of that transaction.
 *
 * @param writesForSeconds how long whoever began before may go on writing
 */
export function requestDeletion(
  q: Database,
  { tenantId, actor }: Requester,
  deletion: { id: string; subject: "collection" | "assistant" | "tenant"; subjectId: string; when: SQL },
  writesForSeconds = 0,
) {
  const { id, subject, subjectId, when } = deletion;
  return q
    .insert(deletionReceipts)
    .select(
      sql`select ${id}::uuid, ${tenantId}::uuid, ${subject}::text, ${subjectId}::uuid, null::uuid, null::jsonb, null::jsonb,
        ${actor.kind}::text, ${actorName(actor)}::text, now(), now() + make_interval(secs => ${writesForSeconds}),
        null::timestamptz, now() + make_interval(secs => ${FIRST_LEASE_SECONDS}), null::timestamptz
        where ${when}`,
    )
    .onConflictDoNothing()
    .returning();
}
