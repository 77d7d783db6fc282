import { expect, test } from "vitest";
import { type Json, type TestTenant, uniqueId, withApiKey } from "../harness.ts";
import { books, createReader, QUESTION, rawOf, read, saidBy, seenCalls } from "../turn-harness.ts";
import { SCOPES } from "./callers.ts";
import { createOwner } from "./party.ts";
import { joinAs } from "./session.ts";

/** Whoever isn't the person who asked: in another tenant, in the same one, and through keys of either. */
async function others(owner: TestTenant, organizationId: string, assistantId: string) {
  const stranger = await createOwner("somebody else");
  return [
    { client: stranger.client, assistantId: stranger.ids.assistant },
    { client: await withApiKey(stranger.client, { scopes: SCOPES }), assistantId: stranger.ids.assistant },
    { client: await joinAs("member", uniqueId("user"), organizationId), assistantId },
    { client: await withApiKey(owner, { scopes: SCOPES }), assistantId },
    { client: await withApiKey(owner, { scopes: ["chat"], assistant_ids: [assistantId] }), assistantId },
  ];
}

async function answerOf(client: TestTenant, assistantId: string, turn: Json, lastEventId?: string) {
  const answer = await read(client, `/chat/${assistantId}/stream`, turn, lastEventId);
  return { status: answer.status, blocks: await answer.next() };
}

test("another's turn id is like one that nobody used, while its answer is written and after", async () => {
  const organizationId = uniqueId("org");
  const owner = await joinAs("owner", uniqueId("user"), organizationId);
  const { path, model, assistantId } = await createReader(owner, "fault-endless");
  const callers = await others(owner, organizationId, assistantId);
  const turn = { turn_id: crypto.randomUUID() };
  const running = await read(owner, path, turn);
  const before = await running.next(8);
  const messageId = String(before[0]?.data.message_id);
  for (const { client, assistantId: id } of callers) {
    const rejoined = await answerOf(client, id, turn, before.at(-1)?.id);
    const invented = await answerOf(client, id, { turn_id: crypto.randomUUID() }, before.at(-1)?.id);
    expect([rejoined.status, invented.status]).toEqual([404, 404]);
    for (const name of [`turns/${turn.turn_id}`, `messages/${messageId}`]) {
      expect((await client.request("POST", `/chat/${id}/${name}/stop`)).status).toBe(404);
    }
  }
  // Nobody has ended it, and nobody else was heard by its model.
  expect((await running.next(8)).length).toBe(8);
  expect(await seenCalls(model)).toMatchObject([{ endedAt: null }]);
  const stopped = await owner.request("POST", `/chat/${assistantId}/messages/${messageId}/stop`);
  expect(await stopped.json()).toEqual({ message_id: messageId, status: "interrupted" });
  const whole = [...before, ...(await running.next())];
  await owner.json("PATCH", `/assistants/${assistantId}`, { model: `through:${crypto.randomUUID()}` });

  const ids = new Set([messageId]);
  for (const { client, assistantId: id } of callers) {
    const { status, blocks } = await answerOf(client, id, { ...turn, message: `${QUESTION} ` });
    expect({ status, end: blocks.at(-1)?.event }).toEqual({ status: 200, end: "done" });
    expect(saidBy(blocks).text).not.toBe(saidBy(whole).text);
    ids.add(String(blocks[0]?.data.message_id));
    expect((await client.request("POST", `/chat/${id}/messages/${messageId}/stop`)).status).toBe(404);
  }
  expect(ids.size).toBe(callers.length + 1);
  expect(rawOf((await answerOf(owner, assistantId, turn)).blocks).at(-1)).toBe(rawOf(whole).at(-1));
  const { answers } = await books(owner);
  expect(answers.filter(({ id }) => id === messageId)).toMatchObject([{ status: "interrupted" }]);
});
