import type { IdentityProvider, Principal } from "../../ports/identity.ts";

/** The tenant that `npm run dev` seeds and that the dev user works in unless told otherwise. */
const DEMO_TENANT_ID = "00000000-0000-4000-8000-000000000001";

const DEV_USER: Principal = { userId: "dev_user", tenantId: null, defaultTenantId: DEMO_TENANT_ID };

/**
 * Signs everybody in as the dev user. Exists only for `ENVIRONMENT=development`, which `env.ts` checks before
 * anything is wired; checked here again because it must never be one mistake away.
 */
export function createDevIdentity(environment: string): IdentityProvider {
  if (environment !== "development") throw new Error("The dev identity exists in development only");
  return { authenticate: async () => DEV_USER };
}
