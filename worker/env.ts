import type { Fetcher, Queue, R2Bucket, RateLimit, Vectorize } from "@cloudflare/workers-types";
import * as z from "zod";
import type { ImportMessage } from "./ingest/imports/message.ts";
import type { IngestMessage } from "./ingest/message.ts";
import type { RunningAnswers } from "./services/chat/turns/running-answer.ts";

const url = z.url({ protocol: /^https?$/ });
const text = z.string().trim().min(1);
const list = text.transform((names) => names.split(/[\s,]+/).filter(Boolean));
const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    "must be an origin, as https://app.example",
  );
/** A secret of a few guessable characters would let anybody sign events. */
const webhookSecret = z.string().regex(/^whsec_\S{10,}$/, "must be whsec_ and what follows it");

const ModelPrices = z
  .string()
  .transform((json, issues) => {
    try {
      return JSON.parse(json) as unknown;
    } catch {
      issues.addIssue({ code: "custom", message: "is no JSON" });
      return z.NEVER;
    }
  })
  .pipe(
    z.record(text, z.object({ input: z.number().min(0), output: z.number().min(0), since: z.iso.date() })),
  );

const Variables = z.object({
  ENVIRONMENT: z.enum(["development", "staging", "production"]),
  DATABASE_URL: z.string().startsWith("postgres"),
  /** Only with the local database: where its Neon-compatible endpoint listens. */
  NEON_FETCH_ENDPOINT: url.optional(),
  DEV_AUTH_BYPASS: z.enum(["true", "false"]).default("false"),
  VECTOR_STORE: z.enum(["pgvector", "vectorize", "qdrant"]).default("pgvector"),
  QDRANT_URL: url.optional(),
  QDRANT_API_KEY: text.optional(),
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: url.optional(),
  EMBEDDING_MODEL: text.default("text-embedding-3-small"),
  EMBEDDING_DIMENSIONS: z.coerce.number().int().min(64).max(4096).default(1536),
  LLM_MODEL: text.default("gpt-4o-mini"),
  /** Documents of one tenant that are worked on at once; `max_concurrency` in `wrangler.toml` bounds all of them together. */
  INGEST_SLOTS_PER_TENANT: z.coerce.number().int().min(1).max(250).default(4),
  /** Prices of models that the table in the code doesn't know, or knows otherwise, as JSON. */
  MODEL_PRICES: ModelPrices.default({}),
  CLERK_SECRET_KEY: text.optional(),
  CLERK_PUBLISHABLE_KEY: text.startsWith("pk_").optional(),
  /** The public key that session tokens are verified with, in PEM; `\n` may stand for its line ends. */
  CLERK_JWT_KEY: text.transform((pem) => pem.replaceAll("\\n", "\n")).optional(),
  /** Origins whose session tokens are accepted, separated by commas. */
  CLERK_AUTHORIZED_PARTIES: list.pipe(z.array(origin)).optional(),
  CLERK_WEBHOOK_SECRET: webhookSecret.optional(),
  STRIPE_SECRET_KEY: text.optional(),
  STRIPE_WEBHOOK_SECRET: webhookSecret.optional(),
  /** Prices of Pro, separated by commas: the first is sold, the others are honoured as long as somebody pays them. */
  STRIPE_PRICE_PRO: list.pipe(z.array(text).min(1)).optional(),
  /** Only with the local stand-in: where it listens. */
  STRIPE_API_URL: url.optional(),
  /** A DNS-over-HTTPS endpoint that answers JSON: who an address leads to is asked before it is fetched. */
  DNS_RESOLVER_URL: url.default("https://cloudflare-dns.com/dns-query"),
  /** Hosts that are never imported from, with all below them: those this deployment is reached under. */
  OWN_HOSTS: list.default([]),
  /** Only for development: `host:port` that may be imported from although they are private. */
  DEV_IMPORT_HOSTS: list.default([]),
  /** Where people come back to from the payment pages: the dashboard. */
  DASHBOARD_URL: url.optional(),
});

type Parsed = z.infer<typeof Variables>;

const CLERK = [
  "CLERK_SECRET_KEY",
  "CLERK_PUBLISHABLE_KEY",
  "CLERK_JWT_KEY",
  "CLERK_AUTHORIZED_PARTIES",
  "CLERK_WEBHOOK_SECRET",
] as const;
const STRIPE = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_PRO"] as const;
const BILLING = [...STRIPE, "DASHBOARD_URL"] as const;

/** What the platform hands to the Worker besides variables. */
export type Bindings = {
  FILES: R2Bucket;
  INGEST_QUEUE: Queue<IngestMessage>;
  IMPORT_QUEUE: Queue<ImportMessage>;
  ASSETS: Fetcher;
  /** One object per running answer that its client may come back to. */
  ANSWERS: RunningAnswers;
  API_RATE_LIMIT: RateLimit;
  MODEL_RATE_LIMIT: RateLimit;
  /** Only with VECTOR_STORE=vectorize. */
  VECTORS?: Vectorize;
};

export type Env = Readonly<Parsed> & Readonly<Bindings>;

const QUEUE = /^ancre-(ingest|import|ingest-dead)(?:-staging)?$/;

/**
 * Which queue a batch comes from, by its name in any of `wrangler.toml`'s environments.
 *
 * @throws ConfigurationError for a queue that the Worker doesn't know
 */
