import type { TenantContext } from "../../context.ts";

/** Seconds that a message sent now has before the sweep sends it again. */
export const FIRST_LEASE_SECONDS = 60;

/** Tells the queue that an import has work. It is on record already: a queue that can't be reached costs time alone. */
export async function wakeImport(ctx: TenantContext, importId: string, delaySeconds = 0): Promise<void> {
  const body = { v: 1 as const, tenant_id: ctx.tenantId, import_id: importId };
  await ctx.importQueue.send(body, { delaySeconds }).catch(() => {});
}
