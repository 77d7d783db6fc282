import { afterEach, expect, test, vi } from "vitest";
import { followDocument } from "./follow.ts";

afterEach(() => vi.unstubAllGlobals());

const refusal = (code: string) => Response.json({ code, detail: "", request_id: "r" }, { status: 400 });
const ready = () => new Response('event: progress\ndata: {"id":"d","status":"ready"}\n\n');

async function watch(...answers: Array<() => Response | Promise<never>>) {
  vi.stubGlobal("setTimeout", (done: () => void) => queueMicrotask(done));
  const fetch = vi.fn(async () => (answers.shift() ?? ready)());
  vi.stubGlobal("fetch", fetch);
  const seen: unknown[] = [];
  for await (const document of followDocument("d", new AbortController().signal)) seen.push(document);
  return { seen, calls: fetch.mock.calls.length };
}

test.each(["unauthenticated", "forbidden", "tenant_required"])("%s ends it and is reported", async (code) => {
  await expect(watch(() => refusal(code))).rejects.toMatchObject({ code });
});

test("a document that is gone ends it", async () => {
  expect(await watch(() => refusal("not_found"))).toEqual({ seen: [null], calls: 1 });
});

test("what may pass is tried again", async () => {
  const lost = () => Promise.reject(new TypeError("Failed to fetch"));
  const broken = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
  const { seen, calls } = await watch(lost, broken, () => refusal("internal"));
  expect({ seen, calls }).toEqual({ seen: [{ id: "d", status: "ready" }], calls: 4 });
});
