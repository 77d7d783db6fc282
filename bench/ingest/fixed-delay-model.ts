import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { keepAlive } from "../../dev/keep-alive.ts";

export type FixedDelayModel = { variables: Record<string, string>; close(): Promise<void> };

/** Numbers of a vector: few, so that what is measured is the pipeline and not the database's index. */
const DIMENSIONS = 256;

/**
 * An embeddings endpoint that answers every call after the same time, in milliseconds, however many texts it holds.
 * `variables` points the Worker at it.
 */
export async function startFixedDelayModel(delayMs: number): Promise<FixedDelayModel> {
  const server = createServer(async (request, response) => {
    const [answer] = await Promise.all([readRequest(request).then(embeddings), sleep(delayMs)]);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  keepAlive(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    variables: {
      OPENAI_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      OPENAI_API_KEY: "none",
      EMBEDDING_MODEL: "fixed-delay",
      EMBEDDING_DIMENSIONS: String(DIMENSIONS),
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

type EmbeddingsRequest = { input: string | string[]; encoding_format?: string };

async function readRequest(request: IncomingMessage): Promise<EmbeddingsRequest> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString("utf8"));
}

function embeddings({ input, encoding_format }: EmbeddingsRequest) {
  const data = [input].flat().map((text, index) => {
    const vector = vectorOf(text);
    const encoded =
      encoding_format === "base64" ? Buffer.from(vector.buffer).toString("base64") : [...vector];
    return { object: "embedding", index, embedding: encoded };
  });
  return { object: "list", data, model: "fixed-delay", usage: { prompt_tokens: 0, total_tokens: 0 } };
}

/** A unit vector in a direction that the text's letters choose: meaningless, and made in no time. */
function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (let at = 0; at < text.length; at += 16) {
    const axis = (text.charCodeAt(at) * 31 + at) % DIMENSIONS;
    vector[axis] = (vector[axis] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