export function queueOf(name: string): "ingest" | "import" | "ingest-dead" {
  const [, queue] = QUEUE.exec(name) ?? [];
  if (!queue)
    throw new ConfigurationError(`Ancre can't read the queue ${name}: it is none of ${QUEUE.source}`);
  return queue as "ingest" | "import" | "ingest-dead";
}

/** Thrown when the configuration is missing something or contradicts itself; `message` names what. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const BINDINGS = [
  "FILES",
  "INGEST_QUEUE",
  "IMPORT_QUEUE",
  "ASSETS",
  "ANSWERS",
  "API_RATE_LIMIT",
  "MODEL_RATE_LIMIT",
] as const;

/** Parses what the platform gives. Throws `ConfigurationError` with every fault named in one message. */
export function parseEnv(raw: Record<string, unknown>): Env {
  const variables = Variables.safeParse(raw);
  const faults = variables.success
    ? contradictions(variables.data)
    : variables.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  faults.push(...BINDINGS.filter((name) => !raw[name]).map((name) => `${name}: binding is missing`));
  if (variables.data?.VECTOR_STORE === "vectorize" && !raw.VECTORS) {
    faults.push("VECTORS: binding is missing; VECTOR_STORE=vectorize needs it");
  }
  if (!variables.success || faults.length > 0) {
    throw new ConfigurationError(`Ancre can't start: ${faults.join("; ")}`);
  }
  const { FILES, INGEST_QUEUE, IMPORT_QUEUE, ASSETS, ANSWERS, API_RATE_LIMIT, MODEL_RATE_LIMIT, VECTORS } =
    raw as Bindings;
  return Object.freeze({
    ...variables.data,
    FILES,
    INGEST_QUEUE,
    IMPORT_QUEUE,
    ASSETS,
    ANSWERS,
    API_RATE_LIMIT,
    MODEL_RATE_LIMIT,
    ...(VECTORS ? { VECTORS } : {}),
  });
}

/** What is well-formed one by one and wrong together. */
function contradictions(env: Parsed): string[] {
  const faults: string[] = [];
  const local = env.ENVIRONMENT === "development";
  if (env.DEV_AUTH_BYPASS === "true" && !local) {
    faults.push("DEV_AUTH_BYPASS: signs everybody in, so it is refused unless ENVIRONMENT=development");
  }
  if (env.STRIPE_API_URL && !local) {
    faults.push(
      "STRIPE_API_URL: points payments at a stand-in, so it is refused unless ENVIRONMENT=development",
    );
  }
  if (env.DEV_IMPORT_HOSTS.length > 0 && !local) {
    faults.push(
      "DEV_IMPORT_HOSTS: opens private addresses to imports, so it is refused unless ENVIRONMENT=development",
    );
  }
  if (!local && !env.DNS_RESOLVER_URL.startsWith("https:")) {
    faults.push("DNS_RESOLVER_URL: isn't https, so anybody on the way could say where an address leads");
  }
  if (env.ENVIRONMENT === "production") {
    const test = (["CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY", "STRIPE_SECRET_KEY"] as const).filter(
      (name) => /^[prs]k_test_/.test(env[name] ?? ""),
    );
    if (test.length > 0)
      faults.push(`${test.join(", ")}: a test key, which would let anybody in or pay with nothing`);
    if (env.NEON_FETCH_ENDPOINT) faults.push("NEON_FETCH_ENDPOINT: is for the local database alone");
  }
  const clerk = CLERK.filter((name) => env[name] === undefined);
  if (clerk.length > 0 && (clerk.length < CLERK.length || !local)) {
    faults.push(
      `${clerk.join(", ")}: missing; people sign in with Clerk, which needs all of ${CLERK.join(", ")}`,
    );
  }
  if (env.CLERK_AUTHORIZED_PARTIES?.length === 0) {
    faults.push(
      "CLERK_AUTHORIZED_PARTIES: names no origin, and without one any application's token would do",
    );
  }
  const billing = BILLING.filter((name) => env[name] === undefined);
  if (billing.length > 0 && STRIPE.some((name) => env[name] !== undefined)) {
    faults.push(`${billing.join(", ")}: missing; billing needs all of ${BILLING.join(", ")}`);
  }
  return [...faults, ...vectorStoreFaults(env, local)];
}

/** Dimensions of a Vectorize index. */
const VECTORIZE_MAX_DIMENSIONS = 1_536;

function vectorStoreFaults(env: Parsed, local: boolean): string[] {
  const { VECTOR_STORE: store, EMBEDDING_DIMENSIONS: dimensions, QDRANT_URL: qdrant } = env;
  const faults: string[] = [];
  if (store === "vectorize" && dimensions > VECTORIZE_MAX_DIMENSIONS) {
    faults.push(
      `EMBEDDING_DIMENSIONS: ${dimensions}, of which VECTOR_STORE=vectorize holds ${VECTORIZE_MAX_DIMENSIONS} at most`,
    );
  }
  if (store === "qdrant" && !qdrant) faults.push("QDRANT_URL: missing; VECTOR_STORE=qdrant needs it");
  if (store === "qdrant" && qdrant && !local) {
    if (!env.QDRANT_API_KEY)
      faults.push("QDRANT_API_KEY: missing, so anybody could read every tenant's vectors");
    if (!qdrant.startsWith("https:"))
      faults.push("QDRANT_URL: isn't https, so vectors and the key could be read");
  }
  return faults;
}
