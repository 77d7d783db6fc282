import type { TenantContext } from "../../../context.ts";
import { derivedId } from "../../derived-id.ts";
import { actorId } from "../actor-id.ts";

/**
 * The id of the message that answers a turn: always the same for the same sender and turn id, and another one for
 * anybody else's, so that nobody can name what isn't theirs.
 */
export function messageOfTurn(
  ctx: Pick<TenantContext, "tenantId" | "actor">,
  turnId: string,
): Promise<string> {
  return derivedId(JSON.stringify(["turn", ctx.tenantId, actorId(ctx), turnId.toLowerCase()]));
}
