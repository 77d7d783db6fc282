import { apiKeys } from "../../db/schema/api-keys.ts";

/** A key as it is shown: nothing of its secret. */
export type ApiKey = Omit<typeof apiKeys.$inferSelect, "tenant_id" | "sha256">;

/** The columns that are shown. */
export const SHOWN = {
  id: apiKeys.id,
  name: apiKeys.name,
  prefix: apiKeys.prefix,
  scopes: apiKeys.scopes,
  assistant_ids: apiKeys.assistant_ids,
  created_by: apiKeys.created_by,
  created_at: apiKeys.created_at,
  expires_at: apiKeys.expires_at,
  last_used_at: apiKeys.last_used_at,
  revoked_at: apiKeys.revoked_at,
};
