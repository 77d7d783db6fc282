import { sql } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { releaseUsage } from "../usage/reserve.ts";

/** Deletes an assistant with its conversations; the collections stay. Throws `not_found`. */
export async function removeAssistant(ctx: TenantContext, id: string): Promise<void> {
  const released = releaseUsage({ period: "total", metric: "assistants", amount: sql`1` });
  const gone = await ctx.db.rows(sql`
    with gone as (delete from assistants where id = ${id} returning id) select ${released} from gone`);
  if (gone.length === 0) throw notFound("assistant");
}
