import { eq } from "drizzle-orm";
import type { TenantContext } from "../../context.ts";
import { assistants } from "../../db/schema/assistants.ts";
import { notFound } from "../../errors.ts";
import { type Assistant, selectAssistants, toAssistant } from "./assistant.ts";

/** One assistant. Throws `not_found`. */
export async function getAssistant(ctx: TenantContext, id: string): Promise<Assistant> {
  const [[row]] = await ctx.db.transaction((q) => [selectAssistants(q).where(eq(assistants.id, id))]);
  if (!row) throw notFound("assistant");
  return toAssistant(row);
}
