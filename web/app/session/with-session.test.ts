import { expect, test } from "vitest";
import { createClerkKeys } from "../../../dev/clerk/keys.ts";
import { signSessionToken } from "../../../dev/clerk/session-token.ts";
import { contentSecurityPolicy } from "../security/content-security-policy.ts";
import { clerkSettings } from "./clerk-settings.server.ts";
import { withSession } from "./with-session.server.ts";

const ORIGIN = "https://app.ancre.test";
const keys = await createClerkKeys();
const env = {
  CLERK_PUBLISHABLE_KEY: `pk_live_${btoa("clerk.ancre.localhost$")}`,
  CLERK_SECRET_KEY: "sk_live_for_nobody",
  CLERK_JWT_KEY: keys.jwtKey,
};

const argsFor = (path: string, cookie = "", variables: object = env) => ({
  request: new Request(`${ORIGIN}${path}`, { headers: { Cookie: cookie, Accept: "text/html" } }),
  params: {},
  context: { cloudflare: { env: variables } },
});

/** The root's data as the page gets it. */
async function load(...given: Parameters<typeof argsFor>) {
  const answer: unknown = await withSession(argsFor(...given), { locale: "en" });
  return (answer instanceof Response ? await answer.json() : answer) as {
    locale: string;
    signIn: string | null;
    clerkState?: { __internal_clerk_state: { __clerk_ssr_state: { userId: string | null } } };
  };
}

test("without keys there is nobody to sign in, and nothing that would", async () => {
  expect(await load("/plan", "", {})).toEqual({ locale: "en", signIn: null });
  expect(() => clerkSettings({ cloudflare: { env: { CLERK_SECRET_KEY: "sk_live_x" } } })).toThrow(
    /one of them/,
  );
  const policy = contentSecurityPolicy("n", { development: false, signIn: null });
  expect(policy).not.toMatch(/https:|blob:/);
});

test("who has no session is sent to sign in and comes back to the same page", async () => {
  const sent = await load("/ask/a?document=d").catch((error: unknown) => error);
  expect(sent).toBeInstanceOf(Response);
  const { status, headers } = sent as Response;
  expect([status, headers.get("Location")]).toEqual([302, "/sign-in?redirect_url=%2Fask%2Fa%3Fdocument%3Dd"]);
  expect((await load("/sign-in")).clerkState?.__internal_clerk_state.__clerk_ssr_state.userId).toBe(null);
});

test("a session that holds is known without asking anybody, and its secrets stay on the server", async () => {
  const token = await signSessionToken(keys, { azp: ORIGIN, userId: "user_alice" });
  const cookie = `__session=${token}; __client_uat=1`;
  const loaded = await load("/plan", cookie);
  expect(loaded).toMatchObject({ locale: "en", signIn: env.CLERK_PUBLISHABLE_KEY });
  expect(loaded.clerkState?.__internal_clerk_state.__clerk_ssr_state.userId).toBe("user_alice");
  expect(JSON.stringify(loaded)).not.toContain(env.CLERK_SECRET_KEY);
});

test("one that has run out is renewed at Clerk's before the page is shown", async () => {
  const token = await signSessionToken(keys, { azp: ORIGIN, userId: "user_alice", expiresInSeconds: -60 });
  const sent = await load("/plan", `__session=${token}; __client_uat=1`).catch((error: unknown) => error);
  expect(sent).toBeInstanceOf(Response);
  const { status, headers } = sent as Response;
  expect(status).toBe(307);
  expect(headers.get("Location")).toMatch(/^https:\/\/clerk\.ancre\.localhost\/v1\/client\/handshake\?/);
});

test("the policy lets in Clerk's own origin and what it needs, nothing inline", () => {
  const signIn = clerkSettings({ cloudflare: { env } })?.origin ?? null;
  expect(signIn).toBe("https://clerk.ancre.localhost");
  const policy = contentSecurityPolicy("n", { development: false, signIn });
  expect(policy).toContain("script-src 'self' 'nonce-n' https://clerk.ancre.localhost ");
  expect(policy).toMatch(/connect-src 'self' https:\/\/clerk\.ancre\.localhost /);
  expect(policy).not.toContain("unsafe");
});
