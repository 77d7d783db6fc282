import type { TenantContext } from "../context.ts";
import { errorFacts, logEvent } from "../log.ts";
import { type FailureReason, failureDecision, failureReason } from "../services/documents/failure.ts";
import { exceededQuota } from "../services/usage/reserve.ts";
import { isSuperseded } from "./lease.ts";
import { chunkDocument } from "./stages/chunk.ts";
import { embedSlice } from "./stages/embed.ts";
import { failDocument } from "./stages/fail.ts";
import { claimWork, type IngestDocument, type IngestJob } from "./stages/load.ts";
import { parseSlice } from "./stages/parse.ts";
import { closeIndexJob, publishDocument } from "./stages/publish.ts";
import { purgeDocument } from "./stages/purge.ts";
import { tidyDocument } from "./stages/tidy.ts";

/** `slots`: claims that one tenant may have at once. `restSeconds`: how long upstreams want to be left alone. */
export type Limits = { slots: number; restSeconds: number };

export type Outcome =
  /** Nothing could be claimed. */
  | { state: "idle" }
  | { state: "settled" }
  /** A bounded slice was done; the rest is for another turn. */
  | { state: "more"; job: IngestJob }
  /** The isolate is at as many bytes of files as it can hold; nothing was done. */
  | { state: "full"; job: IngestJob }
  /** What comes next asks an upstream that wants to be left alone. */
  | { state: "rest"; job: IngestJob; seconds: number }
  | {
      state: "retry";
      job: IngestJob;
      reason: FailureReason;
      error: unknown;
      retryAfterSeconds: number | null;
    };

type Step = "settled" | "more" | "full" | "rest";

/**
 * One turn's worth of a document: *claim → parse → chunk → embed → publish*, *claim → embed → close* for one that is
 * published and whose vectors are to be put where search looks for them, *tidy* for what versions left, or *purge*.
 * Each step takes up where the stored state says the last one ended, so that it changes nothing which was done already,
 * whether the turn comes twice, late, or after a crash.
 */
export async function advance(ctx: TenantContext, documentId: string, limits?: Limits): Promise<Outcome> {
  const work = await claimWork(ctx, documentId, limits?.slots);
  if (!work) return { state: "idle" };
  const { job, document } = work;
  const seconds = limits?.restSeconds ?? 0;
  try {
    const state = await WORK[job.kind](ctx, document, seconds > 0);
    if (state === "rest") return { state, job, seconds };
    return state === "settled" ? { state } : { state, job };
  } catch (error) {
    if (isSuperseded(error)) return { state: "settled" };
    const reason = exceededQuota(error) ? "quota_exceeded" : failureReason(error);
    // A document that is ready stays so whatever its vectors meet on their way to another store; one that is to be
    // removed is not there to fail.
    if (job.kind !== "ingest" || failureDecision(reason) === "retry") {
      return { state: "retry", job, reason, error, retryAfterSeconds: retryAfter(error) };
    }
    const { tenant_id, id: document_id } = document;
    logEvent("ingest.failed", { tenant_id, document_id, reason, ...errorFacts(error) });
    await failDocument(ctx, document, reason);
    return { state: "settled" };
  }
}

async function ingest(ctx: TenantContext, document: IngestDocument, resting: boolean): Promise<Step> {
  const { pages_total, pages_done, chunks_total } = document;
  if (pages_total === null || pages_done < pages_total) {
    const read = await parseSlice(ctx, document);
    if (read !== "done") return read;
  }
  if (chunks_total === null) await chunkDocument(ctx, document);
  if (resting) return "rest";
  if ((await embedSlice(ctx, document, "ingest")) === "more") return "more";
  return publishDocument(ctx, document);
}

async function index(ctx: TenantContext, document: IngestDocument, resting: boolean): Promise<Step> {
  if (resting) return "rest";
  if ((await embedSlice(ctx, document, "index")) === "more") return "more";
  return closeIndexJob(ctx, document);
}

async function purge(ctx: TenantContext, document: IngestDocument): Promise<Step> {
  await purgeDocument(ctx, document);
  return "settled";
}

const WORK = { ingest, index, tidy: tidyDocument, purge };

function retryAfter(error: unknown): number | null {
  return error instanceof Error && "retryAfterSeconds" in error
    ? Number(error.retryAfterSeconds) || null
    : null;
}
