import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";

export const ROOT = join(import.meta.dirname, "..");

export type Ports = { api: number; web: number; postgres: number; model: number; stripe: number };

export type LocalConfig = {
  ports: Ports;
  /** Where data lives between runs; the only folder that `--fresh` deletes. */
  dataDir: string;
  /** The Worker's variables, without those that the local stack decides (`DATABASE_URL`…). */
  variables: Record<string, string>;
};

/** The environment variable that moves each port, and its default. */
export const PORT_VARIABLES = {
  api: ["ANCRE_API_PORT", 8787],
  web: ["ANCRE_WEB_PORT", 5173],
  postgres: ["ANCRE_POSTGRES_PORT", 54329],
  model: ["ANCRE_MODEL_PORT", 54330],
  stripe: ["ANCRE_STRIPE_PORT", 54331],
} as const satisfies Record<keyof Ports, readonly [string, number]>;

// DATABASE_URL is left out: many shells export one for another project, and locally the database is embedded.
const VARIABLES = [
  "ENVIRONMENT",
  "DEV_AUTH_BYPASS",
  "VECTOR_STORE",
  "QDRANT_URL",
  "QDRANT_API_KEY",
  "OPENAI_API_KEY",
  "OPENAI_BASE_URL",
  "EMBEDDING_MODEL",
  "EMBEDDING_DIMENSIONS",
  "LLM_MODEL",
  "MODEL_PRICES",
  "CLERK_SECRET_KEY",
  "CLERK_PUBLISHABLE_KEY",
  "CLERK_JWT_KEY",
  "CLERK_AUTHORIZED_PARTIES",
  "CLERK_WEBHOOK_SECRET",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "STRIPE_PRICE_PRO",
  "DNS_RESOLVER_URL",
  "OWN_HOSTS",
  "DEV_IMPORT_HOSTS",
];

type Environment = Record<string, string | undefined>;

/**
 * Reads ports and folder from the environment, and the Worker's variables from `.dev.vars` (else
 * `.dev.vars.example`) under those of the environment. An empty value counts as unset.
 *
 * @throws Error for a port that isn't one
 */
export function readLocalConfig(environment: Environment = process.env, root: string = ROOT): LocalConfig {
  const ports = Object.fromEntries(
    Object.entries(PORT_VARIABLES).map(([name, [variable, fallback]]) => [
      name,
      readPort(variable, environment[variable], fallback),
    ]),
  ) as Ports;
  const file = { ...readVariablesFile(root) };
  const chosen = VARIABLES.flatMap((name) => {
    const value = environment[name] || file[name];
    return value ? [[name, value] as const] : [];
  });
  return {
    ports,
    dataDir: resolve(root, environment.ANCRE_DATA_DIR || ".data"),
    variables: Object.fromEntries(chosen),
  };
}

/**
 * Fails with a message that names the variable to change when something already listens on `port`.
 *
 * @param name what would listen there, as the message says it
 */
export async function assertPortFree(port: number, name: string, variable: string): Promise<void> {
  const taken = await new Promise<boolean>((done, fail) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") done(true);
      else fail(error);
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(false)));
  });
  if (taken) {
    throw new Error(
      `Port ${port} for ${name} is taken. Stop what listens there, or choose another: ${variable}=${port + 1} npm run dev`,
    );
  }
}

function readPort(variable: string, value: string | undefined, fallback: number): number {
  if (!value) return fallback;
  const port = Number(value);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new Error(`${variable} must be a port from 1 to 65535, not "${value}".`);
}

function readVariablesFile(root: string): Environment {
  const path = [".dev.vars", ".dev.vars.example"].map((name) => join(root, name)).find(existsSync);
  return path ? parseEnv(readFileSync(path, "utf8")) : {};
}
