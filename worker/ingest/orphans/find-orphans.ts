import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import type { Owned } from "./owner-of.ts";

/**
 * Hours that an object is kept without a row that leads to it. A request writes its rows seconds after its object; none
 * takes a day to send one.
 */
export const KEPT_HOURS = 24;

/**
 * Those of a tenant's objects to which no row leads. An import's entry leads to what it may still become: that is stored
 * under the same key each time. A tenant that this database doesn't know has none, lest a Worker with another's bucket
 * empty it.
 */
export async function findOrphans(ctx: TenantContext, objects: Owned[]): Promise<string[]> {
  const asked = JSON.stringify(objects.map(({ key, owner }) => ({ key, owner })));
  const rows = await ctx.db.rows<{ key: string }>(sql`
    select key from jsonb_to_recordset(${asked}::jsonb) as object(key text, owner uuid)
    where exists (select 1 from tenants where id = ${ctx.tenantId})
      and not exists (select 1 from documents where id = object.owner and storage_key = object.key)
      and not exists (
        select 1 from document_versions where document_id = object.owner and storage_key = object.key)
      and not exists (select 1 from imports where id = object.owner)
      and not exists (select 1 from import_uploads where id = object.owner)
      and not exists (
        select 1 from import_entries entry
        where entry.tenant_id = ${ctx.tenantId} and entry.document_id = object.owner
          and (entry.state in ('pending', 'failed')
            or entry.updated_at > now() - make_interval(hours => ${KEPT_HOURS})))`);
  return rows.map(({ key }) => key);
}
