import type { TestProject } from "vitest/node";
import { migrate } from "../migrate.ts";
import { startModelServer } from "../model-server/start.ts";
import { startPostgres } from "../postgres/start.ts";
import { buildStaticAssets } from "../static-assets.ts";
import { startFaultProxy } from "./fault-proxy.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
    ownerDatabaseUrl: string;
    fetchEndpoint: string;
    modelUrl: string;
  }
}

/** Starts what `npm run dev` starts, on free ports and in memory, once for all tests in workerd. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, model] = await Promise.all([
    startPostgres({ dataDir: null, port: 0 }),
    startModelServer({ port: 0 }),
    buildStaticAssets(),
  ]);
  const proxy = await startFaultProxy(model.url);
  await migrate(postgres.url("postgres"), postgres.fetchEndpoint);
  project.provide("databaseUrl", postgres.url("ancre_app"));
  project.provide("ownerDatabaseUrl", postgres.url("postgres"));
  project.provide("fetchEndpoint", postgres.fetchEndpoint);
  project.provide("modelUrl", proxy.url);
  return async () => {
    await Promise.all([proxy.close(), postgres.close(), model.close()]);
  };
}
