import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { claimDataFolder } from "./data-folder.ts";
import { openDatabase } from "./database.ts";
import { createEndpoint } from "./endpoint.ts";

export type LocalPostgres = {
  /** A connection string for `role`. Its host is never dialled: the driver must use `fetchEndpoint`. */
  url(role: string): string;
  /** For `neonConfig.fetchEndpoint` */
  fetchEndpoint: string;
  port: number;
  close(): Promise<void>;
};

export type LocalPostgresOptions = {
  /** Where the data lives between runs; null keeps it in memory. */
  dataDir: string | null;
  /** 0 takes a free port */
  port: number;
};

/**
 * Starts an embedded Postgres behind an HTTP endpoint that speaks Neon's protocol, on 127.0.0.1 only.
 * Any password is accepted; the user of the connection string is the role that statements run as.
 *
 * @throws Error when the port is taken or another process serves `dataDir`
 */
export async function startPostgres({ dataDir, port }: LocalPostgresOptions): Promise<LocalPostgres> {
  const folder = dataDir === null ? null : await claimDataFolder(dataDir);
  try {
    const database = await openDatabase(folder?.path ?? null);
    const server = createEndpoint(database);
    server.listen(port, "127.0.0.1");
    try {
      await once(server, "listening");
    } catch (error) {
      await database.close();
      throw error;
    }
    const actual = (server.address() as AddressInfo).port;
    return {
      url: (role) => `postgres://${encodeURIComponent(role)}:local@localhost:${actual}/ancre`,
      fetchEndpoint: `http://127.0.0.1:${actual}/sql`,
      port: actual,
      close: async () => {
        server.close();
        server.closeAllConnections();
        await database.close();
        await folder?.release();
      },
    };
  } catch (error) {
    await folder?.release();
    throw error;
  }
}
