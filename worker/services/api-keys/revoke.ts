import { and, eq, isNull, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { recordAudit } from "../audit/entry.ts";

/** Ends a key: the next request with it is refused. Its row stays, for the record. Throws `not_found`. */
export async function revokeApiKey(ctx: TenantContext, id: string): Promise<void> {
  requirePermission(ctx, "api_keys.manage");
  const [, [row]] = await ctx.db.transaction((q) => [
    recordAudit(
      q,
      ctx,
      { action: "api_key.revoked", targetId: id },
      sql`exists (select 1 from api_keys where id = ${id} and revoked_at is null for update)`,
    ),
    q
      .update(apiKeys)
      .set({ revoked_at: sql`now()` })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revoked_at)))
      .returning({ id: apiKeys.id }),
  ]);
  if (!row) throw notFound("API key");
}
