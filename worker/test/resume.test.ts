import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test, vi } from "vitest";
import { monthOf } from "../services/usage/period.ts";
import { PLANS } from "../services/usage/plans.ts";
import { asOwner, createTenant, type Json, send, untilComplete } from "./harness.ts";
import { atThisSpeed } from "./machine-speed.ts";
import {
  type Block,
  books,
  createReader,
  expectCountedOnce,
  objectOf,
  rawOf,
  read,
  saidBy,
  seenCalls,
  untilKept,
  upstreamEndedAfter,
} from "./turn-harness.ts";

const newTurn = () => ({ turn_id: crypto.randomUUID() });

test("every event of a stream has an id of its own, with a turn id and without one", async () => {
  const tenant = await createTenant();
  const { path } = await createReader(tenant, "through");
  const plain = await (await read(tenant, path, {})).next();
  const turned = await (await read(tenant, path, newTurn())).next();
  for (const blocks of [plain, turned]) {
    expect(saidBy(blocks).order).toEqual(["start", "sources", "delta", "citation", "done"]);
    const ids = blocks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(blocks.length);
    expect(ids.at(0)).toBe("1.0.0");
  }
  expect(saidBy(turned).text).toBe(saidBy(plain).text);
});

test("an answer that is cut after any of its events and gone on with equals the uncut one, byte for byte", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-slow");
  const turn = newTurn();
  const uncut = await read(tenant, path, turn);
  const whole: Block[] = await uncut.next(1);
  const cutAfter = async (count: number): Promise<string[]> => {
    const first = await read(tenant, path, turn);
    const before = await first.next(count);
    await first.leave();
    const second = await read(tenant, path, turn, before.at(-1)?.id);
    return rawOf([...before, ...(await second.next())]);
  };
  const live = Array.from({ length: 24 }, (_, index) => cutAfter(index + 1));
  whole.push(...(await uncut.next()));
  expect(whole.length).toBeGreaterThan(10);
  expect(whole.length).toBeLessThan(24);
  for (const answer of await Promise.all(live)) expect(answer).toEqual(rawOf(whole));
  for (let count = 1; count <= whole.length; count++) {
    expect(await cutAfter(count), `after its end, cut at ${count}`).toEqual(rawOf(whole));
  }
  expect(await seenCalls(model)).toHaveLength(1);
  expectCountedOnce(await books(tenant), "complete");
});

test("two who resume the same answer both get all of the rest", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-slow");
  const turn = newTurn();
  const first = await read(tenant, path, turn);
  const before = await first.next(4);
  await first.leave();
  const [one, other] = await Promise.all(
    [1, 2].map(async () => (await read(tenant, path, turn, before.at(-1)?.id)).next()),
  );
  expect(one?.at(-1)?.event).toBe("done");
  expect(rawOf(other ?? [])).toEqual(rawOf(one ?? []));
  expect(await seenCalls(model)).toHaveLength(1);
  expectCountedOnce(await books(tenant), "complete");
});

test("what an ended answer's object forgot is read from what is stored, from any event on", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-slow");
  const turn = newTurn();
  const whole = await (await read(tenant, path, turn)).next();
  const object = await objectOf(tenant, turn.turn_id);
  // Were anything still pending in it, it would wait for that, and be paid for.
  const ended = Date.now();
  await evictDurableObject(object);
  expect(Date.now() - ended).toBeLessThan(atThisSpeed(5_000));
  for (let count = 0; count <= whole.length; count++) {
    const before = whole.slice(0, count);
    const rest = await (await read(tenant, path, turn, before.at(-1)?.id)).next();
    expect(saidBy([...before, ...rest]), `after event ${count}`).toEqual(saidBy(whole));
    await evictDurableObject(object);
  }
  expect(await seenCalls(model)).toHaveLength(1);
  expectCountedOnce(await books(tenant), "complete");
});

