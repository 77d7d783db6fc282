import { createPublicKey } from "node:crypto";
import { z } from "zod";
import { ask, type Check, type Finding, missing, ok, outcomeOf, type Variables, wrong } from "./finding.ts";

const NAMES = [
  "CLERK_SECRET_KEY",
  "CLERK_PUBLISHABLE_KEY",
  "CLERK_JWT_KEY",
  "CLERK_AUTHORIZED_PARTIES",
  "CLERK_WEBHOOK_SECRET",
];
const SIGNING_KEYS = z.object({ keys: z.array(z.looseObject({ n: z.string().optional() })) });

/** The people's directory: that all keys are there, and that they are of one and the same instance. */
export const clerk: Check = {
  name: "Clerk",
  async run(variables) {
    const absent = NAMES.filter((name) => !variables[name]);
    if (absent.length > 0) {
      return absent.map((name) =>
        missing(name, "Clerk's dashboard, API keys and Webhooks (docs/deploy.md)."),
      );
    }
    return instanceOf(variables);
  },
};

async function instanceOf(variables: Variables): Promise<Finding[]> {
  const mine = modulus(variables.CLERK_JWT_KEY ?? "");
  if (!mine) return [wrong("CLERK_JWT_KEY is no public key in PEM", "Copy Clerk's JWKS public key whole.")];
  const api = variables.CLERK_API_URL || "https://api.clerk.com";
  const answer = await ask(new URL("/v1/jwks", api).href, {
    headers: { Authorization: `Bearer ${variables.CLERK_SECRET_KEY}` },
  });
  if (typeof answer === "string" || !answer.ok) {
    return [
      wrong(`CLERK_SECRET_KEY: Clerk ${outcomeOf(answer)}`, "Copy the secret key of the instance again."),
    ];
  }
  const { data } = SIGNING_KEYS.safeParse(await answer.json());
  if (!data) return [wrong("Clerk's answer has no signing keys", "Check CLERK_API_URL.")];
  return [
    ok("CLERK_SECRET_KEY is accepted"),
    data.keys.some(({ n }) => n === mine)
      ? ok("CLERK_JWT_KEY signs this instance's sessions")
      : wrong(
          "CLERK_JWT_KEY is of another instance, so every session would be refused",
          "Copy the JWKS public key of the instance whose secret key this is.",
        ),
  ];
}

/** What tells one RSA key from another; null for what is no public key. */
function modulus(pem: string): string | null {
  try {
    return createPublicKey(pem.replaceAll("\\n", "\n")).export({ format: "jwk" }).n ?? null;
  } catch {
    return null;
  }
}
