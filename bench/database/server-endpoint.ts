import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Client, Pool } from "pg";
import { keepAlive } from "../../dev/keep-alive.ts";
import { BadRequest, readSqlRequest } from "../../dev/postgres/request.ts";
import { errorBody, resultBody } from "../../dev/postgres/response.ts";
import { runBatch } from "./batch.ts";

/** Connections to the server: more would only wait for its cores. */
const CONNECTIONS = 24;

/**
 * Serves a new database of a real Postgres by Neon's HTTP protocol on 127.0.0.1, and drops it when closed.
 * @param serverUrl a superuser's connection string; the server needs pgvector and unaccent
 */
export async function serveServer(
  serverUrl: string,
): Promise<{ port: number; engine: string; close(): Promise<void> }> {
  const name = `ancre_bench_${process.pid}_${Date.now()}`;
  const url = Object.assign(new URL(serverUrl), { pathname: name }).href;
  const engine = await asAdministrator(serverUrl, async (client) => {
    await client.query(`create database ${name} template template0 encoding 'UTF8'`);
    // For indexes of vectors, which are slow to build out of memory; a million of 384 dimensions take two gigabytes.
    await client.query(`alter database ${name} set maintenance_work_mem = '3GB'`);
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    return `PostgreSQL ${rows[0]?.server_version.split(" ")[0]}`;
  });
  const pool = new Pool({ connectionString: url, max: CONNECTIONS });
  // A connection that breaks while idle is replaced; one in use tells its query.
  pool.on("error", () => {});
  const server = createServer((request, response) => {
    answer(pool, request, response).catch((error: Error) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { message: error.message });
    });
  });
  keepAlive(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    engine,
    async close() {
      server.close();
      server.closeAllConnections();
      await pool.end();
      await asAdministrator(serverUrl, (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

async function asAdministrator<T>(url: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

async function answer(pool: Pool, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
  try {
    const body = Buffer.concat(parts).toString("utf8");
    const { statements, isBatch, options, ...format } = readSqlRequest(request.headers, body);
    const client = await pool.connect();
    try {
      const outcome = await runBatch(client as unknown as Client, statements, options);
      if (!outcome.ok) return sendJson(response, 400, errorBody(outcome.error));
      const results = outcome.results.map((result) => resultBody(result, format));
      sendJson(response, 200, isBatch ? { results } : results[0]);
    } finally {
      client.release();
    }
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    sendJson(response, 400, { message: error.message, code: error.code, severity: "ERROR" });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
