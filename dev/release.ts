import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { ROOT } from "./local-config.ts";
import { say, warn } from "./terminal.ts";

const HELP = `Releases what is checked out to an environment of wrangler.toml, step by step, and stops at the first that fails.

  npm run release -- --env staging|production [--dry-run]

  --dry-run   builds everything as it would be deployed, and changes nothing anywhere

Takes MIGRATION_DATABASE_URL (the tables' owner), CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN, and EMBEDDING_MODEL
with EMBEDDING_DIMENSIONS as the Worker has them. docs/deploy.md says where each comes from.`;

/** One command of a release. `needs` names the variables without which it isn't begun. */
export type Step = {
  title: string;
  command: string[];
  needs: string[];
  variables?: Record<string, string>;
};

/** The dashboard's branch at Pages: each of its environments is bound to one Worker (`web/wrangler.toml`). */
const BRANCHES: Record<string, string> = { staging: "staging", production: "main" };

/**
 * What a release does, in its order: the database first, since a migration leaves what the running Worker reads in
 * place; the Worker before the dashboard, which asks it.
 *
 * @throws Error for an environment that isn't deployed
 */
export function releaseSteps(
  environment: string,
  isDryRun: boolean,
  { MIGRATION_DATABASE_URL: ownerUrl = "" }: Record<string, string | undefined>,
): Step[] {
  const branch = BRANCHES[environment];
  if (!branch) throw new Error(`--env is one of ${Object.keys(BRANCHES).join(", ")}`);
  const account = isDryRun ? [] : ["CLOUDFLARE_ACCOUNT_ID", "CLOUDFLARE_API_TOKEN"];
  const build: Step = {
    title: "Build the dashboard",
    command: ["npm", "run", "build", "-w", "web"],
    needs: [],
  };
  const worker: Step = {
    title: "Deploy the Worker",
    command: ["npx", "wrangler", "deploy", "--env", environment],
    needs: account,
  };
  if (isDryRun) {
    return [build, { ...worker, title: "Build the Worker", command: [...worker.command, "--dry-run"] }];
  }
  return [
    build,
    {
      title: "Migrate the database",
      command: ["npm", "run", "db:migrate"],
      needs: ["MIGRATION_DATABASE_URL"],
      variables: { DATABASE_URL: ownerUrl },
    },
    worker,
    {
      title: "Deploy the dashboard",
      command: ["npx", "wrangler", "pages", "deploy", "--cwd", "web", "--branch", branch],
      needs: account,
    },
  ];
}

function run({ title, command: [program = "", ...args], needs, variables }: Step): void {
  say(`\n— ${title}`);
  const absent = needs.filter((name) => !process.env[name]);
  if (absent.length > 0) throw new Error(`${title}: set ${absent.join(", ")}`);
  const { status, error } = spawnSync(program, args, {
    cwd: ROOT,
    stdio: "inherit",
    env: { ...process.env, ...variables },
  });
  if (status !== 0)
    throw new Error(`${title}: ${error?.message ?? `ended with ${status}`}; nothing after it was done`);
}

function main(args: string[]): void {
  const { values } = parseArgs({
    args,
    options: { env: { type: "string" }, "dry-run": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const isDryRun = values["dry-run"] ?? false;
  for (const step of releaseSteps(values.env ?? "", isDryRun, process.env)) run(step);
  say(isDryRun ? "\nEverything builds." : "\nReleased. `npm run doctor` looks at what is there now.");
}

if (import.meta.main) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    warn(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
