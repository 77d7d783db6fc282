import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { PGlite } from "@electric-sql/pglite";
import { keepAlive } from "../keep-alive.ts";
import { BadRequest, readSqlRequest } from "./request.ts";
import { errorBody, resultBody } from "./response.ts";
import { runTransaction } from "./transaction.ts";

/** Bytes of one request. Neon's own limit is 64 MiB. */
const MAX_BODY = 64 * 1024 * 1024;

/** How often the write-ahead log is folded into the data files while there are requests, in ms. */
const CHECKPOINT_EVERY = 60_000;

/**
 * An HTTP server with Neon's `POST /sql` over one PGlite connection, and `GET /health`. Requests run one
 * after the other. Not listening yet. The checkpoint timer stops with the server.
 */
export function createEndpoint(database: PGlite): Server {
  const exclusive = createQueue();
  let busySinceCheckpoint = false;

  const server = createServer((request, response) => {
    busySinceCheckpoint = true;
    handle(request, response, database, exclusive).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: error instanceof Error ? error.message : String(error) });
    });
  });
  keepAlive(server);
  const timer = setInterval(() => {
    if (!busySinceCheckpoint) return;
    busySinceCheckpoint = false;
    exclusive(() => database.exec("checkpoint")).catch(() => {});
  }, CHECKPOINT_EVERY).unref();
  server.on("close", () => clearInterval(timer));
  return server;
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  database: PGlite,
  exclusive: ReturnType<typeof createQueue>,
): Promise<void> {
  const path = request.url?.split("?")[0];
  if (request.method === "GET" && path === "/health") {
    await exclusive(() => database.query("select 1"));
    return sendJson(response, 200, { status: "ok", engine: "PGlite" });
  }
  if (request.method !== "POST" || path !== "/sql") {
    return sendJson(response, 404, { message: "This is Ancre's local Postgres: POST /sql or GET /health." });
  }
  const body = await readBody(request);
  if (body === null) {
    return sendJson(response, 413, { message: `The request is larger than ${MAX_BODY} bytes.` });
  }
  try {
    const { statements, isBatch, options, ...format } = readSqlRequest(request.headers, body);
    const outcome = await exclusive(() => runTransaction(database, statements, options));
    if (!outcome.ok) return sendJson(response, 400, errorBody(outcome.error));
    const results = outcome.results.map((result) => resultBody(result, format));
    sendJson(response, 200, isBatch ? { results } : results[0]);
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    sendJson(response, 400, { message: error.message, code: error.code, severity: "ERROR" });
  }
}

/** The body as text; null when it is larger than the limit. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    // Read to the end all the same: a client that is still sending doesn't see an early answer.
    if (size <= MAX_BODY) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= MAX_BODY ? Buffer.concat(chunks).toString("utf8") : null;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

/** Runs tasks one at a time, in order; a task that fails doesn't stop the next. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task);
    last = run.catch(() => {});
    return run;
  };
}
