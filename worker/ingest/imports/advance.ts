import type { TenantContext } from "../../context.ts";
import { type ImportReason, importReason, isFleeting } from "../../services/imports/failure.ts";
import { type ImportRow, isFinal } from "../../services/imports/import.ts";
import { removeStored } from "../../services/imports/remove-stored.ts";
import { isSuperseded } from "../lease.ts";
import { cleanUp } from "./clean-up.ts";
import { failImport } from "./fail-import.ts";
import { listArchive } from "./list-archive.ts";
import { listSitemap } from "./list-sitemap.ts";
import { claimImport } from "./load.ts";
import { settleImport } from "./settle.ts";
import { takeSlice } from "./take-slice.ts";

export type Outcome =
  | { state: "settled" }
  /** A bounded slice was done; look again after so many seconds. */
  | { state: "more"; delaySeconds: number }
  /** As "more", so much later that the sweep is the one to look. */
  | { state: "later"; delaySeconds: number }
  | { state: "retry"; reason: ImportReason; error: unknown };

/**
 * One message's worth of an import: *claim → list → take entries in → settle → clean up*, each step from where the rows
 * say the last one ended.
 */
export async function advanceImport(ctx: TenantContext, importId: string): Promise<Outcome> {
  const row = await claimImport(ctx, importId);
  if (row === "gone") await removeStored(ctx, importId);
  if (row === "gone" || row === "busy") return { state: "settled" };
  try {
    return await work(ctx, row);
  } catch (error) {
    // Cancelled or taken back meanwhile: the next look finds what that left to do.
    if (isSuperseded(error)) return { state: "more", delaySeconds: 0 };
    const reason = importReason(error);
    if (isFleeting(reason) || isFinal(row)) return { state: "retry", reason, error };
    await failImport(ctx, importId, reason);
    return { state: "more", delaySeconds: 0 };
  }
}

async function work(ctx: TenantContext, row: ImportRow): Promise<Outcome> {
  if (isFinal(row)) {
    const delaySeconds = await cleanUp(ctx, row);
    return delaySeconds === 0 ? { state: "settled" } : { state: "later", delaySeconds };
  }
  if (row.state === "listing") {
    const delaySeconds = row.kind === "sitemap" ? await listSitemap(ctx, row) : 0;
    if (row.kind === "zip") await listArchive(ctx, row);
    return { state: "more", delaySeconds };
  }
  const pause = await takeSlice(ctx, row);
  return { state: "more", delaySeconds: pause ?? (await settleImport(ctx, row)) };
}
