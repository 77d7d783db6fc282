import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import worker from "../../index.ts";
import { asOwner, type TestTenant, uniqueId, withApiKey } from "../harness.ts";
import { badCredentials } from "./bad-credentials.ts";
import { CALLS, inventedIds, read, written } from "./request.ts";
import { joinAs } from "./session.ts";

/** As it is deployed: nobody is signed in without a credential, and payments have no stand-in. */
const PRODUCTION = {
  ...env,
  ENVIRONMENT: "staging",
  DEV_AUTH_BYPASS: "false",
  STRIPE_API_URL: undefined,
  DNS_RESOLVER_URL: undefined,
  DEV_IMPORT_HOSTS: undefined,
};

const REFUSED = {
  type: "urn:ancre:problem:unauthenticated",
  title: "Sign in first",
  status: 401,
  detail: expect.stringMatching(/^[A-Z].{10,}[.?]$/),
  code: "unauthenticated",
  request_id: "the request's id",
};

/** Tried on every route; the others, which the same door judges, on one that reads and one that writes. */
const EVERYWHERE = new Set([
  "no credential",
  "garbage like a key",
  "a revoked key",
  "an expired key",
  "garbage like a token",
  "an expired token",
  "a token of another key pair",
]);
const ELSEWHERE = new Set(["GET /api/v1/collections", "POST /api/v1/chat/{assistant_id}"]);

const CLOSED = CALLS.filter(({ line }) => line.access !== "open" && line.access !== "signed");

let owner: TestTenant;
let credentials: Record<string, Record<string, string>>;

beforeAll(async () => {
  owner = await joinAs("owner", uniqueId("user"), uniqueId("org"));
  credentials = await badCredentials(owner);
}, 240_000);

function fetchDeployed(method: string, path: string, headers: HeadersInit = {}, body?: unknown) {
  const form = body instanceof FormData;
  const request = new Request(`https://api.ancre.test${path}`, {
    method,
    headers: { ...(body && !form ? { "Content-Type": "application/json" } : {}), ...headers },
    body: body === undefined ? undefined : form ? body : JSON.stringify(body),
  });
  return worker.fetch(request as Parameters<typeof worker.fetch>[0], PRODUCTION, createExecutionContext());
}

test("without a credential that holds, every closed route answers 401 in the same words", async () => {
  expect(Object.keys(credentials)).toEqual(expect.arrayContaining([...EVERYWHERE]));
  for (const [what, credential] of Object.entries(credentials)) {
    const first = await read(await fetchDeployed("GET", "/api/v1/usage", credential));
    expect(JSON.parse(first.text), what).toEqual(REFUSED);
    expect(first.headers, what).toContain("content-type: application/problem+json");
    expect(first.headers, what).toContain("www-authenticate: Bearer");
    expect(first.text, what).not.toMatch(/clerk|jwt|sha256|signature|drizzle|anc_|org_|user_/i);
    for (const { route, build } of CLOSED) {
      if (!EVERYWHERE.has(what) && !ELSEWHERE.has(route)) continue;
      const { method, path, body } = written(route, build(inventedIds()));
      const answer = await read(await fetchDeployed(method, path, credential, body));
      expect({ what, route, ...answer }).toEqual({ what, route, ...first });
    }
  }
});

test("what is wrong with a key isn't told to who doesn't have it, nor which part of a token is wrong", async () => {
  const said = async (what: string) =>
    read(await fetchDeployed("GET", "/api/v1/usage", credentials[what])).then(({ text }) => text);
  expect(await said("a key's id with another's secret")).toBe(
    await said("a well-formed key that nobody has"),
  );
  for (const what of ["a token of another key pair", "a token without a signature"]) {
    expect(await said(what)).toBe(await said("a token with other claims than were signed"));
  }
});

test("open routes need no credential, and webhooks nothing but their signature", async () => {
  for (const { route, line, build } of CALLS.filter((call) => !CLOSED.includes(call))) {
    const { method, path, body } = written(route, build(inventedIds()));
    for (const credential of [{}, credentials["an expired token"]]) {
      const { status } = await fetchDeployed(method, path, credential, body);
      expect({ route, status }).toEqual({ route, status: line.access === "open" ? 200 : 401 });
    }
  }
});

test("no spelling of a path, method or header gets past the door", async () => {
  const key = await withApiKey(owner, { scopes: ["read"] });
  const good = { Authorization: `Bearer ${key.key}` };
  expect((await fetchDeployed("GET", "/api/v1/collections", good)).status).toBe(200);
  const paths = [
    "/api/v1/collections/",
    "/api/v1//collections",
    "//api/v1/collections",
    "/api/v1/./collections",
    "/api/v1/docs/../collections",
    "/api/v1/webhooks/../collections",
    "/api/v1/webhooks/%2e%2e/collections",
    "/api/v1/webhooks%2f..%2fcollections",
    "/api/v1/%63ollections",
    "/api%2fv1/collections",
    "/API/V1/collections",
    "/api/v1/collections;/health",
    "/api/v1/collections?path=/health",
    "/api/v1/nowhere",
    "/collections",
  ];
  for (const path of paths) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "OPTIONS"]) {
      const response = await fetchDeployed(method, path, {
        "X-HTTP-Method-Override": "GET",
        "X-Tenant-Id": owner.id,
      });
      const text = await response.text();
      expect([401, 404], `${method} ${path} → ${response.status} ${text}`).toContain(response.status);
    }
  }
  expect((await asOwner()`select 1 from collections where tenant_id = ${owner.id}`).length).toBe(0);
});
