import { expect, test, vi } from "vitest";
import { readJson } from "./client.ts";
import { asProblem, type QuotaFacts, toProblem } from "./problem.ts";

async function codeOf(answer: () => Response): Promise<string> {
  vi.stubGlobal("fetch", async () => answer());
  const error = await readJson("/collections").catch((thrown: unknown) => thrown);
  vi.unstubAllGlobals();
  return asProblem(error).code;
}

test("the API's problems keep their words, the network's failures theirs, and a bug is ours", async () => {
  const lose = () => {
    throw new TypeError("Failed to fetch");
  };
  const body = { code: "forbidden", detail: "No.", request_id: "r" };
  expect(await codeOf(lose)).toBe("unreachable");
  expect(await codeOf(() => Response.json(body, { status: 403 }))).toBe("forbidden");
  expect(await codeOf(() => new Response("<h1>Error</h1>", { status: 500 }))).toBe("internal");
  expect(await codeOf(() => new Response("not JSON"))).toBe("internal");
  expect(asProblem(new TypeError("x is undefined")).code).toBe("internal");
});

test("a reached limit keeps its facts", () => {
  const quota: QuotaFacts = {
    metric: "questions",
    plan: "free",
    used: 2_000,
    requested: 1,
    limit: 2_000,
    resets_at: "2026-12-01T00:00:00.000Z",
    upgrade: { plan: "pro", limit: 100_000, url: "/api/v1/billing/checkout" },
  };
  const body = { code: "quota_exceeded", detail: "The Free plan…", request_id: "r", quota };
  expect(toProblem(body).quota).toEqual(quota);
  expect(toProblem({ ...body, code: "forbidden", quota: undefined }).quota).toBeNull();
});
