import { and, inArray, sql } from "drizzle-orm";
import type { Scope, TenantContext } from "../../context.ts";
import { postgresCode } from "../../db/client.ts";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { AppError, notFound } from "../../errors.ts";
import { requirePermission } from "../access/permissions.ts";
import { alive } from "../assistants/assistant.ts";
import { recordAudit } from "../audit/entry.ts";
import { actorId } from "../chat/actor-id.ts";
import { type ApiKey, SHOWN } from "./api-key.ts";
import { mintKey } from "./key-text.ts";

export type ApiKeyInput = {
  name: string;
  scopes: Scope[];
  assistant_ids: string[] | null;
  expires_at: Date | null;
};

/**
 * Makes a key; its `key` is in this answer and nowhere else. Throws `not_found` (an assistant) and `invalid_request`:
 * a key for some assistants may only chat, because reading shows every document whatever the assistant.
 */
export async function createApiKey(
  ctx: TenantContext,
  input: ApiKeyInput,
): Promise<ApiKey & { key: string }> {
  requirePermission(ctx, "api_keys.manage");
  checkInput(input);
  if (input.assistant_ids) await requireAssistants(ctx, input.assistant_ids);
  const { text, prefix, sha256 } = await mintKey();
  const id = crypto.randomUUID();
  const scopes = [...new Set(input.scopes)];
  // Null, and so refused, once the tenant is closed: whoever came in just before must not leave a key behind.
  const creator = sql`(select ${actorId(ctx)} from tenants where deleted_at is null for share)`;
  const [[row]] = await ctx.db
    .transaction((q) => [
      q
        .insert(apiKeys)
        .values({ id, tenant_id: ctx.tenantId, ...input, scopes, prefix, sha256, created_by: creator })
        .returning(SHOWN),
      recordAudit(q, ctx, {
        action: "api_key.created",
        targetId: id,
        detail: { name: input.name, scopes, assistant_ids: input.assistant_ids },
      }),
    ])
    .catch((error: unknown) => {
      throw postgresCode(error)?.code === NOT_NULL_VIOLATION ? notFound("tenant") : error;
    });
  if (!row) throw new Error("insert returned no row");
  return { ...row, key: text };
}

const NOT_NULL_VIOLATION = "23502";

function checkInput({ scopes, assistant_ids, expires_at }: ApiKeyInput): void {
  const fields = [];
  if (assistant_ids && scopes.some((scope) => scope !== "chat")) {
    fields.push({
      path: "assistant_ids",
      message: "A key for some assistants can have the scope chat alone",
    });
  }
  if (expires_at && expires_at <= new Date()) {
    fields.push({ path: "expires_at", message: "Lies in the past" });
  }
  if (fields.length > 0) throw new AppError("invalid_request", "Some fields are not valid.", { fields });
}

async function requireAssistants(ctx: TenantContext, ids: string[]): Promise<void> {
  const wanted = [...new Set(ids)];
  const [found] = await ctx.db.transaction((q) => [
    q
      .select({ id: assistants.id })
      .from(assistants)
      .where(and(inArray(assistants.id, wanted), alive)),
  ]);
  if (found.length < wanted.length) throw notFound("assistant");
}
