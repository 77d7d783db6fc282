import { Agent, request } from "node:http";
import { createEventReader, type RawEvent } from "./event-reader.ts";

/** What one event of an answer says. */
export type Heard = { text?: string; done?: boolean; error?: string; conversationId?: string };

export type ChatRequest = { url: string; headers?: Record<string, string>; body: object };

/** An answer as it reached the client. */
export type Listened = {
  text: string;
  /** Milliseconds from sending the question until its first text; null when none came */
  firstMs: number | null;
  /** Milliseconds between its first and last text */
  writingMs: number;
  /** Whether it came to its end */
  done: boolean;
  error: string | null;
  conversationId: string | null;
};

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
/** Milliseconds after which an answer that hasn't ended counts as incomplete. */
const TIMEOUT_MS = 60_000;

/** Asks a question and listens to the end of its answer. Never rejects: what goes wrong is in the result. */
export function listen(
  { url, headers, body }: ChatRequest,
  hear: (event: RawEvent) => Heard,
): Promise<Listened> {
  const askedAt = performance.now();
  let [firstAt, lastAt] = [0, 0];
  const heard: Listened = {
    text: "",
    firstMs: null,
    writingMs: 0,
    done: false,
    error: null,
    conversationId: null,
  };
  const take = (event: RawEvent, at: number) => {
    const { text, done, error, conversationId } = hear(event);
    if (text) {
      if (heard.firstMs === null) {
        firstAt = at;
        heard.firstMs = at - askedAt;
      }
      heard.text += text;
      lastAt = at;
    }
    heard.done ||= done === true;
    heard.error ??= error ?? null;
    heard.conversationId ??= conversationId ?? null;
  };
  return new Promise((resolve) => {
    const finish = (error?: Error) => {
      if (error) heard.error ??= error.message;
      heard.writingMs = lastAt - firstAt;
      resolve(heard);
    };
    const sent = request(url, {
      method: "POST",
      agent,
      timeout: TIMEOUT_MS,
      headers: { "content-type": "application/json", ...headers },
    });
    sent.on("error", finish);
    sent.on("timeout", () => sent.destroy(new Error(`nothing heard for ${TIMEOUT_MS} ms`)));
    sent.on("response", (response) => {
      response.setEncoding("utf8");
      const read = createEventReader();
      let refusal = "";
      response.on("data", (text: string) => {
        if (response.statusCode !== 200) refusal += text;
        else for (const event of read(text)) take(event, performance.now());
      });
      response.on("error", finish);
      response.on("end", () =>
        finish(response.statusCode === 200 ? undefined : new Error(`${response.statusCode} ${refusal}`)),
      );
    });
    sent.end(JSON.stringify(body));
  });
}
