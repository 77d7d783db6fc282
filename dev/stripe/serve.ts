import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { keepAlive } from "../keep-alive.ts";

type Fetch = (request: Request) => Response | Promise<Response>;

/** Bytes of one request. */
const MAX_BODY = 1024 * 1024;

/**
 * Serves a fetch handler over HTTP on 127.0.0.1.
 *
 * @param port 0 takes a free one
 * @throws Error when the port is taken
 */
export async function serve(handler: Fetch, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    handle(handler, request, response).catch(() => response.destroy());
  });
  keepAlive(server);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function handle(handler: Fetch, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = await readBody(incoming);
  if (body === null) {
    outgoing.writeHead(413).end();
    return;
  }
  const answer = await handler(
    new Request(new URL(incoming.url ?? "/", `http://${incoming.headers.host ?? "127.0.0.1"}`), {
      method: incoming.method ?? "GET",
      headers: readHeaders(incoming),
      body: body.byteLength > 0 ? body : null,
    }),
  );
  const text = Buffer.from(await answer.arrayBuffer());
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
  outgoing.end(text);
}

function readHeaders(incoming: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    for (const part of value ?? []) headers.append(name, part);
  }
  return headers;
}

/** The body; null when it is larger than the limit. */
async function readBody(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // Read to the end all the same: a client that is still sending doesn't see an early answer.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size <= MAX_BODY ? Buffer.concat(chunks) : null;
}
