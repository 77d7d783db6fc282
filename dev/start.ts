import { readLocalConfig } from "./local-config.ts";
import { seedDemoLibrary } from "./seed/demo-library.ts";
import { type Stack, startStack } from "./stack.ts";
import { say, warn } from "./terminal.ts";

const USAGE = `npm run dev [-- --fresh] [-- --verbose]

  --fresh    delete the local data first and start over
  --verbose  show everything the Worker and the dashboard print`;

const FLAGS = ["--fresh", "--verbose", "--help"];

/** `npm run dev`: starts the stack, says where it is, and stops it cleanly on Ctrl-C. */
async function main(flags: string[]): Promise<void> {
  const unknown = flags.find((flag) => !FLAGS.includes(flag));
  if (unknown || flags.includes("--help")) {
    if (unknown) throw new Error(`Unknown option ${unknown}.\n\n${USAGE}`);
    return say(USAGE);
  }
  const { dataDir, variables } = readLocalConfig();

  const asked = untilAsked();
  say("Starting Ancre…");
  const starting = startStack({ fresh: flags.includes("--fresh"), verbose: flags.includes("--verbose") });
  const stack = await Promise.race([starting, asked]);
  if (stack === undefined) {
    await starting.then((late) => late.close()).catch(() => {});
    return;
  }
  await seedDemoLibrary(stack.apiUrl);
  summarise(stack, dataDir, variables);
  const reason = await Promise.race([stack.broken, asked]);
  if (reason === undefined) say("\nStopping…");
  await stack.close();
  if (reason !== undefined) throw new Error(reason);
}

function summarise(stack: Stack, dataDir: string, variables: Record<string, string>): void {
  const model = stack.modelUrl
    ? `${stack.modelUrl}  (local, quotes only: no OPENAI_API_KEY is set)`
    : (variables.OPENAI_BASE_URL ?? "OpenAI");
  say();
  if (stack.webUrl) say(`  Dashboard   ${stack.webUrl}`);
  say(`  API         ${stack.apiUrl}`);
  say(`  API docs    ${stack.apiUrl}/docs`);
  say(`  Models      ${model}`);
  say(`  Payments    ${stack.stripeUrl ? `${stack.stripeUrl}  (test mode: no card, no money)` : "Stripe"}`);
  say(
    `  Postgres    ${stack.postgres.fetchEndpoint}  (Neon's HTTP protocol; ${stack.migrated} new migrations)`,
  );
  say(`  Data        ${dataDir}`);
  say();
  say("  `npm run -s token -- --user alice --org acme --role admin` signs somebody else in.");
  say("  Ctrl-C stops everything; the data stays. `npm run dev -- --fresh` starts over.");
}

/** Resolves at the first Ctrl-C or SIGTERM; the second one ends the process at once. */
function untilAsked(): Promise<undefined> {
  return new Promise((resolve) => {
    let times = 0;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        times++;
        if (times > 1) process.exit(130);
        resolve(undefined);
      });
    }
  });
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    warn(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
