import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { keepAlive } from "../keep-alive.ts";
import { ApiError } from "./api-error.ts";
import { readChatRequest } from "./chat-request.ts";
import { chunkBodies, complete, wholeBody } from "./completion.ts";
import { createEmbeddings } from "./embeddings.ts";
import { ABOUT, describe, listModels } from "./models.ts";

export type ModelServer = {
  /** For `OPENAI_BASE_URL`; ends in `/v1` */
  url: string;
  close(): Promise<void>;
};

export type ModelServerOptions = {
  /** 0 takes a free port */
  port: number;
  /** Waits this long before each piece of a streamed answer, in ms, to look like a slow model. */
  delayMs?: number;
};

/** Bytes of one request: 300,000 tokens of anything fit. */
const MAX_BODY = 16 * 1024 * 1024;

/**
 * Starts an OpenAI-compatible server of two honest stand-ins (`GET /` says what they are), on 127.0.0.1 only.
 *
 * @throws Error when the port is taken
 */
export async function startModelServer({ port, delayMs = 0 }: ModelServerOptions): Promise<ModelServer> {
  const server = createServer((request, response) => {
    route(request, response, delayMs).catch((error: unknown) => {
      const failure = error instanceof ApiError ? error : new ApiError(500, String(error));
      if (response.headersSent) response.destroy();
      else sendJson(response, failure.status, failure);
    });
  });
  keepAlive(server);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const actual = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${actual}/v1`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function route(request: IncomingMessage, response: ServerResponse, delayMs: number): Promise<void> {
  const path = request.url?.split("?")[0] ?? "/";
  switch (`${request.method} ${path}`) {
    case "GET /":
    case "GET /v1":
      return sendJson(response, 200, ABOUT);
    case "GET /health":
      return sendJson(response, 200, { status: "ok" });
    case "GET /v1/models":
      return sendJson(response, 200, listModels());
    case "POST /v1/embeddings":
      return sendJson(response, 200, createEmbeddings(await readJson(request)));
    case "POST /v1/chat/completions":
      return sendCompletion(response, await readJson(request), delayMs);
    default: {
      const model = /^GET \/v1\/models\/([^/]+)$/.exec(`${request.method} ${path}`)?.[1];
      if (model) return sendJson(response, 200, describe(decodeURIComponent(model)));
      throw new ApiError(404, `Unknown request URL: ${request.method} ${path}.`, { code: "unknown_url" });
    }
  }
}

async function sendCompletion(
  response: ServerResponse,
  body: Record<string, unknown>,
  delayMs: number,
): Promise<void> {
  const chat = readChatRequest(body);
  if (!chat.stream) return sendJson(response, 200, wholeBody(complete(chat)));

  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
  });
  for (const chunk of chunkBodies(complete(chat), chat.includeUsage)) {
    await (delayMs > 0 ? sleep(delayMs) : nextTurn());
    if (response.destroyed) return;
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
  response.end("data: [DONE]\n\n");
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > MAX_BODY) throw new ApiError(413, `The request is larger than ${MAX_BODY} bytes.`);
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof body === "object" && body !== null) return body as Record<string, unknown>;
  } catch {
    // The same answer as for a body that is no object.
  }
  throw new ApiError(400, "The body is not a JSON object.");
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
