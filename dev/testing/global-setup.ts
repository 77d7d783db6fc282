import type { TestProject } from "vitest/node";
import { type ClerkKeys, createClerkKeys } from "../clerk/keys.ts";
import { startModelServer } from "../model-server/start.ts";
import { startQdrantServer } from "../qdrant/start.ts";
import { buildStaticAssets } from "../static-assets.ts";
import { startStripeServer } from "../stripe/start.ts";
import { serveDatabases } from "./databases.ts";
import { startFaultProxy } from "./fault-proxy.ts";
import { STRIPE } from "./stripe-account.ts";
import { startWebSite } from "./web-site.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where each process that runs tests takes a database of its own. */
    databasesUrl: string;
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
    serveDatabases(),
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
  project.provide("databasesUrl", databases.url);
  project.provide("modelUrl", proxy.url);
  project.provide("stripeUrl", stripe.url);
  project.provide("qdrant", { url: qdrant.url, apiKey: qdrantKey });
  project.provide("clerk", clerk);
  project.provide("sites", { home: home.url, away: away.url });
  return async () => {
    await Promise.all([proxy.close(), model.close(), stripe.close(), qdrant.close()]);
    await Promise.all([home.close(), away.close(), databases.close()]);
  };
}
