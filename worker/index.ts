import type { createApp } from "./app.ts";
import { createChatApp, isQuestion } from "./chat-app.ts";
import { ConfigurationError, parseEnv } from "./env.ts";
import type { ImportMessage } from "./ingest/imports/message.ts";
import type { DeletionMessage, IngestMessage } from "./ingest/message.ts";
import { logEvent } from "./log.ts";
import { type Wiring, wire } from "./wiring.ts";

export { RunningAnswer } from "./running-answer.ts";

type RawEnv = Record<string, unknown>;
type Started = {
  wiring: Wiring;
  chat: ReturnType<typeof createChatApp>;
  /** All other routes, loaded by the first request for one of them (decision 030). */
  rest(): Promise<ReturnType<typeof createApp>>;
};

/** Loaded by the first message or minute (decision 030). */
let background: typeof import("./background.ts") | undefined;

/** Parsed configuration and routes, kept for the life of the isolate. Clients in it hold no open connection. */
const started = new WeakMap<RawEnv, Started>();

function start(raw: RawEnv): Started {
  const known = started.get(raw);
  if (known) return known;
  const wiring = wire(parseEnv(raw));
  let app: ReturnType<Started["rest"]> | undefined;
  const fresh: Started = {
    wiring,
    chat: createChatApp(wiring),
    rest() {
      app ??= import("./app.ts").then((routes) => routes.createApp(wiring));
      return app;
    },
  };
  started.set(raw, fresh);
  return fresh;
}

export default {
  async fetch(request, raw, execution) {
    try {
      const { chat, rest } = start(raw);
      const app = isQuestion(request) ? chat : await rest();
      return await app.fetch(request, raw, execution);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      logEvent("configuration", { error: error.message });
      return Response.json(
        { type: "urn:ancre:problem:configuration", title: "Ancre is not configured", status: 500 },
        { status: 500, headers: { "Content-Type": "application/problem+json" } },
      );
    }
  },

  async queue(batch, raw) {
    const { wiring } = start(raw);
    background ??= await import("./background.ts");
    await background.consume(batch, wiring);
  },

  async scheduled(_event, raw) {
    const { wiring } = start(raw);
    background ??= await import("./background.ts");
    await background.sweep(wiring);
  },
} satisfies ExportedHandler<RawEnv, IngestMessage | DeletionMessage | ImportMessage>;
