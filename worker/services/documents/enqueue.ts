import type { TenantContext } from "../../context.ts";

/** Messages in one `sendBatch`; the platform's limit. */
const MESSAGES_PER_SEND = 100;
/** Seconds that a message sent now has before the sweep sends it again. */
export const FIRST_LEASE_SECONDS = 60;

/**
 * Tells the queue that documents have work. The work is on record already, so a queue that can't be reached
 * costs time, not documents: the sweep sends it again.
 */
export async function enqueue(ctx: TenantContext, documentIds: string[]): Promise<void> {
  const messages = documentIds.map((id) => ({
    body: { v: 1 as const, tenant_id: ctx.tenantId, document_id: id },
  }));
  for (let start = 0; start < messages.length; start += MESSAGES_PER_SEND) {
    await ctx.ingestQueue.sendBatch(messages.slice(start, start + MESSAGES_PER_SEND)).catch(() => {});
  }
}
