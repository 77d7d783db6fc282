import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { keepAlive } from "../keep-alive.ts";

export type WebSite = { url: string; close(): Promise<void> };

type Kept = { type: string; body: Buffer };
type Seen = { path: string; headers: IncomingMessage["headers"]; at: number };

/** What a resolver knows; every other name doesn't exist. */
const NAMES: Record<string, string[]> = {
  "inside.example": ["10.0.0.5"],
  "half-inside.example": ["93.184.215.14", "192.168.1.1"],
};
const NO_SUCH_NAME = 3;

/**
 * A site to import from, which serves whatever a test has PUT under a path, and a DNS-over-HTTPS resolver:
 *
 * - `/redirect?to=…` and `/status?code=…` answer so; `/endless` never ends; `/flaky/…` answers 503 the first time
 * - `/seen?under=…` lists the requests for paths that begin so, as JSON
 * - `/dns-query` answers like a resolver, `/robots.txt` what was given
 */
export async function startWebSite(robots: string): Promise<WebSite> {
  const kept = new Map<string, Kept>();
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    answer(request, response, { kept, seen, robots }).catch(() => response.destroy());
  });
  keepAlive(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { kept, seen, robots }: { kept: Map<string, Kept>; seen: Seen[]; robots: string },
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://site.example");
  const asked = (name: string) => searchParams.get(name) ?? "";
  if (request.method === "PUT") {
    const body = Buffer.from(await new Response(request as unknown as ReadableStream).arrayBuffer());
    kept.set(pathname, { type: request.headers["content-type"] ?? "", body });
    return void response.writeHead(204).end();
  }
  if (pathname === "/seen") {
    return json(
      response,
      seen.filter(({ path }) => path.startsWith(asked("under"))),
    );
  }
  if (pathname === "/dns-query") return json(response, dnsAnswer(asked("name"), asked("type")));
  const before = seen.some(({ path }) => path === request.url);
  seen.push({ path: request.url ?? "", headers: request.headers, at: Date.now() });
  if (pathname === "/robots.txt") return void response.writeHead(200, TEXT).end(robots);
  if (pathname === "/redirect") return void response.writeHead(302, { Location: asked("to") }).end();
  if (pathname === "/status") return void response.writeHead(Number(asked("code"))).end();
  if (pathname === "/endless") return endless(response);
  if (pathname.startsWith("/flaky/") && !before) return void response.writeHead(503).end();
  const file = kept.get(pathname.replace(/^\/flaky/, ""));
  if (!file) return void response.writeHead(404, TEXT).end("nothing here");
  response.writeHead(200, { "Content-Type": file.type, "Set-Cookie": "visitor=1" }).end(file.body);
}

const TEXT = { "Content-Type": "text/plain" };

function json(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

function endless(response: ServerResponse): void {
  response.writeHead(200, TEXT);
  const piece = Buffer.alloc(1 << 20, "word ");
  const write = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", write);
  write();
}

function dnsAnswer(name: string, type: string): unknown {
  const addresses = NAMES[name];
  if (!addresses) return { Status: NO_SUCH_NAME };
  const records = type === "A" ? addresses.map((data) => ({ name, type: 1, TTL: 60, data })) : [];
  return { Status: 0, Answer: records };
}
