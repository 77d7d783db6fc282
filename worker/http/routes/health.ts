import { createRoute } from "@hono/zod-openapi";
import { sql } from "drizzle-orm";
import type { Wiring } from "../../wiring.ts";
import { createRouter } from "../router.ts";
import { json } from "../schemas/shared.ts";
import * as z from "../zod.ts";

const Check = z.object({ ok: z.boolean() });
const Readiness = z
  .object({
    status: z.enum(["ok", "degraded"]),
    checks: z.object({ database: Check, files: Check, model: Check }),
  })
  .openapi("Readiness");

/** Milliseconds an isolate remembers what it found: anybody may ask, and the model's answer costs money. */
const REMEMBERED_MS = 30_000;

const lastChecks = new WeakMap<Wiring, { at: number; checks: ReturnType<typeof check> }>();

/** Milliseconds a dependency has to answer before it counts as down. */
const PATIENCE_MS = 3_000;

export const health = createRouter()
  .openapi(
    createRoute({
      method: "get",
      path: "/health",
      tags: ["health"],
      summary: "Whether the Worker runs",
      security: [],
      responses: { 200: json(z.object({ status: z.literal("ok") }), "It runs") },
    }),
    (c) => c.json({ status: "ok" as const }, 200),
  )
  .openapi(
    createRoute({
      method: "get",
      path: "/health/ready",
      tags: ["health"],
      summary: "Whether everything it needs answers",
      security: [],
      responses: { 200: json(Readiness, "All answer"), 503: json(Readiness, "Something doesn't") },
    }),
    async (c) => {
      const wiring = c.get("wiring");
      const known = lastChecks.get(wiring);
      const fresh =
        known && Date.now() - known.at < REMEMBERED_MS ? known : { at: Date.now(), checks: check(wiring) };
      lastChecks.set(wiring, fresh);
      const checks = await fresh.checks;
      const ok = Object.values(checks).every((dependency) => dependency.ok);
      return c.json({ status: ok ? ("ok" as const) : ("degraded" as const), checks }, ok ? 200 : 503);
    },
  );

async function check({ database, services }: Wiring): Promise<z.infer<typeof Readiness>["checks"]> {
  const [databaseOk, filesOk, modelOk] = await Promise.all([
    answers(database.execute(sql`select 1`)),
    answers(services.files.list({ limit: 1 })),
    answers(services.embeddings.embed(["ready"], AbortSignal.timeout(PATIENCE_MS))),
  ]);
  return { database: { ok: databaseOk }, files: { ok: filesOk }, model: { ok: modelOk } };
}

async function answers(call: Promise<unknown>): Promise<boolean> {
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  return Promise.race([
    call.then(
      () => true,
      () => false,
    ),
    late,
  ]);
}
