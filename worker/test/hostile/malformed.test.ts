import { beforeAll, expect, test } from "vitest";
import { createTenant, type Json, send, type TestTenant } from "../harness.ts";
import { type Operation, readOperations } from "./openapi-document.ts";
import { callAs, inventedIds, read, written } from "./request.ts";
import { type Call, ROUTES } from "./route-table.ts";

/** Of each kind something wrong: no field takes more than two of them. */
const WRONG_VALUES = [null, 7.5, "\0 half \ud83d pair", "x".repeat(9_000), [[7]], { a: 1 }];
const WRONG_TEXTS = ["", "not-an-id", "-1", "\0", "x".repeat(3_000)];
const WRONG_BODIES = ["", "{", "null", '["text"]', "[".repeat(9_000)];
const TYPES = ["application/json", "multipart/form-data; boundary=x", "text/plain"];

const INSIDE = /drizzle|select |insert |postgres|neon|violates|\bat .*\.ts|stack|zod|hono/i;

let tenant: TestTenant;
let operations: Operation[];

beforeAll(async () => {
  tenant = await createTenant();
  operations = await readOperations();
});

type Problem = { status: number; code: string; errors?: Array<{ path: string; message: string }> };

/** Sends what can't be answered well; gives the problem, having looked at its form. Null: it was answered after all. */
async function problemOf(response: Response, what: string): Promise<Problem | null> {
  const { status, headers, text } = await read(response);
  expect(status, `${what} → ${status} ${text}`).toBeLessThan(500);
  if (status < 400) return null;
  expect(headers, what).toContain("content-type: application/problem+json");
  expect(text, what).not.toMatch(INSIDE);
  const problem = JSON.parse(text);
  expect(problem, what).toMatchObject({ status, request_id: "the request's id" });
  return problem;
}

function validCall(name: string): Call {
  return ROUTES[name]?.calls.at(-1)?.(inventedIds()) ?? {};
}

function names(problem: Problem | null, field: string): boolean {
  return (
    problem?.code === "invalid_request" &&
    (problem.errors ?? []).some(({ path }) => path.split(".")[0] === field)
  );
}

test("a wrong parameter is refused by name, and no value of one is a fault of ours", async () => {
  for (const { name, parameters } of operations) {
    for (const { name: field, in: place, schema } of parameters) {
      if (place === "header") continue;
      const call = validCall(name);
      let refused = 0;
      for (const wrong of WRONG_TEXTS) {
        const what = `${name} with ${field}=${JSON.stringify(wrong.slice(0, 20))}`;
        const changed =
          place === "path"
            ? { ...call, params: { ...call.params, [field]: encodeURIComponent(wrong) } }
            : { ...call, query: { ...call.query, [field]: wrong } };
        if (names(await problemOf(await callAs(tenant, name, changed), what), field)) refused++;
      }
      // Free text takes most of it, a cursor is refused as a whole.
      const least = schema.format === "uuid" || schema.type === "integer" ? WRONG_TEXTS.length - 2 : 1;
      expect(refused, `${name} names ${field}`).toBeGreaterThanOrEqual(least);
    }
  }
});

test("a wrong field is refused by name, and no body is a fault of ours", async () => {
  for (const { name, fields, required, isForm } of operations) {
    if (!fields || isForm) continue;
    const call = validCall(name);
    for (const field of Object.keys(fields)) {
      let refused = 0;
      for (const wrong of WRONG_VALUES) {
        const what = `${name} with ${field}: ${JSON.stringify(wrong).slice(0, 20)}`;
        const body = { ...(call.body as Json), [field]: wrong };
        if (names(await problemOf(await callAs(tenant, name, { ...call, body }), what), field)) refused++;
      }
      expect(refused, `${name} names ${field}`).toBeGreaterThanOrEqual(WRONG_VALUES.length - 2);
    }
    for (const field of required) {
      const { [field]: _, ...body } = call.body as Json;
      const problem = await problemOf(
        await callAs(tenant, name, { ...call, body }),
        `${name} without ${field}`,
      );
      expect(names(problem, field), `${name} without ${field}`).toBe(true);
    }
  }
});

test("bytes that are no body of the route's kind are refused before anything is looked for", async () => {
  for (const { name, fields, isForm } of operations) {
    if (!fields) continue;
    const { method, path } = written(name, validCall(name));
    const signed = ROUTES[name]?.access === "signed";
    for (const type of signed ? TYPES.slice(0, 1) : TYPES) {
      for (const body of WRONG_BODIES) {
        const what = `${name} with ${type}: ${body.slice(0, 20)}`;
        const headers = { "Content-Type": type, "X-Tenant-Id": tenant.id };
        const problem = await problemOf(await send(path, { method, headers, body }), what);
        expect(signed ? [401] : [400, 415, 422], `${what} → ${problem?.status}`).toContain(problem?.status);
      }
    }
    if (isForm) {
      const form = new FormData();
      form.set("file", "no file");
      const problem = await problemOf(await callAs(tenant, name, { ...validCall(name), body: form }), name);
      expect(names(problem, "file"), name).toBe(true);
    }
  }
});

test("what lies outside every route, and a cursor that no list gave out, are plain problems too", async () => {
  const outside = ["/nowhere", "/api/v1/nowhere", "/api/v1/collections/%00", "/api/v1/%ff"];
  for (const path of outside) {
    for (const method of ["GET", "POST", "PUT"]) {
      const headers = { "X-Tenant-Id": tenant.id };
      const problem = await problemOf(await send(path, { method, headers }), `${method} ${path}`);
      expect([404, 422], `${method} ${path}`).toContain(problem?.status);
    }
  }
  const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === "cursor"));
  for (const { name } of lists) {
    for (const cursor of ["\0\ufffd", "!", btoa(`99999999999999:${"-".repeat(36)}`), btoa("1:x")]) {
      const call = { ...validCall(name), query: { cursor } };
      const problem = await problemOf(await callAs(tenant, name, call), `${name} at ${cursor}`);
      expect(problem?.status, `${name} at ${cursor}`).toBe(name.includes("{") ? 404 : 422);
    }
  }
});