test("a question sent five times at once under one turn id is answered once, and everybody hears it", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-slow");
  const turn = newTurn();
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => rawOf(await (await read(tenant, path, turn)).next())),
  );
  expect(answers[0]?.at(-1)).toContain("event: done");
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await seenCalls(model)).toHaveLength(1);
  expectCountedOnce(await books(tenant), "complete");
});

test("a turn id that was another question's is refused, while that one runs and after it", async () => {
  const tenant = await createTenant();
  const { path } = await createReader(tenant, "fault-slow");
  const turn = newTurn();
  const first = await read(tenant, path, turn);
  await first.next(3);
  const different = { ...turn, message: "When is the rent due?" };
  expect((await read(tenant, path, different)).status).toBe(409);
  await first.next();
  expect((await read(tenant, path, different)).status).toBe(409);
  await evictDurableObject(await objectOf(tenant, turn.turn_id));
  expect((await read(tenant, path, different)).status).toBe(409);
  const { path: elsewhere } = await createReader(tenant, "through");
  expect((await read(tenant, elsewhere, turn)).status).toBe(409);
  expectCountedOnce(await books(tenant), "complete");
});

test("a Last-Event-ID without its turn, of no form of ours or of an unknown answer begins nothing", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "through");
  expect((await read(tenant, path, {}, "2.4.0")).status).toBe(422);
  expect((await read(tenant, path, newTurn(), "seven")).status).toBe(422);
  expect((await read(tenant, path, { turn_id: "no-uuid" })).status).toBe(422);
  expect((await read(tenant, path, newTurn(), "2.4.0")).status).toBe(404);
  expect(await seenCalls(model)).toEqual([]);
  expect(await books(tenant)).toMatchObject({ answers: [], reservations: [], used: 0 });
});

test("an answer goes on for fifteen seconds without its client, who may come back meanwhile, and ends then", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-endless");
  const turn = newTurn();
  const first = await read(tenant, path, turn);
  const before = await first.next(4);
  await first.leave();
  await new Promise((resolve) => setTimeout(resolve, 9_000));
  const second = await read(tenant, path, turn, before.at(-1)?.id);
  const more = await second.next(40);
  expect(saidBy(more).text.length).toBeGreaterThan(300);
  const left = Date.now();
  await second.leave();
  const lasted = await upstreamEndedAfter(model, left);
  expect(lasted).toBeGreaterThan(14_000);
  expect(lasted).toBeLessThan(15_000 + atThisSpeed(1_000));
  const found = await untilKept(tenant);
  expectCountedOnce(found, "interrupted");
  expect(found.answers[0]?.answer.startsWith(saidBy([...before, ...more]).text)).toBe(true);
  const rest = await (await read(tenant, path, turn, more.at(-1)?.id)).next();
  expect(rest.at(-1)).toMatchObject({ event: "done", data: { finish_reason: "interrupted" } });
  expect(saidBy([...before, ...more, ...rest]).text).toBe(found.answers[0]?.answer);
});

