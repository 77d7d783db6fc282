import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neonConfig } from "@neondatabase/serverless";
import { loadClerkKeys } from "./clerk/key-pair.ts";
import { assertPortFree, PORT_VARIABLES, type Ports, readLocalConfig } from "./local-config.ts";
import { migrate } from "./migrate.ts";
import { CHAT_MODEL, EMBEDDING_MODEL, LOCAL_PRICES } from "./model-server/models.ts";
import { startModelServer } from "./model-server/start.ts";
import { claimDataFolder } from "./postgres/data-folder.ts";
import { type LocalPostgres, startPostgres } from "./postgres/start.ts";
import { seedDemoTenant } from "./seed/demo-tenant.ts";
import { clerkVariables, startStripe } from "./stack/accounts.ts";
import { buildDashboard, startBuiltDashboard } from "./stack/built-dashboard.ts";
import { startDashboard } from "./stack/dashboard.ts";
import { startSchedule, wakeJobs } from "./stack/schedule.ts";
import { startWorker } from "./stack/worker.ts";
import { buildStaticAssets } from "./static-assets.ts";

export type StackOptions = {
  /** Where data lives between runs; null keeps it in memory and in a temporary folder. Default `.data`. */
  dataDir?: string | null;
  /** Deletes what earlier runs left in `dataDir`. Default false. */
  fresh?: boolean;
  /** `"free"` takes free ones; by default those of the environment */
  ports?: Ports | "free";
  /** Whether to start the dashboard, by default under Vite; `"built"` builds it and serves it as Pages does. */
  web?: boolean | "built";
  verbose?: boolean;
  /** A database to use instead of the embedded one; the stack closes it */
  postgres?: LocalPostgres;
  /** Variables of the Worker over those of `.dev.vars` and the environment */
  variables?: Record<string, string>;
  /** Where the inspector of the Worker's V8 listens. Default: a free port. */
  inspectorPort?: number;
};

export type Stack = {
  apiUrl: string;
  /** Null when there is no dashboard or it wasn't asked for */
  webUrl: string | null;
  /** Ends in `/v1`; null when the variables point elsewhere */
  modelUrl: string | null;
  /** Null when the variables hold a key of the real Stripe */
  stripeUrl: string | null;
  postgres: LocalPostgres;
  /** Process of wrangler, whose children are workerd */
  workerPid: number;
  /** How many migrations were applied at this start */
  migrated: number;
  /** Resolves, with the reason, if a part of the stack ends by itself */
  broken: Promise<string>;
  close(): Promise<void>;
};

