import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import worker from "../index.ts";
import {
  createLibrary,
  createTenant,
  type Json,
  parseEvents,
  type TestTenant,
  withApiKey,
} from "./harness.ts";
import { type OutboundCall, recordableFetch, recording } from "./outbound.ts";

const NOTE = "# Amarante\n\nLe bureau de l’amarante ouvre à neuf heures le mardi.";
const QUESTION = "À quelle heure le bureau de l’amarante ouvre-t-il ?";
const CONTENT = /amarante|bureau|neuf heures|anc_/i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const TRACEPARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

/** A Worker of this file's own, whose clients are made while calls are recorded. */
const raw = { ...env };
const restore: Array<() => void> = [];
const logged: string[] = [];
beforeAll(() => {
  restore.push(recordableFetch());
  for (const level of ["log", "error"] as const) {
    const silenced = vi.spyOn(console, level).mockImplementation((line) => void logged.push(String(line)));
    restore.push(() => silenced.mockRestore());
  }
});
beforeEach(() => {
  logged.length = 0;
});
afterAll(() => {
  for (const undo of restore) undo();
});

type Sent = { response: Response; text: string; line: Json; calls: OutboundCall[]; ms: number };

/** Sends a request and reads the one line that it leaves. */
async function send(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Json,
): Promise<Sent> {
  logged.length = 0;
  const began = Date.now();
  const { calls, result } = recording(async () => {
    const request = new Request(`http://ancre.test${path}`, {
      method,
      headers: { "Content-Type": "application/json", ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const response = await worker.fetch(request as never, raw as never, createExecutionContext());
    return { response, text: await response.text() };
  });
  const { response, text } = await result;
  return { response, text, line: theLine(), calls, ms: Date.now() - began };
}

function theLine(): Json {
  expect(logged.join("\n")).not.toMatch(CONTENT);
  const lines = logged.map((line) => JSON.parse(line) as Json).filter(({ event }) => event === "request");
  expect(lines).toHaveLength(1);
  return lines[0] ?? {};
}

async function library(): Promise<{
  tenant: TestTenant;
  assistantId: string;
  headers: Record<string, string>;
}> {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "amarante.md": NOTE });
  return { tenant, assistantId, headers: { "X-Tenant-Id": tenant.id } };
}

function expectAddedUp(time: Record<string, number | null>, timings: Json): void {
  const step = (name: string) => time[name] ?? 0;
  const sum =
    step("auth") +
    Math.max(step("context"), step("embedding")) +
    step("retrieval") +
    step("model_wait") +
    step("writing");
  expect(sum).toBe(time.total);
  expect(time.total).toBe(timings.total);
}

test("a question leaves one line: who, where and how long, nothing of what was said", async () => {
  const { tenant, assistantId, headers } = await library();
  const { response, text, line, ms } = await send("POST", `/api/v1/chat/${assistantId}`, headers, {
    message: QUESTION,
  });
  const answer = JSON.parse(text) as { timings: Json; receipt: { time: Record<string, number> } };
  expect(line).toEqual({
    event: "request",
    request_id: response.headers.get("X-Request-Id"),
    trace_id: response.headers.get("X-Trace-Id"),
    span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    method: "POST",
    route: "/api/v1/chat/:assistant_id",
    status: 200,
    tenant_id: tenant.id,
    actor: "user",
    locale: "en",
    timings: answer.timings,
    answer: "complete",
    refused: false,
    retrieval: "hybrid",
  });
  expect(line.request_id).toMatch(UUID);
  expectAddedUp(answer.receipt.time, answer.timings);
  expect(Number(answer.timings.total)).toBeLessThanOrEqual(ms);
  const said = Object.entries(answer.timings).map(([step, milliseconds]) => `${step};dur=${milliseconds}`);
  expect(response.headers.get("Server-Timing")).toBe(said.join(", "));
});

test("a stream leaves its line when it ends, with the timings of its last event", async () => {
  const { tenant, assistantId } = await library();
  const { key } = await withApiKey(tenant, { scopes: ["chat"] });
  const { text, line, response } = await send(
    "POST",
    `/api/v1/chat/${assistantId}/stream`,
    { Authorization: `Bearer ${key}` },
    { message: QUESTION },
  );
  const done = parseEvents(text).at(-1)?.data as { timings: Json; receipt: { time: Record<string, number> } };
  expect(line).toMatchObject({ actor: "key", answer: "complete", timings: done.timings });
  expect(line.route).toBe("/api/v1/chat/:assistant_id/stream");
  expectAddedUp(done.receipt.time, done.timings);
  expect(response.headers.get("Server-Timing")).toMatch(/^auth;dur=\d+, context;dur=\d+$/);
});

test("a stream whose reader leaves has its line all the same", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "amarante.md": NOTE }, { model: "fault-slow" });
  logged.length = 0;
  const response = await worker.fetch(
    new Request(`http://ancre.test/api/v1/chat/${assistantId}/stream`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Tenant-Id": tenant.id },
      body: JSON.stringify({ message: QUESTION }),
    }) as never,
    raw as never,
    createExecutionContext(),
  );
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  for (let look = 0; look < 200 && !logged.some((line) => line.includes('"request"')); look++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(theLine()).toMatchObject({ answer: "interrupted", status: 200 });
});

