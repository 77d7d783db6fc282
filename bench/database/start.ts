import type { LocalPostgres } from "../../dev/postgres/start.ts";
import { startProcess } from "../process.ts";

export type BenchDatabase = {
  postgres: LocalPostgres;
  /** "PGlite" or the server and its version */
  engine: string;
  /** HTTP requests so far */
  trips(): Promise<number>;
};

/**
 * An empty database behind Neon's HTTP protocol in a process of its own: embedded, or a new one on the server that
 * `serverUrl` reaches as superuser, dropped afterwards.
 */
export async function startDatabase(serverUrl: string | null): Promise<BenchDatabase> {
  const child = startProcess(new URL("./serve.ts", import.meta.url), {
    ANCRE_BENCH_POSTGRES: serverUrl ?? "",
  });
  const { port, engine } = await child.ask<{ port: number; engine: string }>();
  return {
    postgres: {
      url: (role) => `postgres://${encodeURIComponent(role)}:local@localhost:${port}/ancre`,
      fetchEndpoint: `http://127.0.0.1:${port}/sql`,
      port,
      close: child.stop,
    },
    engine,
    trips: async () => (await child.ask<{ trips: number }>("trips")).trips,
  };
}
