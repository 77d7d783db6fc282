import type { TenantContext } from "../../context.ts";

/** Whose conversations these are. */
export function actorId(ctx: TenantContext): string {
  return ctx.actor.kind === "user" ? ctx.actor.userId : "system";
}