test("what is refused has its timings and its line", async () => {
  const { tenant, headers } = await library();
  const missing = crypto.randomUUID();
  const refused = await send("POST", `/api/v1/chat/${missing}`, headers, { message: QUESTION });
  expect(refused.response.status).toBe(404);
  expect(JSON.parse(refused.text)).toMatchObject({ code: "not_found", timings: refused.line.timings });
  expect(refused.response.headers.get("Server-Timing")).toMatch(/^auth;dur=\d+, .*total;dur=\d+$/);
  expect(refused.line).toMatchObject({ status: 404, tenant_id: tenant.id, answer: null });
  expect(JSON.stringify(refused.line)).not.toContain(missing);

  const invalid = await send("POST", `/api/v1/chat/${missing}`, headers, { message: "" });
  expect(invalid.line).toMatchObject({ status: 422, route: "/api/v1/chat/:assistant_id" });
  const nowhere = await send("GET", "/amarante?q=amarante", {});
  expect(nowhere.line).toMatchObject({ status: 404, route: null, tenant_id: null, actor: null });
  const unknown = await send("GET", "/api/v1/collections", { Authorization: "Bearer anc_amarante" });
  expect(unknown.line).toMatchObject({ status: 401, tenant_id: null, actor: null });
});

test("a search and a list leave theirs", async () => {
  const { headers } = await library();
  const search = await send("POST", "/api/v1/search", headers, { query: QUESTION });
  expect(search.line).toMatchObject({
    route: "/api/v1/search",
    status: 200,
    timings: { total: expect.any(Number) },
  });
  const list = await send("GET", "/api/v1/collections", headers);
  expect(list.line).toMatchObject({ route: "/api/v1/collections", method: "GET" });
  expect(list.response.headers.get("Server-Timing")).toMatch(/^auth;dur=\d+, total;dur=\d+$/);
});

test("a caller's trace reaches the models under a span of ours, and not the database", async () => {
  const { assistantId, headers } = await library();
  const { response, line, calls } = await send(
    "POST",
    `/api/v1/chat/${assistantId}/stream`,
    { ...headers, traceparent: TRACEPARENT },
    { message: QUESTION },
  );
  expect(response.headers.get("X-Trace-Id")).toBe(TRACE);
  expect(line).toMatchObject({ trace_id: TRACE, parent_id: "00f067aa0ba902b7" });
  const sent = (to: OutboundCall["to"]) =>
    calls.filter((call) => call.to === to).map((call) => call.headers.get("traceparent"));
  expect(sent("embedding")).toEqual([`00-${TRACE}-${line.span_id}-01`]);
  expect(sent("model")).toEqual(sent("embedding"));
  expect(new Set(sent("database"))).toEqual(new Set([null]));
});

test("what is no trace is not passed on", async () => {
  const { assistantId, headers } = await library();
  const { response, line, calls } = await send(
    "POST",
    `/api/v1/chat/${assistantId}/stream`,
    { ...headers, traceparent: "00-amarante" },
    { message: QUESTION },
  );
  expect(line).not.toHaveProperty("parent_id");
  const [passed] = calls.filter(({ to }) => to === "model").map((call) => call.headers.get("traceparent"));
  expect(passed).toBe(`00-${response.headers.get("X-Trace-Id")}-${line.span_id}-01`);
});
