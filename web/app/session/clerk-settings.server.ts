import type { AppLoadContext } from "@remix-run/cloudflare";

export type ClerkSettings = {
  publishableKey: string;
  secretKey: string;
  /** With the instance's public key sessions are verified without a request. */
  jwtKey: string | null;
  /** Where Clerk serves its script and its own API. */
  origin: string;
};

type Variables = Partial<Record<"CLERK_PUBLISHABLE_KEY" | "CLERK_SECRET_KEY" | "CLERK_JWT_KEY", string>>;

/** The settings of a deployment where people sign in; null without keys, as in development. Throws for half of them. */
export function clerkSettings(context: AppLoadContext | undefined): ClerkSettings | null {
  const { env = {} } = (context?.cloudflare ?? {}) as { env?: Variables };
  const { CLERK_PUBLISHABLE_KEY: publishableKey, CLERK_SECRET_KEY: secretKey, CLERK_JWT_KEY: jwtKey } = env;
  if (!publishableKey && !secretKey) return null;
  if (!publishableKey || !secretKey) {
    throw new Error("CLERK_PUBLISHABLE_KEY and CLERK_SECRET_KEY go together: one of them is missing.");
  }
  return {
    publishableKey,
    secretKey,
    jwtKey: jwtKey?.replaceAll("\\n", "\n") || null,
    origin: originOf(publishableKey),
  };
}

/** A publishable key is `pk_live_` or `pk_test_` and the host in base64 with a `$` after it. */
function originOf(publishableKey: string): string {
  const [, encoded] = /^pk_(?:live|test)_(.+)$/.exec(publishableKey) ?? [];
  const host = encoded && decoded(encoded);
  if (!host || !/^[a-z0-9.-]+\$$/i.test(host))
    throw new Error("CLERK_PUBLISHABLE_KEY isn't a publishable key.");
  return `https://${host.slice(0, -1)}`;
}

function decoded(text: string): string | null {
  try {
    return atob(text);
  } catch {
    return null;
  }
}
