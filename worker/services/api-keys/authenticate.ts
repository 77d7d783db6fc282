import { sql } from "drizzle-orm";
import type { Actor } from "../../context.ts";
import { type Database, keyDatabase, tenantDatabase } from "../../db/client.ts";
import { apiKeys } from "../../db/schema/api-keys.ts";
import { AppError } from "../../errors.ts";
import { sha256Hex } from "../sha256.ts";
import { equalInConstantTime, readKey } from "./key-text.ts";

export type KeyHolder = { tenantId: string; actor: Extract<Actor, { kind: "key" }> };

/** Milliseconds between two notes of when a key was last used. */
const NOTED_EVERY_MS = 60_000;

/**
 * Recognises the bearer of an API key, anew at each request: a revoked one is refused by the next. Throws
 * `unauthenticated`, with the same words for an unknown key as for a wrong secret.
 */
export async function authenticateKey(
  database: Database,
  text: string,
  background: (work: Promise<unknown>) => void,
): Promise<KeyHolder> {
  const prefix = await readKey(text);
  if (!prefix) throw new AppError("unauthenticated", "This is not a well-formed API key. Is it complete?");
  const [[key]] = await keyDatabase(database, prefix).transaction((q) => [q.select().from(apiKeys)]);
  const digest = await sha256Hex(text);
  if (!key || !equalInConstantTime(key.sha256, digest)) {
    throw new AppError("unauthenticated", "There is no such API key.");
  }
  if (key.revoked_at) throw new AppError("unauthenticated", "This API key was revoked.");
  const now = new Date();
  if (key.expires_at && key.expires_at <= now) {
    throw new AppError("unauthenticated", `This API key expired at ${key.expires_at.toISOString()}.`);
  }
  if (!key.last_used_at || now.getTime() - key.last_used_at.getTime() > NOTED_EVERY_MS) {
    background(
      tenantDatabase(database, key.tenant_id).rows(
        sql`update api_keys set last_used_at = now() where id = ${key.id}`,
      ),
    );
  }
  const { id: keyId, scopes, assistant_ids: assistantIds, tenant_id: tenantId } = key;
  return { tenantId, actor: { kind: "key", keyId, scopes, assistantIds } };
}
