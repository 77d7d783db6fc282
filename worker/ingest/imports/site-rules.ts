import type { TenantContext } from "../../context.ts";
import { type Admit, FetchFailure, type RobotRules } from "../../ports/web.ts";
import type { ImportOptions, ImportRow } from "../../services/imports/import.ts";

/** What may be fetched for a site's import, by its own choice and by what each site's robots.txt says. */
export type SiteRules = {
  /** Throws `FetchFailure`: "off_site", "robots_disallowed", or "unreachable" when a site doesn't tell its rules. */
  admit: Admit;
  /** Whole seconds that the site asks to leave between two requests; 0 where it doesn't tell. */
  crawlDelay(address: string): Promise<number>;
};

/** Rules for one slice of work; each robots.txt is read once in it. */
export function siteRules(ctx: TenantContext, row: ImportRow): SiteRules {
  const home = new URL(row.source).origin;
  const { other_origins: anywhere = false } = row.options as ImportOptions;
  const known = new Map<string, Promise<RobotRules>>();
  const rulesOf = (address: URL) => {
    const rules = known.get(address.origin) ?? ctx.web.fetchRobots(address.href);
    known.set(address.origin, rules);
    return rules;
  };
  return {
    async admit(address) {
      if (!anywhere && address.origin !== home) {
        throw new FetchFailure("off_site", `${address.origin} is not ${home}`);
      }
      if (!(await rulesOf(address)).allows(address.href)) {
        throw new FetchFailure("robots_disallowed", "robots.txt disallows it");
      }
    },
    async crawlDelay(address) {
      if (!URL.canParse(address)) return 0;
      const rules = await rulesOf(new URL(address)).catch(() => null);
      return Math.ceil(rules?.crawlDelaySeconds ?? 0);
    },
  };
}