/**
 * Starts everything `npm run dev` needs and waits until the API answers: Postgres, migrations, the model server
 * (unless `OPENAI_API_KEY` or `OPENAI_BASE_URL` is set), Stripe's stand-in (unless `STRIPE_SECRET_KEY` is), static
 * files, the Worker, its schedule, the dashboard.
 *
 * @throws Error with a sentence for the reader when a part can't start; what had started is stopped
 */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const config = readLocalConfig();
  const ports = await choosePorts(options.ports ?? config.ports, options.web !== false);
  const dataDir = options.dataDir === undefined ? config.dataDir : options.dataDir;
  const stateDir = dataDir ?? mkdtempSync(join(tmpdir(), "ancre-"));
  mkdirSync(stateDir, { recursive: true });
  if (options.fresh) await clearData(stateDir);

  // Beside the rest, of which most is waiting. Its failure is told where it is waited for.
  const built = options.web === "built" ? buildDashboard() : null;
  built?.catch(() => {});

  const closers: (() => unknown)[] = [() => rmSync(join(stateDir, "worker.env"), { force: true })];
  if (dataDir === null) closers.push(() => rmSync(stateDir, { recursive: true, force: true }));
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };

  try {
    const postgres =
      options.postgres ??
      (await startPostgres({ dataDir: dataDir && join(dataDir, "postgres"), port: ports.postgres }));
    closers.push(postgres.close);
    neonConfig.fetchEndpoint = postgres.fetchEndpoint;
    const owner = postgres.url("postgres");
    const migrated = await migrate(owner, postgres.fetchEndpoint);
    await seedDemoTenant(owner);
    await wakeJobs(owner);
    await buildStaticAssets();

    const variables = { ...config.variables, ...options.variables };
    const model = usesLocalModel(variables) ? await startModelServer({ port: ports.model }) : null;
    if (model) closers.push(model.close);

    const apiUrl = `http://127.0.0.1:${ports.api}`;
    const clerk = await loadClerkKeys(dataDir && join(dataDir, "clerk"));
    const webUrl = `http://127.0.0.1:${ports.web}`;
    const stripe = variables.STRIPE_SECRET_KEY
      ? null
      : await startStripe({
          port: ports.stripe,
          apiUrl,
          stateFile: dataDir && join(dataDir, "stripe.json"),
          variables,
        });
    if (stripe) closers.push(stripe.close);
    const worker = await startWorker({
      port: ports.api,
      stateDir,
      variables: {
        ...(Object.keys(variables).some((name) => name.startsWith("CLERK_"))
          ? {}
          : clerkVariables(clerk, webUrl)),
        ...stripe?.variables,
        DASHBOARD_URL: webUrl,
        ...modelVariables(variables, model?.url),
        DATABASE_URL: postgres.url("ancre_app"),
        NEON_FETCH_ENDPOINT: postgres.fetchEndpoint,
      },
      verbose: options.verbose === true,
      inspectorPort: options.inspectorPort ?? 0,
    });
    closers.push(worker.stop);
    const schedule = startSchedule(apiUrl);
    closers.push(schedule.stop);

    const verbose = options.verbose === true;
    await built;
    const dashboard =
      options.web === "built"
        ? startBuiltDashboard({ port: ports.web, stateDir, verbose })
        : options.web === false
          ? null
          : startDashboard({ port: ports.web, apiUrl, verbose });
    if (dashboard) closers.push(dashboard.stop);
    return {
      apiUrl,
      webUrl: dashboard && webUrl,
      modelUrl: model?.url ?? null,
      stripeUrl: stripe?.url ?? null,
      postgres,
      workerPid: worker.pid,
      migrated,
      broken: Promise.race([worker.died, ...(dashboard ? [dashboard.died] : [])]),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Deletes our own folders only: the variable that names `dataDir` may name anything. */
async function clearData(dataDir: string): Promise<void> {
  const postgres = await claimDataFolder(join(dataDir, "postgres"));
  await postgres.release();
  for (const name of ["postgres", "wrangler", "clerk", "stripe.json"])
    rmSync(join(dataDir, name), { recursive: true, force: true });
}

function usesLocalModel(variables: Record<string, string>): boolean {
  return !variables.OPENAI_API_KEY && !variables.OPENAI_BASE_URL;
}

/** The local models under their own names, so that what is stored tells which model made it. */
function modelVariables(
  variables: Record<string, string>,
  localUrl: string | undefined,
): Record<string, string> {
  // Servers such as Ollama need no key, the Worker's settings do.
  if (localUrl === undefined) return { OPENAI_API_KEY: "none", ...variables };
  return {
    ...variables,
    OPENAI_API_KEY: "local",
    OPENAI_BASE_URL: localUrl,
    EMBEDDING_MODEL,
    LLM_MODEL: CHAT_MODEL,
    MODEL_PRICES: JSON.stringify(LOCAL_PRICES),
  };
}

async function choosePorts(ports: Ports | "free", web: boolean): Promise<Ports> {
  if (ports === "free")
    return { api: await freePort(), web: await freePort(), postgres: 0, model: 0, stripe: 0 };
  await assertPortFree(ports.api, "the API", PORT_VARIABLES.api[0]);
  if (web) await assertPortFree(ports.web, "the dashboard", PORT_VARIABLES.web[0]);
  await assertPortFree(ports.postgres, "Postgres", PORT_VARIABLES.postgres[0]);
  await assertPortFree(ports.model, "the model server", PORT_VARIABLES.model[0]);
  await assertPortFree(ports.stripe, "Stripe's stand-in", PORT_VARIABLES.stripe[0]);
  return ports;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
