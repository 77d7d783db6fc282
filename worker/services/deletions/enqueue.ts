import type { TenantContext } from "../../context.ts";

/**
 * Tells the queue that a deletion has work. As with documents the work is on record already: what the queue doesn't take
 * now, the sweep sends.
 */
export async function enqueueDeletion(ctx: TenantContext, id: string): Promise<void> {
  const body = { v: 1 as const, tenant_id: ctx.tenantId, deletion_id: id };
  await ctx.ingestQueue.send(body).catch(() => {});
}
