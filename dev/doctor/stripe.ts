import Stripe from "stripe";
import { type Check, type Finding, missing, ok, skipped, type Variables, wrong } from "./finding.ts";

const NAMES = ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_PRICE_PRO", "DASHBOARD_URL"];
const WEBHOOK_PATH = "/api/v1/webhooks/stripe";
const TIMEOUT_MS = 15_000;

/** Payments: that the prices can be sold and that Stripe tells of what is paid. */
export const stripe: Check = {
  name: "Stripe",
  async run(variables) {
    const absent = NAMES.filter((name) => !variables[name]);
    if (absent.length === NAMES.length) return [skipped("no payments: everybody stays on the free plan")];
    if (absent.length > 0) {
      return absent.map((name) => missing(name, "Billing needs all four (docs/deploy.md)."));
    }
    const client = connect(variables);
    const prices = (variables.STRIPE_PRICE_PRO ?? "").split(/[\s,]+/).filter(Boolean);
    return [...(await Promise.all(prices.map((id) => price(client, id)))), await webhook(client)];
  },
};

function connect({ STRIPE_SECRET_KEY: key = "", STRIPE_API_URL: url }: Variables): Stripe {
  const options = { timeout: TIMEOUT_MS, maxNetworkRetries: 0, telemetry: false };
  if (!url) return new Stripe(key, options);
  const { hostname: host, port, protocol } = new URL(url);
  return new Stripe(key, { ...options, host, port, protocol: protocol === "https:" ? "https" : "http" });
}

async function price(client: Stripe, id: string): Promise<Finding> {
  try {
    const { active, type } = await client.prices.retrieve(id);
    if (active && type === "recurring") return ok(`price ${id} can be subscribed to`);
    return wrong(
      `price ${id} is ${active ? "not recurring" : "archived"}`,
      "Name an active recurring price.",
    );
  } catch (error) {
    return refused(`price ${id}`, error);
  }
}

async function webhook(client: Stripe): Promise<Finding> {
  try {
    const { data } = await client.webhookEndpoints.list({ limit: 100 });
    const endpoint = data.find(({ url, status }) => status === "enabled" && url.endsWith(WEBHOOK_PATH));
    if (endpoint) return ok(`events go to ${endpoint.url}`);
    return missing(
      `a webhook that ends in ${WEBHOOK_PATH}`,
      "Without it nobody who pays gets what they paid for.",
    );
  } catch (error) {
    return refused("webhooks", error);
  }
}

function refused(what: string, error: unknown): Finding {
  if (error instanceof Stripe.errors.StripeAuthenticationError) {
    return wrong("STRIPE_SECRET_KEY is refused", "Copy the key of the account and mode again.");
  }
  const said = error instanceof Error ? error.message : String(error);
  return wrong(`${what}: ${said}`, "The key needs to read prices and webhook endpoints.");
}
