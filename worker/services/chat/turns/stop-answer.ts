import type { TenantContext } from "../../../context.ts";
import { notFound } from "../../../errors.ts";
import { requirePermission } from "../../access/permissions.ts";
import { findKeptTurn } from "./kept-turn.ts";
import { ownerOf, runningAnswer } from "./running-answer.ts";

export type Stopped = { message_id: string; status: "complete" | "interrupted" | "failed" };

/**
 * Ends an answer of the caller's where it is, and says what became of it once it is kept; one that had ended is left as
 * it is. Throws `not_found` when nothing of that id runs or was kept.
 */
export async function stopAnswer(
  ctx: TenantContext,
  assistantId: string,
  messageId: string,
): Promise<Stopped> {
  requirePermission(ctx, "chat");
  await runningAnswer(ctx, messageId).stop(ownerOf(ctx), assistantId);
  const kept = await findKeptTurn(ctx, assistantId, messageId);
  if (kept?.assistant_id !== assistantId) throw notFound("message");
  return { message_id: kept.id, status: kept.status };
}
