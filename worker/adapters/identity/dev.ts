import type { IdentityProvider, Person } from "../../ports/identity.ts";

/** The tenant that `npm run dev` seeds and that the dev user works in unless told otherwise. */
const DEMO_TENANT_ID = "00000000-0000-4000-8000-000000000001";

const DEV_USER: Omit<Person, "issuedAt"> = {
  userId: "dev_user",
  organization: null,
  defaultTenantId: DEMO_TENANT_ID,
};

/**
 * Signs whoever carries no credential in as the dev user; a credential, right or wrong, is for others to judge.
 * Exists only for `ENVIRONMENT=development`, which `env.ts` checks before anything is wired; checked here again
 * because it must never be one mistake away.
 */
export function createDevIdentity(environment: string): IdentityProvider {
  if (environment !== "development") throw new Error("The dev identity exists in development only");
  return {
    authenticate: async (request) =>
      request.headers.has("Authorization") ? null : { ...DEV_USER, issuedAt: new Date() },
  };
}
