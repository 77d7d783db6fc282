import { z } from "zod";
import type { IngestMessage } from "./ingest/message.ts";

const url = z.url({ protocol: /^https?$/ });

const Variables = z
  .object({
    ENVIRONMENT: z.enum(["development", "staging", "production"]),
    DATABASE_URL: z.string().startsWith("postgres"),
    /** Only with the local database: where its Neon-compatible endpoint listens. */
    NEON_FETCH_ENDPOINT: url.optional(),
    DEV_AUTH_BYPASS: z.enum(["true", "false"]).default("false"),
    VECTOR_STORE: z.enum(["pgvector"]).default("pgvector"),
    OPENAI_API_KEY: z.string().min(1),
    OPENAI_BASE_URL: url.optional(),
    EMBEDDING_MODEL: z.string().min(1).default("text-embedding-3-small"),
    EMBEDDING_DIMENSIONS: z.coerce.number().int().min(64).max(4096).default(1536),
    LLM_MODEL: z.string().min(1).default("gpt-4o-mini"),
  })
  .refine((env) => env.DEV_AUTH_BYPASS === "false" || env.ENVIRONMENT === "development", {
    path: ["DEV_AUTH_BYPASS"],
    message: "signs everybody in, so it is refused unless ENVIRONMENT=development",
  });

/** What the platform hands to the Worker besides variables. */
export type Bindings = {
  FILES: R2Bucket;
  INGEST_QUEUE: Queue<IngestMessage>;
  ASSETS: Fetcher;
};

export type Env = Readonly<z.infer<typeof Variables>> & Readonly<Bindings>;

/** The names of the queues as `wrangler.toml` spells them; their consumers are told apart by name. */
export const DEAD_LETTER_QUEUE = "ancre-ingest-dead";

/** Thrown when the configuration is missing something or contradicts itself; `message` names what. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const BINDINGS = ["FILES", "INGEST_QUEUE", "ASSETS"] as const;

/** Parses what the platform gives. Throws `ConfigurationError` with every fault named in one message. */
export function parseEnv(raw: Record<string, unknown>): Env {
  const variables = Variables.safeParse(raw);
  const faults = variables.success
    ? []
    : variables.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  faults.push(...BINDINGS.filter((name) => !raw[name]).map((name) => `${name}: binding is missing`));
  if (!variables.success || faults.length > 0) {
    throw new ConfigurationError(`Ancre can't start: ${faults.join("; ")}`);
  }
  const { FILES, INGEST_QUEUE, ASSETS } = raw as Bindings;
  return Object.freeze({ ...variables.data, FILES, INGEST_QUEUE, ASSETS });
}
