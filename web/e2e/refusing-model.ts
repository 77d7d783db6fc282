import { once } from "node:events";
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { keepAlive } from "../../dev/keep-alive.ts";

export type RefusingModel = { url: string; close(): Promise<void> };

/** What a server says whose key was withdrawn; nobody asks such a one again by himself. */
const REFUSAL = { error: { message: "Incorrect API key provided.", code: "invalid_api_key" } };

/**
 * Stands before the model server at `upstream` and refuses to embed any text that holds words it was told of:
 * `PUT /v1/refused/{words}`, until `DELETE` of the same. All else passes, streamed answers as they come.
 */
export async function startRefusingModel(upstream: string): Promise<RefusingModel> {
  const refused = new Set<string>();
  const server = createServer((request, response) => {
    const [, words] = /^\/v1\/refused\/(.+)$/.exec(request.url ?? "") ?? [];
    if (words === undefined) return void forward(upstream, request, response, refused);
    if (request.method === "PUT") refused.add(decodeURIComponent(words));
    else refused.delete(decodeURIComponent(words));
    response.writeHead(204).end();
  });
  keepAlive(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function forward(
  upstream: string,
  request: IncomingMessage,
  response: ServerResponse,
  refused: ReadonlySet<string>,
): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const body = Buffer.concat(pieces);
  const path = (request.url ?? "").replace(/^\/v1/, "");
  if (path === "/embeddings" && [...refused].some((words) => body.includes(words))) {
    response.writeHead(401, { "Content-Type": "application/json" }).end(JSON.stringify(REFUSAL));
    return;
  }
  const { method, headers } = request;
  const passed = requestOf(upstream + path, { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on("error", () => response.destroy());
  // An answer that nobody waits for any more is stopped where it is written.
  response.on("close", () => passed.destroy());
  passed.end(body);
}
