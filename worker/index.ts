import { createApp } from "./app.ts";
import { ConfigurationError, DEAD_LETTER_QUEUE, IMPORT_QUEUE, parseEnv } from "./env.ts";
import { consumeDeadLetters, consumeIngest } from "./ingest/consumer.ts";
import { sweepDeletions } from "./ingest/deletion/sweep.ts";
import { consumeImports } from "./ingest/imports/consumer.ts";
import type { ImportMessage } from "./ingest/imports/message.ts";
import { sweepImports } from "./ingest/imports/sweep.ts";
import type { DeletionMessage, IngestMessage } from "./ingest/message.ts";
import { sweepJobs } from "./ingest/sweep.ts";
import { releaseForgotten } from "./services/usage/release-forgotten.ts";
import { type Wiring, wire } from "./wiring.ts";

export { RunningAnswer } from "./running-answer.ts";

type RawEnv = Record<string, unknown>;
type Started = { wiring: Wiring; app: ReturnType<typeof createApp> };

/** Parsed configuration and routes, kept for the life of the isolate. Clients in it hold no open connection. */
const started = new WeakMap<RawEnv, Started>();

function start(raw: RawEnv): Started {
  const known = started.get(raw);
  if (known) return known;
  const wiring = wire(parseEnv(raw));
  const fresh = { wiring, app: createApp(wiring) };
  started.set(raw, fresh);
  return fresh;
}

export default {
  fetch(request, raw, execution) {
    try {
      return start(raw).app.fetch(request, raw, execution);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      console.error(JSON.stringify({ event: "configuration", error: error.message }));
      return Response.json(
        { type: "urn:ancre:problem:configuration", title: "Ancre is not configured", status: 500 },
        { status: 500, headers: { "Content-Type": "application/problem+json" } },
      );
    }
  },

  async queue(batch, raw) {
    const { wiring } = start(raw);
    if (batch.queue === DEAD_LETTER_QUEUE) await consumeDeadLetters(batch, wiring);
    else if (batch.queue === IMPORT_QUEUE) await consumeImports(batch, wiring);
    else await consumeIngest(batch, wiring);
  },

  async scheduled(_event, raw) {
    const { wiring } = start(raw);
    await Promise.all([
      sweepJobs(wiring),
      sweepDeletions(wiring),
      sweepImports(wiring),
      releaseForgotten(wiring.database, logForgotten),
    ]);
  },
} satisfies ExportedHandler<RawEnv, IngestMessage | DeletionMessage | ImportMessage>;

function logForgotten(tenantId: string, error: unknown): void {
  console.error(JSON.stringify({ event: "usage.release_failed", tenant_id: tenantId, error: String(error) }));
}
