import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { migrate } from "../migrate.ts";
import { type LocalPostgres, startPostgres } from "../postgres/start.ts";

/** Variables of a Worker that lead to a database. */
export type DatabaseVariables = Record<"DATABASE_URL" | "OWNER_DATABASE_URL" | "NEON_FETCH_ENDPOINT", string>;

/**
 * Gives an empty, migrated database, in memory, to everybody who asks `takeDatabase`, however often. They are kept until
 * all are closed.
 */
export async function serveDatabases(): Promise<{ url: string; close(): Promise<void> }> {
  const given: LocalPostgres[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer((_, response) => {
    // One after the other: the first leaves an image of an empty cluster to the next, and the driver knows one endpoint.
    const made = last.then(open);
    last = made.catch(() => {});
    made.then(
      (variables) => response.end(JSON.stringify(variables)),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  async function open(): Promise<DatabaseVariables> {
    const postgres = await startPostgres({ dataDir: null, port: 0 });
    given.push(postgres);
    const { url, fetchEndpoint } = postgres;
    await migrate(url("postgres"), fetchEndpoint);
    return {
      DATABASE_URL: url("ancre_app"),
      OWNER_DATABASE_URL: url("postgres"),
      NEON_FETCH_ENDPOINT: fetchEndpoint,
    };
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close();
      await Promise.all(given.map((postgres) => postgres.close()));
    },
  };
}

/** @param url where `serveDatabases` gives them */
export async function takeDatabase(url: string): Promise<DatabaseVariables> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`No database for a Worker: ${await response.text()}`);
  return (await response.json()) as DatabaseVariables;
}
