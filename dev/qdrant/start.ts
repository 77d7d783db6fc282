import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { keepAlive } from "../keep-alive.ts";
import { ConnectionCut } from "./faults.ts";
import { QdrantError } from "./qdrant-error.ts";
import { createRoutes } from "./routes.ts";

export type QdrantServer = { url: string; close(): Promise<void> };

/** Bytes of one request: Qdrant's own default. */
const MAX_BODY = 32 * 1024 * 1024;

/**
 * Starts a stand-in for Qdrant's REST API, in memory and on 127.0.0.1 only.
 *
 * @param options.port 0 takes a free one
 * @param options.apiKey what the header `api-key` must carry
 * @throws Error when the port is taken
 */
export async function startQdrantServer(options: { port: number; apiKey: string }): Promise<QdrantServer> {
  const answer = createRoutes();
  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => fail(response, error));
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readText(request);
    const key = request.headers["api-key"];
    // Qdrant's own refusals of a key are plain text.
    if (key === undefined)
      return refuse(response, "Must provide an API key or an Authorization bearer token");
    if (key !== options.apiKey) return refuse(response, "Invalid API key or JWT");
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const result = await answer({ method: request.method ?? "GET", url, body });
    response.writeHead(200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({ result, status: "ok", time: 0.001 }));
  }

  keepAlive(server);
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  if (body.byteLength > MAX_BODY) {
    throw new QdrantError(
      413,
      `Payload error: JSON payload (${body.byteLength} bytes) is larger than allowed`,
    );
  }
  return body.toString("utf8");
}

function refuse(response: ServerResponse, text: string): void {
  response.writeHead(401, { "Content-Type": "text/plain" });
  response.end(text);
}

function fail(response: ServerResponse, error: unknown): void {
  if (error instanceof ConnectionCut) {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
    response.write('{"result":', () => response.destroy());
    return;
  }
  const known = error instanceof QdrantError ? error : new QdrantError(500, String(error));
  response.writeHead(known.status, {
    "Content-Type": "application/json",
    ...(known.retryAfterSeconds === null ? {} : { "Retry-After": String(known.retryAfterSeconds) }),
  });
  // A path that Qdrant doesn't know has no body at all.
  response.end(known.message ? JSON.stringify({ status: { error: known.message }, time: 0.001 }) : "");
}
