import { unstable_readConfig as readConfig } from "wrangler";
import { z } from "zod";
import {
  ask,
  type Check,
  type Finding,
  missing,
  ok,
  outcomeOf,
  skipped,
  type Variables,
  wrong,
} from "./finding.ts";
import { pagesProject } from "./pages-project.ts";

/** What of `wrangler.toml` names things of the account. */
const Deployment = z.object({
  name: z.string(),
  vars: z.record(z.string(), z.unknown()),
  r2_buckets: z.array(z.object({ bucket_name: z.string() })),
  queues: z.object({
    producers: z.array(z.object({ queue: z.string() })).default([]),
    consumers: z.array(z.object({ dead_letter_queue: z.string().optional() })).default([]),
  }),
  vectorize: z.array(z.object({ index_name: z.string() })),
});
type Deployment = z.infer<typeof Deployment>;
/** Asks Cloudflare's API for something of the account: its `result`, or null when it isn't there. */
export type Api = (path: string) => Promise<unknown>;

/** Secrets that no deployment goes without; the others are asked for where their part is set up. */
const SECRETS = [
  "DATABASE_URL",
  "OPENAI_API_KEY",
  "CLERK_SECRET_KEY",
  "CLERK_PUBLISHABLE_KEY",
  "CLERK_JWT_KEY",
  "CLERK_AUTHORIZED_PARTIES",
  "CLERK_WEBHOOK_SECRET",
];
const OPTIONAL_SECRETS = [
  "QDRANT_URL",
  "QDRANT_API_KEY",
  "STRIPE_SECRET_KEY",
  "STRIPE_WEBHOOK_SECRET",
  "STRIPE_PRICE_PRO",
];

const Answer = z.object({ result: z.unknown() });
const Queues = z.array(z.object({ queue_name: z.string() }));
const Names = z.array(z.object({ name: z.string() }));
const MetadataIndexes = z.object({ metadataIndexes: z.array(z.object({ propertyName: z.string() })) });

/**
 * What of the Worker's `wrangler.toml` and the dashboard's exists in the account, and which secrets either has.
 *
 * @param paths of both files
 */
export function cloudflare(
  paths: { worker: string; dashboard: string },
  environment: string | undefined,
): Check {
  return {
    name: "Cloudflare",
    async run(variables) {
      const { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_API_TOKEN: token } = variables;
      if (!account || !token) {
        return [skipped("set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN to look at the account")];
      }
      const config = Deployment.parse(readConfig({ config: paths.worker, env: environment }));
      const base = variables.CLOUDFLARE_API_URL || "https://api.cloudflare.com/client/v4";
      const api = openApi(`${base}/accounts/${account}`, token);
      const looks = [
        buckets(api, config),
        queues(api, config),
        indexes(api, config),
        secrets(api, config, variables, environment),
        pagesProject(api, paths.dashboard, environment),
      ];
      try {
        return (await Promise.all(looks)).flat();
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        return [wrong(said, "The token reads R2, Queues, Vectorize, Workers and Pages of this account.")];
      }
    },
  };
}

function openApi(base: string, token: string): Api {
  return async (path) => {
    const answer = await ask(`${base}${path}`, { headers: { Authorization: `Bearer ${token}` } });
    if (typeof answer !== "string" && answer.status === 404) return null;
    if (typeof answer === "string" || !answer.ok) throw new Error(`Cloudflare ${outcomeOf(answer)}: ${path}`);
    return Answer.parse(await answer.json()).result;
  };
}

function buckets(api: Api, { r2_buckets }: Deployment): Promise<Finding[]> {
  return Promise.all(
    r2_buckets.map(async ({ bucket_name: name }) =>
      (await api(`/r2/buckets/${name}`))
        ? ok(`bucket ${name}`)
        : missing(`bucket ${name}`, `npx wrangler r2 bucket create ${name}`),
    ),
  );
}

async function queues(api: Api, { queues: wanted }: Deployment): Promise<Finding[]> {
  const found = new Set(Queues.parse((await api("/queues")) ?? []).map(({ queue_name }) => queue_name));
  const dead = wanted.consumers.flatMap(({ dead_letter_queue }) => dead_letter_queue ?? []);
  const names = new Set([...wanted.producers.map(({ queue }) => queue), ...dead]);
  return [...names].map((name) =>
    found.has(name) ? ok(`queue ${name}`) : missing(`queue ${name}`, `npx wrangler queues create ${name}`),
  );
}

/** A vector that was written before its metadata index is never found by it. */
async function indexes(api: Api, { vectorize }: Deployment): Promise<Finding[]> {
  const findings = await Promise.all(
    vectorize.map(async ({ index_name: name }) => {
      const path = `/vectorize/v2/indexes/${name}`;
      if (!(await api(path))) {
        return [missing(`Vectorize index ${name}`, "docs/vector-stores.md has the commands.")];
      }
      const { metadataIndexes } = MetadataIndexes.parse(await api(`${path}/metadata_index/list`));
      const there = new Set(metadataIndexes.map(({ propertyName }) => propertyName));
      const absent = ["collection", "model"].filter((property) => !there.has(property));
      return absent.length === 0
        ? [ok(`Vectorize index ${name}`)]
        : absent.map((property) =>
            missing(
              `metadata index "${property}" of ${name}`,
              `npx wrangler vectorize create-metadata-index ${name} --property-name=${property} --type=string`,
            ),
          );
    }),
  );
  return findings.flat();
}

async function secrets(
  api: Api,
  { name: script, vars }: Deployment,
  variables: Variables,
  environment: string | undefined,
): Promise<Finding[]> {
  const answer = await api(`/workers/scripts/${script}/secrets`);
  if (answer === null) return [missing(`Worker ${script}`, "`npx wrangler deploy` makes it.")];
  const held = new Set([...Names.parse(answer).map(({ name }) => name), ...Object.keys(vars)]);
  const wanted = [...SECRETS, ...OPTIONAL_SECRETS.filter((name) => variables[name])];
  const absent = wanted.filter((name) => !held.has(name));
  const flag = environment ? ` --env ${environment}` : "";
  return absent.length === 0
    ? [ok(`Worker ${script} has its secrets`)]
    : absent.map((name) => missing(`secret ${name} of ${script}`, `npx wrangler secret put ${name}${flag}`));
}
