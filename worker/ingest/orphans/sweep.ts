import type { TenantContext } from "../../context.ts";
import { errorFacts, logDone, logEvent } from "../../log.ts";
import { TENANTS_PREFIX } from "../../services/documents/storage-key.ts";
import type { Wiring } from "../../wiring.ts";
import { systemContext } from "../system-context.ts";
import { findOrphans, KEPT_HOURS } from "./find-orphans.ts";
import { type Owned, ownerOf } from "./owner-of.ts";
import { keepPosition, readPosition } from "./position.ts";

/** Tenants whose rows one sweep asks for; the next minute's goes on behind them. */
const TENANTS_PER_SWEEP = 50;

/**
 * Removes objects that were stored a day ago and that no row leads to: what a request leaves that is cut off between R2
 * and Postgres. One page of R2's list at a time, from where the last sweep stopped.
 */
export async function sweepOrphans(wiring: Wiring): Promise<void> {
  const { files } = wiring.services;
  const from = await readPosition(files);
  if (from === null) return;
  const page = await files.list({ prefix: TENANTS_PREFIX, ...(from ? { startAfter: from } : {}) });
  const tenants = new Map<string, Owned[]>();
  let [after, rest] = [from, page.truncated];
  for (const { key, uploaded } of page.objects) {
    const old = uploaded.getTime() < Date.now() - KEPT_HOURS * 3_600_000;
    const object = old ? ownerOf(key) : null;
    if (object) {
      const theirs = tenants.get(object.tenantId) ?? [];
      if (theirs.length === 0 && tenants.size === TENANTS_PER_SWEEP) {
        rest = true;
        break;
      }
      tenants.set(object.tenantId, [...theirs, object]);
    }
    after = key;
  }
  for (const [tenantId, objects] of tenants) {
    // One tenant's trouble is not the others'; the next round comes by again.
    await removeOrphans(systemContext(wiring, tenantId), objects).catch((error: unknown) => {
      logEvent("orphans.sweep_failed", { tenant_id: tenantId, ...errorFacts(error) });
    });
  }
  await keepPosition(files, rest ? after : "");
}

async function removeOrphans(ctx: TenantContext, objects: Owned[]): Promise<void> {
  const keys = await findOrphans(ctx, objects);
  if (keys.length === 0) return;
  await ctx.files.delete(keys);
  logDone("orphans.removed", { tenant_id: ctx.tenantId, objects: keys.length });
}
