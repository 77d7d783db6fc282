import { createRoute, z } from "@hono/zod-openapi";
import { sql } from "drizzle-orm";
import { createRouter } from "../router.ts";
import { json } from "../schemas/shared.ts";

const Check = z.object({ ok: z.boolean() });
const Readiness = z
  .object({
    status: z.enum(["ok", "degraded"]),
    checks: z.object({ database: Check, files: Check, model: Check }),
  })
  .openapi("Readiness");

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
      const { database, services } = c.get("wiring");
      const [databaseOk, filesOk, modelOk] = await Promise.all([
        answers(database.execute(sql`select 1`)),
        answers(services.files.list({ limit: 1 })),
        answers(services.embeddings.embed(["ready"], AbortSignal.timeout(PATIENCE_MS))),
      ]);
      const ok = databaseOk && filesOk && modelOk;
      const checks = { database: { ok: databaseOk }, files: { ok: filesOk }, model: { ok: modelOk } };
      return c.json({ status: ok ? ("ok" as const) : ("degraded" as const), checks }, ok ? 200 : 503);
    },
  );

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
