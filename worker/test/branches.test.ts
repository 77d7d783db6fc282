import { expect, test } from "vitest";
import { createLibrary, createTenant, type Json, type TestTenant } from "./harness.ts";

const RULES = `# Travel

Hotel nights are reimbursed up to 120 euros. Receipts are due within thirty days.

# Garden

The garden gate is locked at nine in the evening. Dogs are kept on a lead.
`;

const HOTELS = "Up to how much are hotel nights reimbursed?";
const RECEIPTS = "When are travel receipts due?";
const GATE = "When is the garden gate locked in the evening?";

type Answer = { conversation_id: string; message_id: string; usage: { prompt_tokens: number } };
type Kept = { id: string; question: string; revises: string | null; feedback: Json | null };

async function createReader() {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "rules.md": RULES });
  const ask = (message: string, place: Json = {}) =>
    tenant.json<Answer>("POST", `/chat/${assistantId}`, { message, ...place });
  const kept = async (id: string) => {
    const path = `/chat/${assistantId}/conversations/${id}`;
    return (await tenant.json<{ messages: Kept[] }>("GET", path)).messages;
  };
  return { tenant, assistantId, ask, kept };
}

async function questionsUsed(tenant: TestTenant): Promise<unknown> {
  const { metrics } = await tenant.json<{ metrics: Json[] }>("GET", "/usage");
  return metrics.find(({ metric }) => metric === "questions")?.used;
}

test("a question asked in the place of another is answered as if that one and what followed had not been said", async () => {
  const { ask, kept } = await createReader();
  const hotels = await ask(HOTELS);
  const gate = await ask(GATE);
  const after = await ask(RECEIPTS, { conversation_id: gate.conversation_id });

  const appended = await ask(GATE, { conversation_id: (await ask(HOTELS)).conversation_id });
  expect(appended.usage.prompt_tokens).toBeGreaterThan(gate.usage.prompt_tokens);

  const here = { conversation_id: hotels.conversation_id };
  const instead = await ask(GATE, { ...here, revises: hotels.message_id });
  expect(instead.usage.prompt_tokens).toBe(gate.usage.prompt_tokens);
  const followUp = await ask(RECEIPTS, here);
  expect(followUp.usage.prompt_tokens).toBe(after.usage.prompt_tokens);
  const again = await ask(HOTELS, { ...here, revises: instead.message_id });
  expect(again.usage.prompt_tokens).toBe(hotels.usage.prompt_tokens);

  expect(
    (await kept(hotels.conversation_id)).map(({ question, revises }) => ({ question, revises })),
  ).toEqual([
    { question: HOTELS, revises: null },
    { question: GATE, revises: hotels.message_id },
    { question: RECEIPTS, revises: null },
    { question: HOTELS, revises: instead.message_id },
  ]);
});

test("a message of another conversation can't be revised, nor one without its conversation; neither costs a question", async () => {
  const { tenant, assistantId, ask } = await createReader();
  const [first, second] = [await ask(HOTELS), await ask(GATE)];
  const used = await questionsUsed(tenant);
  const refused = async (place: Json) =>
    (await tenant.request("POST", `/chat/${assistantId}`, { message: RECEIPTS, ...place })).json();
  expect(await refused({ conversation_id: first.conversation_id, revises: second.message_id })).toMatchObject(
    { status: 404, detail: "There is no such message." },
  );
  expect(await refused({ revises: first.message_id })).toMatchObject({
    status: 422,
    errors: [{ path: "conversation_id" }],
  });
  expect(await questionsUsed(tenant)).toBe(used);
});

test("feedback on an answer is kept with it, takes the place of what was said before, and can be taken back", async () => {
  const { tenant, assistantId, ask, kept } = await createReader();
  const { conversation_id, message_id } = await ask(HOTELS);
  const rate = (feedback: Json) =>
    tenant.json("POST", `/chat/${assistantId}/messages/${message_id}/feedback`, feedback);
  const seen = async () => (await kept(conversation_id))[0]?.feedback;
  expect(await seen()).toBe(null);
  const down = { rating: "down", comment: "Which country?" };
  expect(await rate({ rating: "down", comment: "  Which country? " })).toEqual({ feedback: down });
  expect(await seen()).toEqual(down);
  await rate({ rating: "up", comment: "" });
  expect(await seen()).toEqual({ rating: "up", comment: null });
  expect(await rate({ rating: null, comment: "for nothing" })).toEqual({ feedback: null });
  expect(await seen()).toBe(null);
});
