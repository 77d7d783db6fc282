import { unstable_readConfig as readConfig } from "wrangler";
import { z } from "zod";
import type { Api } from "./cloudflare.ts";
import { type Finding, missing, ok } from "./finding.ts";

/** Without these nobody signs in: the dashboard answers nothing (docs/deploy.md). */
const SECRETS = ["CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY"];

const Deployment = z.object({ env_vars: z.record(z.string(), z.unknown()).nullish() });
const Project = z.object({
  deployment_configs: z.object({ preview: Deployment, production: Deployment }),
});

/** Whether the dashboard's Pages project exists and has its secrets; staging is its preview. */
export async function pagesProject(
  api: Api,
  configPath: string,
  environment: string | undefined,
): Promise<Finding[]> {
  const { name } = readConfig({ config: configPath });
  const answer = await api(`/pages/projects/${name}`);
  if (answer === null) {
    const command = `npx wrangler pages project create ${name} --production-branch main`;
    return [missing(`Pages project ${name}`, command)];
  }
  const { preview, production } = Project.parse(answer).deployment_configs;
  const held = (environment === "staging" ? preview : production).env_vars ?? {};
  const absent = SECRETS.filter((secret) => !held[secret]);
  const flag = environment === "staging" ? " --env preview" : "";
  return absent.length === 0
    ? [ok(`Pages project ${name} has its secrets`)]
    : absent.map((secret) =>
        missing(
          `secret ${secret} of Pages project ${name}`,
          `npx wrangler pages secret put ${secret} --project-name ${name}${flag}`,
        ),
      );
}
