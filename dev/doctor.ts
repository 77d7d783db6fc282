import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { clerk } from "./doctor/clerk.ts";
import { cloudflare } from "./doctor/cloudflare.ts";
import { configuration } from "./doctor/configuration.ts";
import { database } from "./doctor/database.ts";
import type { Check, Variables } from "./doctor/finding.ts";
import { models } from "./doctor/models.ts";
import { formatFindings, isHealthy } from "./doctor/report.ts";
import { stripe } from "./doctor/stripe.ts";
import { vectorStore } from "./doctor/vector-store.ts";
import { ROOT } from "./local-config.ts";
import { say, warn } from "./terminal.ts";

const HELP = `Looks at each account and credential of a deployment and says what is missing or wrong.

  npm run doctor -- [--env staging|production] [--vars FILE]

  --env    the environment of wrangler.toml whose queues, buckets and secrets are looked for
  --vars   a file of the Worker's variables, NAME=value a line; those of the environment win
  --help

Beside the Worker's variables: MIGRATION_DATABASE_URL (the tables' owner) compares migrations; CLOUDFLARE_ACCOUNT_ID and
CLOUDFLARE_API_TOKEN look at the account. It changes nothing, and asks the models for one embedding and sixteen tokens.
Exits with 1 when something is missing or wrong.`;

/** Runs every check and prints what it found. Resolves to whether all is well. */
export async function examine(variables: Variables, checks: Check[], print = say): Promise<boolean> {
  let healthy = true;
  for (const { name, run } of checks) {
    const findings = await run(variables);
    healthy &&= isHealthy(findings);
    print(formatFindings(name, findings));
  }
  return healthy;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { env: { type: "string" }, vars: { type: "string" }, help: { type: "boolean" } },
  });
  if (values.help) return say(HELP);
  const file: Variables = values.vars ? parseEnv(readFileSync(values.vars, "utf8")) : {};
  const set = Object.entries(process.env).filter(([, value]) => value);
  const variables = { ENVIRONMENT: values.env, ...file, ...Object.fromEntries(set) };
  const account = cloudflare(
    { worker: join(ROOT, "wrangler.toml"), dashboard: join(ROOT, "web/wrangler.toml") },
    values.env,
  );
  const healthy = await examine(variables, [
    configuration,
    database,
    models,
    vectorStore,
    clerk,
    stripe,
    account,
  ]);
  say(healthy ? "All is well." : "Something needs a hand: see ✗ above.");
  if (!healthy) process.exitCode = 1;
}

if (import.meta.main) {
  await main(process.argv.slice(2)).catch((error: unknown) => {
    warn(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
