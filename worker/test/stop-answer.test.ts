import { evictDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { createTenant, type Json, type TestTenant } from "./harness.ts";
import { atThisSpeed } from "./machine-speed.ts";
import {
  books,
  createReader,
  expectCountedOnce,
  objectOf,
  read,
  saidBy,
  seenCalls,
  untilKept,
  upstreamEndedAfter,
} from "./turn-harness.ts";

/** Milliseconds within which the upstream's answer must end once nobody wants it any more. */
const BOUND_MS = atThisSpeed(1_000);

const newTurn = () => ({ turn_id: crypto.randomUUID() });

function stop(tenant: TestTenant, assistantId: string, what: string): Promise<Response> {
  return tenant.request("POST", `/chat/${assistantId}/${what}/stop`);
}

test("a client that leaves a stream without a turn id ends the upstream's answer within a second, counted once", async () => {
  const tenant = await createTenant();
  const { path, model } = await createReader(tenant, "fault-endless");
  const answer = await read(tenant, path, {});
  const blocks = await answer.next(20);
  const left = Date.now();
  await answer.leave();
  expect(await upstreamEndedAfter(model, left)).toBeLessThan(BOUND_MS);
  const found = await untilKept(tenant);
  expectCountedOnce(found, "interrupted");
  expect(found.answers[0]?.answer.startsWith(saidBy(blocks).text)).toBe(true);
});

test.each(["messages", "turns"])(
  "an answer stopped by its name among %s ends within a second, is kept, and its readers are told",
  async (kind) => {
    const tenant = await createTenant();
    const { path, model, assistantId } = await createReader(tenant, "fault-endless");
    const turn = newTurn();
    const answer = await read(tenant, path, turn);
    const blocks = await answer.next(20);
    const messageId = String(blocks[0]?.data.message_id);
    const id = kind === "messages" ? messageId : turn.turn_id;
    const asked = Date.now();
    const stopped = await stop(tenant, assistantId, `${kind}/${id}`);
    expect(await stopped.json()).toEqual({ message_id: messageId, status: "interrupted" });
    expect(await upstreamEndedAfter(model, asked)).toBeLessThan(BOUND_MS);
    const found = await books(tenant);
    expectCountedOnce(found, "interrupted");
    blocks.push(...(await answer.next()));
    expect(blocks.at(-1)).toMatchObject({
      event: "done",
      data: { finish_reason: "interrupted", receipt: { counted: true } },
    });
    expect(found.answers[0]).toMatchObject({ answer: saidBy(blocks).text, finish_reason: "interrupted" });
    const again = await stop(tenant, assistantId, `${kind}/${id}`);
    expect(await again.json()).toEqual({ message_id: messageId, status: "interrupted" });
    await evictDurableObject(await objectOf(tenant, turn.turn_id));
    const kept = await (await read(tenant, path, turn)).next();
    expect(saidBy(kept)).toEqual(saidBy(blocks));
    expect(await seenCalls(model)).toHaveLength(1);
    expectCountedOnce(await books(tenant), "interrupted");
  },
);

test("an answer stopped before its first word is kept as it is, and the model is hardly asked", async () => {
  const tenant = await createTenant();
  const { path, model, assistantId } = await createReader(tenant, "fault-hang");
  const turn = newTurn();
  const answer = await read(tenant, path, turn);
  await answer.next(1);
  const asked = Date.now();
  const stopped = (await (await stop(tenant, assistantId, `turns/${turn.turn_id}`)).json()) as Json;
  expect(stopped).toMatchObject({ status: "interrupted" });
  expect(saidBy(await answer.next())).toMatchObject({ text: "", end: [{ finish_reason: "interrupted" }] });
  if ((await seenCalls(model)).length > 0) {
    expect(await upstreamEndedAfter(model, asked)).toBeLessThan(BOUND_MS);
  }
  expectCountedOnce(await books(tenant), "interrupted");
});

test("a stop that races the end leaves one ending, which all who ask are told alike", async () => {
  const tenant = await createTenant();
  const { path, assistantId } = await createReader(tenant, "through");
  const endings = new Set<string>();
  for (let round = 0; round < 12; round++) {
    const turn = newTurn();
    const answer = await read(tenant, path, turn);
    const blocks = await answer.next(round + 1);
    const [response, rest] = await Promise.all([
      stop(tenant, assistantId, `turns/${turn.turn_id}`),
      answer.next(),
    ]);
    const { message_id, status } = (await response.json()) as Json;
    blocks.push(...rest);
    const ends = saidBy(blocks).end;
    expect(ends).toHaveLength(1);
    const reason = String(ends[0]?.finish_reason);
    expect(status).toBe(reason === "interrupted" ? "interrupted" : "complete");
    endings.add(reason);
    const { answers } = await books(tenant);
    expect(answers.filter(({ id }) => id === message_id)).toMatchObject([
      { status, answer: saidBy(blocks).text, finish_reason: reason },
    ]);
  }
  const { answers, reservations, used, recorded } = await books(tenant);
  expect({ answers: answers.length, settled: new Set(reservations), used, recorded }).toEqual({
    answers: 12,
    settled: new Set(["settled"]),
    used: 12,
    recorded: 12,
  });
  expect(endings).toContain("stop");
});

test("what has ended is left as it is, and what was never asked isn't there to be stopped", async () => {
  const tenant = await createTenant();
  const { path, assistantId } = await createReader(tenant, "through");
  const blocks = await (await read(tenant, path, {})).next();
  const messageId = String(blocks[0]?.data.message_id);
  const ended = await stop(tenant, assistantId, `messages/${messageId}`);
  expect(await ended.json()).toEqual({ message_id: messageId, status: "complete" });
  const { assistantId: other } = await createReader(tenant, "through");
  expect((await stop(tenant, other, `messages/${messageId}`)).status).toBe(404);
  for (const kind of ["messages", "turns"]) {
    expect((await stop(tenant, assistantId, `${kind}/${crypto.randomUUID()}`)).status).toBe(404);
  }
  expectCountedOnce(await books(tenant), "complete");
});
