import type { TenantContext } from "../context.ts";
import type { Wiring } from "../wiring.ts";

/** A tenant's context for work that nobody waits for. */
export function systemContext(wiring: Wiring, tenantId: string): TenantContext {
  return wiring.forTenant({
    tenantId,
    actor: { kind: "system", name: "ingest" },
    requestId: crypto.randomUUID(),
    // A consumer is alive for as long as it awaits; nothing may be left to run after it.
    background: (work) => void work.catch(() => {}),
  });
}
