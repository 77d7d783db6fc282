import { randomBytes } from "node:crypto";
import type { ClerkKeys } from "../clerk/keys.ts";
import { type StripeServer, startStripeServer } from "../stripe/start.ts";

const SECRET_KEY = "sk_test_ancre_local";
const PRICE = { id: "price_ancre_pro_monthly", unitAmount: 4_900, currency: "eur" };

/** The Worker's variables for sessions signed by `npm run token`. */
export function clerkVariables(keys: ClerkKeys, webUrl: string): Record<string, string> {
  return {
    CLERK_SECRET_KEY: keys.secretKey,
    CLERK_PUBLISHABLE_KEY: keys.publishableKey,
    // One line: the file of variables knows no others.
    CLERK_JWT_KEY: keys.jwtKey.trim().replaceAll("\n", "\\n"),
    CLERK_AUTHORIZED_PARTIES: webUrl,
    CLERK_WEBHOOK_SECRET: keys.webhookSecret,
  };
}

/** Starts Stripe's stand-in; its subscriptions live beside the database, whose plans they are. */
export async function startStripe(options: {
  port: number;
  apiUrl: string;
  stateFile: string | null;
  /** Those of `.dev.vars`: a webhook secret or price given there without a key is the stand-in's */
  variables: Record<string, string>;
}): Promise<StripeServer & { variables: Record<string, string> }> {
  const { STRIPE_WEBHOOK_SECRET, STRIPE_PRICE_PRO = PRICE.id } = options.variables;
  const secret = STRIPE_WEBHOOK_SECRET ?? `whsec_${randomBytes(24).toString("base64url")}`;
  const server = await startStripeServer({
    port: options.port,
    stateFile: options.stateFile,
    webhook: { url: `${options.apiUrl}/api/v1/webhooks/stripe`, secret },
    secretKey: SECRET_KEY,
    price: { ...PRICE, id: STRIPE_PRICE_PRO.split(/[\s,]+/)[0] ?? PRICE.id },
  });
  return {
    ...server,
    variables: {
      STRIPE_SECRET_KEY: SECRET_KEY,
      STRIPE_WEBHOOK_SECRET: secret,
      STRIPE_PRICE_PRO,
      STRIPE_API_URL: server.url,
    },
  };
}
