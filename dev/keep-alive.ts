import type { Server } from "node:http";

/** Milliseconds an idle connection is kept. Node's five seconds are less than workerd waits before it uses one again. */
const KEEP_ALIVE_MS = 120_000;

/** Keeps a stand-in from closing a connection at the moment in which workerd sends its next request over it. */
export function keepAlive(server: Server): void {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
}
