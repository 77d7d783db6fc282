import { and, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Database } from "../../db/client.ts";
import { assistantCollections, assistants } from "../../db/schema/assistants.ts";
import { collections } from "../../db/schema/collections.ts";
import { allows } from "../access/permissions.ts";
import { alive as aliveCollection } from "../collections/collection.ts";

type Row = typeof assistants.$inferSelect;

export type Assistant = Omit<Row, "tenant_id" | "deleted_at"> & { collection_ids: string[] };

export type AssistantInput = Omit<Assistant, "id" | "created_at" | "updated_at">;

/** As it is shown. Its instructions are not for a key that may only chat: such a key sits closest to strangers. */
export function toAssistant(
  { actor }: Pick<TenantContext, "actor">,
  { row, collection_ids }: { row: Row; collection_ids: string[] },
): Assistant {
  const { tenant_id: _tenant, deleted_at: _deleted, ...shown } = row;
  const system_prompt = allows(actor, "library.read") ? shown.system_prompt : "";
  return { ...shown, system_prompt, collection_ids };
}

/** One being deleted is gone for everybody. */
export const alive = isNull(assistants.deleted_at);

/** The assistants that the caller may see: all of the tenant's, or those a key is restricted to. */
export function visibleTo({ actor }: Pick<TenantContext, "actor">, id?: string): SQL | undefined {
  const only = actor.kind === "key" ? actor.assistantIds : null;
  return and(alive, id ? eq(assistants.id, id) : undefined, only ? inArray(assistants.id, only) : undefined);
}

/** Assistants, each with the collections it reads. */
export function selectAssistants(q: Database) {
  const ids = q
    .select({
      ids: sql`coalesce(json_agg(${assistantCollections.collection_id}
        order by ${assistantCollections.collection_id}), '[]')`,
    })
    .from(assistantCollections)
    .innerJoin(collections, and(eq(collections.id, assistantCollections.collection_id), aliveCollection))
    .where(eq(assistantCollections.assistant_id, assistants.id));
  return q.select({ row: assistants, collection_ids: sql<string[]>`(${ids})` }).from(assistants);
}

/** The statement that finds the collections that an assistant reads. */
export function collectionsOf(q: Database, assistantId: string) {
  return q
    .select({ id: assistantCollections.collection_id })
    .from(assistantCollections)
    .where(eq(assistantCollections.assistant_id, assistantId));
}
