import { archivesOnDemand } from "./adapters/archive/on-demand.ts";
import { createClerkIdentity } from "./adapters/clerk/identity.ts";
import { createClerkWebhook } from "./adapters/clerk/webhook.ts";
import { createDevIdentity } from "./adapters/identity/dev.ts";
import { createChatModel } from "./adapters/openai/chat-model.ts";
import { lazyOpenAI } from "./adapters/openai/client.ts";
import { createEmbeddingModel } from "./adapters/openai/embedding-model.ts";
import { parserOnDemand } from "./adapters/parsers/on-demand.ts";
import { sniffMediaType } from "./adapters/parsers/sniff-media-type.ts";
import { createStripeBilling } from "./adapters/stripe/billing.ts";
import { keepInPostgres } from "./adapters/vector/keep-in-postgres.ts";
import { createPgVectorStore } from "./adapters/vector/pgvector.ts";
import { createQdrantStores } from "./adapters/vector/qdrant.ts";
import { createVectorizeStore } from "./adapters/vector/vectorize.ts";
import { withinLimits } from "./adapters/vector/within-limits.ts";
import { webOnDemand } from "./adapters/web/on-demand.ts";
import type { Actor, Services, TenantContext } from "./context.ts";
import { type Database, openDatabase, type ScopedDatabase, tenantDatabase } from "./db/client.ts";
import type { Env } from "./env.ts";
import type { BillingProvider } from "./ports/billing.ts";
import type { DirectoryWebhook } from "./ports/directory.ts";
import type { IdentityProvider } from "./ports/identity.ts";
import type { VectorStore } from "./ports/vector-store.ts";
import { createKeyring } from "./services/api-keys/keyring.ts";
import { createDoorway } from "./services/tenants/doorway.ts";
import { createRoster } from "./services/tenants/roster.ts";
import { LIST_PRICES } from "./services/usage/prices.ts";

/** Everything outside Ancre, ready to use, and how to bind it to a tenant. */
export type Wiring = {
  env: Env;
  database: Database;
  services: Services;
  /** Asked in order; the first that recognises the request wins. */
  identities: IdentityProvider[];
  /** Recognises API keys for routes that ask in their first transaction whether they still hold. */
  keyring: ReturnType<typeof createKeyring>;
  /** A person's tenants, for the same routes. */
  roster: ReturnType<typeof createRoster>;
  /** Lets a member of an organisation into its tenant. */
  enterOrganization: ReturnType<typeof createDoorway>;
  /** Reads what the identity provider tells; null where there is none. */
  directory: DirectoryWebhook | null;
  forTenant(request: {
    tenantId: string;
    actor: Actor;
    requestId: string;
    traceparent?: string | undefined;
    background(work: Promise<unknown>): void;
  }): TenantContext;
};

/** The composition root, for fetch, queue and scheduled alike. Nothing here talks to the outside yet. */
export function wire(env: Env): Wiring {
  const database = openDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT);
  const openai = lazyOpenAI({ apiKey: env.OPENAI_API_KEY, baseURL: env.OPENAI_BASE_URL });
  const services: Services = {
    files: env.FILES,
    ingestQueue: env.INGEST_QUEUE,
    importQueue: env.IMPORT_QUEUE,
    archives: archivesOnDemand,
    web: webOnDemand({
      resolverUrl: env.DNS_RESOLVER_URL,
      ownHosts: [...env.OWN_HOSTS, ...(env.DASHBOARD_URL ? [new URL(env.DASHBOARD_URL).hostname] : [])],
      localHosts: env.DEV_IMPORT_HOSTS,
      fetch: (input, init) => fetch(input, init),
    }),
    parser: parserOnDemand({ cmap: (name) => loadCMap(env.ASSETS, name) }),
    sniffMediaType,
    ...models(env, openai, {}),
    answers: env.ANSWERS,
    prices: { ...LIST_PRICES, ...env.MODEL_PRICES },
    billing: billing(env),
  };
  const openVectors = vectorStores(env);
  return {
    env,
    database,
    services,
    identities: identities(env),
    keyring: createKeyring(database),
    roster: createRoster(database),
    enterOrganization: createDoorway(database),
    directory: env.CLERK_WEBHOOK_SECRET
      ? createClerkWebhook({ signingSecret: env.CLERK_WEBHOOK_SECRET })
      : null,
    forTenant({ tenantId, traceparent, ...request }) {
      const db = tenantDatabase(database, tenantId);
      const headers: Record<string, string> = traceparent ? { traceparent } : {};
      return {
        ...services,
        ...models(env, openai, headers),
        ...request,
        traceparent,
        tenantId,
        db,
        vectors: openVectors(db, tenantId, headers),
      };
    },
  };
}

