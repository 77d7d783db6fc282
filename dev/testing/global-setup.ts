import type { TestProject } from "vitest/node";
import { type ClerkKeys, createClerkKeys } from "../clerk/keys.ts";
import { migrate } from "../migrate.ts";
import { startModelServer } from "../model-server/start.ts";
import { startPostgres } from "../postgres/start.ts";
import { buildStaticAssets } from "../static-assets.ts";
import { startStripeServer } from "../stripe/start.ts";
import { startFaultProxy } from "./fault-proxy.ts";
import { STRIPE } from "./stripe-account.ts";

declare module "vitest" {
  interface ProvidedContext {
    databaseUrl: string;
    ownerDatabaseUrl: string;
    fetchEndpoint: string;
    modelUrl: string;
    stripeUrl: string;
    clerk: ClerkKeys;
  }
}

/** Starts what `npm run dev` starts, on free ports and in memory, once for all tests in workerd. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, model, stripe, clerk] = await Promise.all([
    startPostgres({ dataDir: null, port: 0 }),
    startModelServer({ port: 0 }),
    startStripeServer({
      port: 0,
      stateFile: null,
      webhook: { url: null, secret: STRIPE.webhookSecret },
      secretKey: STRIPE.secretKey,
      price: STRIPE.price,
    }),
    createClerkKeys(),
    buildStaticAssets(),
  ]);
  const proxy = await startFaultProxy(model.url);
  await migrate(postgres.url("postgres"), postgres.fetchEndpoint);
  project.provide("databaseUrl", postgres.url("ancre_app"));
  project.provide("ownerDatabaseUrl", postgres.url("postgres"));
  project.provide("fetchEndpoint", postgres.fetchEndpoint);
  project.provide("modelUrl", proxy.url);
  project.provide("stripeUrl", stripe.url);
  project.provide("clerk", clerk);
  return async () => {
    await Promise.all([proxy.close(), postgres.close(), model.close(), stripe.close()]);
  };
}
