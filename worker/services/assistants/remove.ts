import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { notFound } from "../../errors.ts";
import { releaseUsage } from "../usage/reserve.ts";

/** Deletes an assistant with its conversations; the collections stay. Throws `not_found`. */
export async function removeAssistant(ctx: TenantContext, id: string): Promise<void> {
  const which = eq(assistants.id, id);
  const [found] = await ctx.db.transaction((q) => [
    q
      .select({ released: releaseUsage({ period: "total", metric: "assistants", amount: 1 }) })
      .from(assistants)
      .where(which),
    q.delete(assistants).where(which),
  ]);
  if (!found[0]) throw notFound("assistant");
}
