import type { TestProject } from "vitest/node";
import { type ClerkKeys, createClerkKeys } from "../clerk/keys.ts";
import { migrate } from "../migrate.ts";
import { startModelServer } from "../model-server/start.ts";
import { type LocalPostgres, startPostgres } from "../postgres/start.ts";
import { startQdrantServer } from "../qdrant/start.ts";
import { buildStaticAssets } from "../static-assets.ts";
import { startStripeServer } from "../stripe/start.ts";
import { startFaultProxy } from "./fault-proxy.ts";
import { STRIPE } from "./stripe-account.ts";
import { startWebSite } from "./web-site.ts";

type DatabaseVariables = Record<"DATABASE_URL" | "OWNER_DATABASE_URL" | "NEON_FETCH_ENDPOINT", string>;

declare module "vitest" {
  interface ProvidedContext {
    /** Variables that lead to a database, one of its own for each process that runs tests. */
    databases: DatabaseVariables[];
    modelUrl: string;
    stripeUrl: string;
    qdrant: { url: string; apiKey: string };
    clerk: ClerkKeys;
    /** A site to import from, and another one. */
    sites: { home: string; away: string };
  }
}

const HOME_ROBOTS = "User-agent: *\nDisallow: /\n\nUser-agent: Ancre\nDisallow: /*/private/\n";
const AWAY_ROBOTS = "User-agent: *\nCrawl-delay: 1\n";

/**
 * Starts what `npm run dev` starts, on free ports and in memory, once for all tests in workerd; but Postgres once for
 * each process that runs tests, as a sweep takes up what is due whoever left it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const qdrantKey = "qdrant-tests";
  const [databases, model, stripe, qdrant, clerk, home, away] = await Promise.all([
    startDatabases(project.config.maxWorkers),
    startModelServer({ port: 0 }),
    startStripeServer({
      port: 0,
      stateFile: null,
      webhook: { url: null, secret: STRIPE.webhookSecret },
      secretKey: STRIPE.secretKey,
      price: STRIPE.price,
    }),
    startQdrantServer({ port: 0, apiKey: qdrantKey }),
    createClerkKeys(),
    startWebSite(HOME_ROBOTS),
    startWebSite(AWAY_ROBOTS),
    buildStaticAssets(),
  ]);
  const proxy = await startFaultProxy(model.url);
  project.provide(
    "databases",
    databases.map(({ url, fetchEndpoint }) => ({
      DATABASE_URL: url("ancre_app"),
      OWNER_DATABASE_URL: url("postgres"),
      NEON_FETCH_ENDPOINT: fetchEndpoint,
    })),
  );
  project.provide("modelUrl", proxy.url);
  project.provide("stripeUrl", stripe.url);
  project.provide("qdrant", { url: qdrant.url, apiKey: qdrantKey });
  project.provide("clerk", clerk);
  project.provide("sites", { home: home.url, away: away.url });
  return async () => {
    await Promise.all([proxy.close(), model.close(), stripe.close(), qdrant.close()]);
    await Promise.all([home.close(), away.close(), ...databases.map((postgres) => postgres.close())]);
  };
}

/** One after the other: the first leaves an image of an empty cluster to the next, and the driver knows one endpoint. */
async function startDatabases(count: number): Promise<LocalPostgres[]> {
  const started: LocalPostgres[] = [];
  while (started.length < count) {
    const postgres = await startPostgres({ dataDir: null, port: 0 });
    await migrate(postgres.url("postgres"), postgres.fetchEndpoint);
    started.push(postgres);
  }
  return started;
}
