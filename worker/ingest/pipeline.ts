import type { TenantContext } from "../context.ts";
import { type FailureReason, failureDecision, failureReason } from "../services/documents/failure.ts";
import { exceededQuota } from "../services/usage/reserve.ts";
import { isSuperseded } from "./lease.ts";
import { chunkDocument } from "./stages/chunk.ts";
import { embedSlice } from "./stages/embed.ts";
import { failDocument } from "./stages/fail.ts";
import { claimWork, type IngestDocument } from "./stages/load.ts";
import { parseSlice } from "./stages/parse.ts";
import { publishDocument } from "./stages/publish.ts";
import { purgeDocument } from "./stages/purge.ts";

export type Outcome =
  | { state: "settled" }
  /** A bounded slice was done; send another message for the rest. */
  | { state: "more" }
  | { state: "retry"; reason: FailureReason; error: unknown; retryAfterSeconds: number | null };

/**
 * One message's worth of a document: *claim → parse → chunk → embed → publish*, or *purge*.
 * Each step takes up where the stored state says the last one ended, so a message that is delivered twice, or
 * after a crash, changes nothing that was done.
 */
export async function advance(ctx: TenantContext, documentId: string): Promise<Outcome> {
  const work = await claimWork(ctx, documentId);
  if (!work) return { state: "settled" };
  try {
    if (work.job.kind === "ingest") return { state: await ingest(ctx, work.document) };
    await purgeDocument(ctx, work.document);
    return { state: "settled" };
  } catch (error) {
    if (isSuperseded(error)) return { state: "settled" };
    const reason = exceededQuota(error) ? "quota_exceeded" : failureReason(error);
    if (work.job.kind === "purge" || failureDecision(reason) === "retry") {
      return { state: "retry", reason, error, retryAfterSeconds: retryAfter(error) };
    }
    await failDocument(ctx, work.document, reason);
    return { state: "settled" };
  }
}

async function ingest(ctx: TenantContext, document: IngestDocument): Promise<"settled" | "more"> {
  const { pages_total, pages_done, chunks_total } = document;
  if (pages_total === null || pages_done < pages_total) {
    if ((await parseSlice(ctx, document)) === "more") return "more";
  }
  if (chunks_total === null) await chunkDocument(ctx, document);
  if ((await embedSlice(ctx, document)) === "more") return "more";
  await publishDocument(ctx, document);
  return "settled";
}

function retryAfter(error: unknown): number | null {
  return error instanceof Error && "retryAfterSeconds" in error
    ? Number(error.retryAfterSeconds) || null
    : null;
}
