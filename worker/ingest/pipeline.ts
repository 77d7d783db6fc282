import type { TenantContext } from "../context.ts";
import { type FailureReason, failureDecision, failureReason } from "../services/documents/failure.ts";
import { exceededQuota } from "../services/usage/reserve.ts";
import { isSuperseded } from "./lease.ts";
import { chunkDocument } from "./stages/chunk.ts";
import { embedSlice } from "./stages/embed.ts";
import { failDocument } from "./stages/fail.ts";
import { claimWork, type IngestDocument } from "./stages/load.ts";
import { parseSlice } from "./stages/parse.ts";
import { closeIndexJob, publishDocument } from "./stages/publish.ts";
import { purgeDocument } from "./stages/purge.ts";
import { tidyDocument } from "./stages/tidy.ts";

export type Outcome =
  | { state: "settled" }
  /** A bounded slice was done; send another message for the rest. */
  | { state: "more" }
  | { state: "retry"; reason: FailureReason; error: unknown; retryAfterSeconds: number | null };

/**
 * One message's worth of a document: *claim → parse → chunk → embed → publish*, *claim → embed → close* for one that is
 * published and whose vectors are to be put where search looks for them, *tidy* for what versions left, or *purge*.
 * Each step takes up where the stored state says the last one ended, so a message that is delivered twice, or
 * after a crash, changes nothing that was done.
 */
export async function advance(ctx: TenantContext, documentId: string): Promise<Outcome> {
  const work = await claimWork(ctx, documentId);
  if (!work) return { state: "settled" };
  try {
    return { state: await WORK[work.job.kind](ctx, work.document) };
  } catch (error) {
    if (isSuperseded(error)) return { state: "settled" };
    const reason = exceededQuota(error) ? "quota_exceeded" : failureReason(error);
    // A document that is ready stays so whatever its vectors meet on their way to another store; one that is to be
    // removed is not there to fail.
    if (work.job.kind !== "ingest" || failureDecision(reason) === "retry") {
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
  if ((await embedSlice(ctx, document, "ingest")) === "more") return "more";
  return publishDocument(ctx, document);
}

async function index(ctx: TenantContext, document: IngestDocument): Promise<"settled" | "more"> {
  if ((await embedSlice(ctx, document, "index")) === "more") return "more";
  return closeIndexJob(ctx, document);
}

async function purge(ctx: TenantContext, document: IngestDocument): Promise<"settled"> {
  await purgeDocument(ctx, document);
  return "settled";
}

const WORK = { ingest, index, tidy: tidyDocument, purge };

function retryAfter(error: unknown): number | null {
  return error instanceof Error && "retryAfterSeconds" in error
    ? Number(error.retryAfterSeconds) || null
    : null;
}