test.each([
  ["without a turn id", {}, 0],
  ["with one", newTurn(), 15_000],
])("a client %s that leaves as its answer begins leaves nothing running", async (_, turn, graceMs) => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-endless");
  const client = new AbortController();
  const asked = send(`/api/v1${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Tenant-Id": tenant.id },
    body: JSON.stringify({ message: "What is the deposit?", ...turn }),
    signal: client.signal,
  });
  while ((await books(tenant)).reservations.length === 0) await new Promise((r) => setTimeout(r, 2));
  client.abort();
  const left = Date.now();
  await asked.then(
    (response) => response.body?.cancel(),
    () => {},
  );
  expectCountedOnce(await untilKept(tenant), "interrupted");
  for (const { endedAt } of await seenCalls(model)) {
    expect((endedAt ?? Number.POSITIVE_INFINITY) - left).toBeLessThan(graceMs + atThisSpeed(1_000));
  }
});

test("an answer whose object dies says so to who reads it, and the same question then gets a whole one", async () => {
  const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
  const tenant = await createTenant();
  const { path } = await createReader(tenant, "fault-slow");
  const turn = newTurn();
  const first = await read(tenant, path, turn);
  const before = await first.next(5);
  const object = await objectOf(tenant, turn.turn_id);
  await runInDurableObject(object, (_, state) => state.abort("evicted")).catch(() => {});
  const rest = await first.next();
  expect(rest.at(-1)).toMatchObject({ event: "error", data: { code: "upstream_unavailable" } });
  expect((await read(tenant, path, turn, before.at(-1)?.id)).status).toBe(404);
  const again = await (await read(tenant, path, turn)).next();
  expect(again.at(-1)?.event).toBe("done");
  expectCountedOnce(await books(tenant), "complete");
  silenced.mockRestore();
});

test("an answer that failed is told of as failed again, without a second call", async () => {
  const silenced = vi.spyOn(console, "error").mockImplementation(() => {});
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-cut");
  const turn = newTurn();
  const first = await (await read(tenant, path, turn)).next();
  expect(first.at(-1)).toMatchObject({ event: "error", data: { code: "upstream_unavailable" } });
  const calls = (await seenCalls(model)).length;
  expect(rawOf(await (await read(tenant, path, turn)).next())).toEqual(rawOf(first));
  await evictDurableObject(await objectOf(tenant, turn.turn_id));
  const kept = await (await read(tenant, path, turn, first.at(-2)?.id)).next();
  expect(kept.map(({ event }) => event)).toEqual(["error"]);
  expect(await seenCalls(model)).toHaveLength(calls);
  expect(await books(tenant)).toMatchObject({
    answers: [{ status: "failed" }],
    reservations: ["released"],
    used: 0,
    recorded: 0,
  });
  silenced.mockRestore();
});

test("what a deleted document said isn't heard again, nor is what a deleted conversation held", async () => {
  const tenant = await createTenant();
  const { path, assistantId } = await createReader(tenant, "through");
  const [turn, other] = [newTurn(), newTurn()];
  const whole = await (await read(tenant, path, turn)).next();
  const document = String((saidBy(whole).citations[0] as Json).document_id);
  await (await read(tenant, path, other)).next();
  const conversations = await tenant.json<{ data: Json[] }>("GET", `/chat/${assistantId}/conversations`);
  await tenant.json("DELETE", `/chat/${assistantId}/conversations/${conversations.data[0]?.id}`);
  expect((await read(tenant, path, other)).status).toBe(404);
  const { id: deletion } = await tenant.json<{ id: string }>("DELETE", `/documents/${document}`);
  await untilComplete(tenant, deletion);
  const again = saidBy(await (await read(tenant, path, turn)).next());
  expect(again.text).toBe(saidBy(whole).text);
  expect(again.citations).toMatchObject([{ quote: "", deleted: true }]);
  expect(JSON.stringify(again.sources)).not.toContain("garage");
});

test("a question that can't be opened is a plain problem with its status, and its turn id stays free", async () => {
  const tenant = await createTenant();
  const { path } = await createReader(tenant, "through");
  const turn = newTurn();
  expect((await read(tenant, path, { ...turn, conversation_id: crypto.randomUUID() })).status).toBe(404);
  await asOwner()`
    insert into usage_counters (tenant_id, period, metric, used)
    values (${tenant.id}, ${monthOf(new Date())}, 'questions', ${PLANS.free.limits.questions})`;
  const refused = await Promise.all([1, 2].map(async () => (await read(tenant, path, turn)).status));
  expect(refused).toEqual([402, 402]);
  await asOwner()`delete from usage_counters where tenant_id = ${tenant.id} and metric = 'questions'`;
  expect((await (await read(tenant, path, turn)).next()).at(-1)?.event).toBe("done");
  expectCountedOnce(await books(tenant), "complete");
});
