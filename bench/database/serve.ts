import { subscribe } from "node:diagnostics_channel";
import { startPostgres } from "../../dev/postgres/start.ts";
import { serveServer } from "./server-endpoint.ts";

// The process of its own in which `start.ts` runs the database's endpoint, so that it shares no event loop with what
// is measured or measures.
let trips = 0;
subscribe("http.server.request.start", () => trips++);

const serverUrl = process.env.ANCRE_BENCH_POSTGRES;
const { port, engine, close } = serverUrl
  ? await serveServer(serverUrl)
  : { engine: "PGlite", ...(await startPostgres({ dataDir: null, port: 0 })) };

process.on("message", async (message) => {
  if (message === "trips") process.send?.({ trips });
  else {
    await close();
    process.exit();
  }
});
// Ctrl-C reaches the whole group; what was made on a server is dropped once the parent has left.
process.on("SIGINT", () => {});
process.on("disconnect", async () => {
  await close();
  process.exit();
});
process.send?.({ port, engine });