/** `headers`: sent with every call. */
function models(env: Env, openai: ReturnType<typeof lazyOpenAI>, headers: Record<string, string>) {
  const { EMBEDDING_MODEL: model, EMBEDDING_DIMENSIONS: dimensions, LLM_MODEL } = env;
  return {
    embeddings: createEmbeddingModel(openai, { model, dimensions, headers }),
    chat: createChatModel(openai, { model: LLM_MODEL, headers }),
  };
}

/** Clerk first: the dev identity takes whoever is left without a credential. */
function identities(env: Env): IdentityProvider[] {
  const {
    CLERK_SECRET_KEY: secretKey,
    CLERK_PUBLISHABLE_KEY: publishableKey,
    CLERK_JWT_KEY: jwtKey,
    CLERK_AUTHORIZED_PARTIES: authorizedParties,
  } = env;
  const found: IdentityProvider[] = [];
  if (secretKey && publishableKey && jwtKey && authorizedParties) {
    found.push(createClerkIdentity({ secretKey, publishableKey, jwtKey, authorizedParties }));
  }
  if (env.DEV_AUTH_BYPASS === "true") found.push(createDevIdentity(env.ENVIRONMENT));
  return found;
}

function billing(env: Env): BillingProvider | null {
  const {
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_PRICE_PRO: priceIds,
    DASHBOARD_URL: dashboardUrl,
  } = env;
  if (!secretKey || !webhookSecret || !priceIds || !dashboardUrl) return null;
  return createStripeBilling({
    secretKey,
    webhookSecret,
    priceIds,
    dashboardUrl,
    apiUrl: env.STRIPE_API_URL,
  });
}

/** What binds the deployment's vector store to a tenant. Vectors of an external one are kept in Postgres too. */
function vectorStores(
  env: Env,
): (db: ScopedDatabase, tenantId: string, headers: Record<string, string>) => VectorStore {
  const dimensions = env.EMBEDDING_DIMENSIONS;
  const model = `${env.EMBEDDING_MODEL}@${dimensions}`;
  const external = externalStores(env, model);
  return (db, tenantId, headers) => {
    const kept = createPgVectorStore(db, tenantId, model);
    return withinLimits(external ? keepInPostgres(kept, external(tenantId, headers)) : kept, dimensions);
  };
}

/** Null where Postgres is the store. `env.ts` has seen to it that the chosen one's settings are there. */
function externalStores(
  env: Env,
  model: string,
): ((tenantId: string, headers: Record<string, string>) => VectorStore) | null {
  const { VECTOR_STORE: store, VECTORS: index, QDRANT_URL: url, QDRANT_API_KEY: apiKey } = env;
  if (store === "vectorize" && index) return (tenantId) => createVectorizeStore(index, { tenantId, model });
  if (store === "qdrant" && url) {
    return createQdrantStores({ url, apiKey, model, dimensions: env.EMBEDDING_DIMENSIONS });
  }
  if (store === "pgvector") return null;
  throw new Error(`VECTOR_STORE=${store} is without its settings`);
}

/** PDF.js's character maps for fonts that don't embed theirs, shipped as static assets of this Worker. */
async function loadCMap(assets: Fetcher, name: string): Promise<Uint8Array> {
  const response = await assets.fetch(`https://assets.local/_static/cmaps/${encodeURIComponent(name)}`);
  if (!response.ok) throw new Error(`No character map ${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
