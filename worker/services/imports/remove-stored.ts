import type { TenantContext } from "../../context.ts";
import { importPrefix } from "./storage-key.ts";

/** Removes what R2 keeps of an import. Doing it again changes nothing. */
export async function removeStored(ctx: TenantContext, importId: string): Promise<void> {
  const prefix = importPrefix(ctx.tenantId, importId);
  for (;;) {
    const { objects, truncated } = await ctx.files.list({ prefix });
    if (objects.length > 0) await ctx.files.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}
