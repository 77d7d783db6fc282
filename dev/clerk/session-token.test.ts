import { createClerkClient } from "@clerk/backend";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createClerkKeys } from "./keys.ts";
import { type SessionClaims, sessionCookies, signSessionToken } from "./session-token.ts";

const PARTY = "http://127.0.0.1:5173";
const ACME = { id: "org_acme", slug: "acme", role: "org:admin" };
const AN_HOUR_AGO = new Date(Date.now() - 3_600_000);

const keys = await createClerkKeys();
const clerk = createClerkClient({
  secretKey: keys.secretKey,
  publishableKey: keys.publishableKey,
  telemetry: { disabled: true },
});

// The SDK asks for `fetch` anew at every call under NODE_ENV=test, which vitest sets.
beforeEach(() => {
  vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("nothing may be fetched"));
});

afterEach(() => {
  expect(fetch).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

function sign(claims: Partial<SessionClaims> = {}, signer = keys): Promise<string> {
  return signSessionToken(signer, { userId: "user_alice", org: ACME, azp: PARTY, ...claims });
}

function authenticate(headers: Record<string, string>) {
  const request = new Request("http://127.0.0.1:8787/api/v1/collections", { headers });
  return clerk.authenticateRequest(request, { jwtKey: keys.jwtKey, authorizedParties: [PARTY] });
}

async function byHeader(token: string) {
  return authenticate({ Authorization: `Bearer ${token}` });
}

test("a token in the header gives the person, the organisation and the role", async () => {
  const state = await byHeader(await sign());
  expect(state.status).toBe("signed-in");
  expect(state.toAuth()).toMatchObject({
    userId: "user_alice",
    orgId: "org_acme",
    orgRole: "org:admin",
    orgSlug: "acme",
    sessionStatus: "active",
    sessionId: expect.stringMatching(/^sess_\w+$/),
    sessionClaims: { iss: "https://clerk.ancre.localhost", azp: PARTY, v: 2 },
  });
});

test("the cookies of a signed-in browser give the same", async () => {
  const state = await authenticate({ Cookie: sessionCookies(await sign()), Accept: "text/html" });
  expect(state.toAuth()).toMatchObject({ userId: "user_alice", orgId: "org_acme", orgRole: "org:admin" });
});

test("a session without an organisation has none", async () => {
  const state = await byHeader(await sign({ org: undefined }));
  expect(state.toAuth()).toMatchObject({ userId: "user_alice", isAuthenticated: true });
  expect(state.toAuth()).toHaveProperty("orgId", undefined);
});

test.each([
  ["expired", () => sign({ issuedAt: AN_HOUR_AGO }), /^session-token-expired-/],
  [
    "expired a while after the default minute",
    () => sign({ issuedAt: secondsAgo(66) }),
    /^session-token-exp/,
  ],
  ["not valid yet", () => sign({ issuedAt: secondsAgo(-600) }), /^session-token-nbf$/],
  ["of another key", async () => sign({}, await createClerkKeys()), /^token-invalid-signature$/],
  ["for another party", () => sign({ azp: "https://evil.example" }), /^token-invalid-authorized-parties$/],
  ["for no party", () => sign({ azp: undefined }), /^token-invalid-authorized-parties$/],
])("a token that is %s signs nobody in, by header or cookie", async (_, create, reason) => {
  const token = await create();
  for (const state of [await byHeader(token), await authenticate({ Cookie: sessionCookies(token) })]) {
    expect(state.status).toBe("signed-out");
    expect(state.reason).toMatch(reason);
    expect(state.toAuth()).toMatchObject({ userId: null });
  }
});

test("changed claims don't fit the signature", async () => {
  const [header, payload = "", signature] = (await sign()).split(".");
  const claims = { ...JSON.parse(atob(payload)), sub: "user_mallory" };
  const state = await byHeader(
    [header, btoa(JSON.stringify(claims)).replaceAll("=", ""), signature].join("."),
  );
  expect(state).toMatchObject({ status: "signed-out", reason: "token-invalid-signature" });
});

test("a page without a valid session is sent to Clerk, a call is not", async () => {
  const page = { Accept: "text/html" };
  const cookies = { Cookie: sessionCookies(await sign({ issuedAt: AN_HOUR_AGO })) };
  for (const state of [await authenticate(page), await authenticate({ ...page, ...cookies })]) {
    expect(state.status).toBe("handshake");
    expect(state.toAuth()).toBeNull();
    expect(state.headers.get("Location")).toMatch(
      /^https:\/\/clerk\.ancre\.localhost\/v1\/client\/handshake\?/,
    );
  }
  expect(await authenticate({})).toMatchObject({ status: "signed-out", reason: "dev-browser-missing" });
});

function secondsAgo(seconds: number): Date {
  return new Date(Date.now() - seconds * 1000);
}
