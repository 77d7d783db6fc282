import { beforeAll, expect, test } from "vitest";
import type { Citation, Source } from "../db/schema/answer.ts";
import { type Json, parseEvents } from "./harness.ts";
import { isAllowed, SCOPES } from "./hostile/callers.ts";
import { CALLS, callAs } from "./hostile/request.ts";
import { idsIn, storedRows, untilIdle } from "./hostile/stored-rows.ts";
import { createTwins, fill, type Twin } from "./hostile/twins.ts";

type Answer = {
  answer: string;
  refused: boolean;
  citations: Citation[];
  sources: Source[];
  conversation_id: string;
};

const WATCHWORD = "What is the watchword of the house?";
const QUESTIONS = [WATCHWORD, "When does the gate close?", "What is the notice period for managers?"];

let twins: [Twin, Twin, Twin];

beforeAll(async () => {
  twins = await createTwins();
  await Promise.all(twins.map(fill));
}, 240_000);

/** Asks the same in each of the ways there are, all at once. */
async function ask({ client, ids }: Twin, message: string) {
  const [whole, stream, ...searches] = await Promise.all([
    client.request("POST", `/chat/${ids.assistant}`, { message }, { "Idempotency-Key": message }),
    client.request("POST", `/chat/${ids.assistant}/stream`, { message }),
    client.json<{ data: Json[] }>("POST", "/search", { query: message }),
    client.json<{ data: Json[] }>("POST", "/search", { query: message, collection_ids: [ids.collection] }),
    client.json<{ data: Json[] }>("POST", "/search", {
      query: message,
      assistant_id: ids.assistant,
      top_k: 50,
    }),
  ]);
  expect(whole.headers.has("Idempotent-Replayed")).toBe(false);
  const answer = (await whole.json()) as Answer;
  ids.conversation = answer.conversation_id;
  const events = parseEvents(await stream.text());
  const told = events.map(({ event, data }) => (event === "delta" ? data.text : "")).join("");
  return { answer, told, hits: searches.map(({ data }) => data) };
}

test("the same questions at the same time: each is answered from its own files", async () => {
  const answers = [];
  for (const message of QUESTIONS) {
    answers.push(
      ...(await Promise.all(twins.map(async (twin) => ({ twin, message, ...(await ask(twin, message)) })))),
    );
  }
  for (const { twin, message, answer, told, hits } of answers) {
    const what = `${twin.name}: ${message}`;
    expect(answer, what).toMatchObject({ refused: false });
    expect(answer.citations.length, what).toBeGreaterThan(0);
    expect(told, what).toBe(answer.answer);
    for (const found of hits) expect(found.length, what).toBeGreaterThan(0);
    if (message === WATCHWORD) expect(answer.answer, what).toContain(twin.canary);
  }
  await Promise.all(
    twins.map(({ client, ids }) =>
      client.json("POST", `/chat/${ids.assistant}`, {
        message: "And the gate?",
        conversation_id: ids.conversation,
      }),
    ),
  );
});

test("everything that can be read is read, by whoever may, at the same time", async () => {
  const reading = CALLS.filter(({ route, line }) => route.startsWith("GET /api/") && line.access !== "open");
  for (const { route, line, build } of reading) {
    // The list of a person's tenants is the person's: it names both of theirs.
    if (route === "GET /api/v1/tenants") continue;
    // Nobody erases a twin.
    if (route === "GET /api/v1/tenants/{id}/deletion") continue;
    await Promise.all(
      twins.flatMap(({ name, owner, client, ids }) =>
        [owner, client]
          .filter((by) => by === owner || isAllowed({ may: { scopes: SCOPES } }, line.access))
          .map(async (by) => {
            const theirs = route.includes("/conversations/{id}") && by !== client;
            const { status } = await callAs(by, route, build(ids));
            expect({ name, route, status }).toEqual({ name, route, status: theirs ? 404 : 200 });
          }),
      ),
    );
  }
});

/** What tells a tenant's things from another's besides ids: names at the providers, keys' beginnings, digests. */
const MARK = /\b(?:(?:cus|org|user|anc|sub)_\w+|[0-9a-f]{64})\b/g;

/** All that only this twin may be told. */
async function keptBy({ owner, canary }: Twin): Promise<{ ids: Set<string>; marks: Set<string> }> {
  await untilIdle(owner.id);
  // Seats are numbered after the person, who may sit in several tenants; nobody is told the number.
  const { usage_reservations: _, ...rows } = await storedRows(owner.id);
  return { ids: idsIn(rows), marks: new Set([canary, ...(JSON.stringify(rows).match(MARK) ?? [])]) };
}

test("no byte of all that is another twin's", async () => {
  const kept = await Promise.all(twins.map(async (twin) => ({ twin, ...(await keptBy(twin)) })));
  for (const { twin, ids, marks } of kept) {
    const { name, heard, canary } = twin;
    const others = kept.filter((other) => other.twin !== twin);
    const foreignIds = others.flatMap((other) => [...other.ids]);
    expect({ name, shared: foreignIds.filter((id) => ids.has(id)) }).toEqual({ name, shared: [] });
    const foreignMarks = others.flatMap((other) => [...other.marks]).filter((mark) => !marks.has(mark));
    expect(foreignIds.length, name).toBeGreaterThan(50);
    expect(foreignMarks.length, name).toBeGreaterThan(8);
    const all = heard.join("\n\n");
    const told = [...foreignIds, ...foreignMarks].filter((mark) => all.includes(mark));
    const unknown = [...idsIn({ heard: [{ all }] })].filter((id) => !ids.has(id));
    const where = heard.filter((answer) => [...told, ...unknown].some((mark) => answer.includes(mark)));
    expect({ name, told, unknown, where }).toEqual({ name, told: [], unknown: [], where: [] });
    expect(heard.filter((answer) => answer.includes(canary)).length, name).toBeGreaterThan(10);
  }
});

test("a twin that deletes its copy finds it no more; the others still answer from theirs", async () => {
  const [deleting, ...keeping] = twins;
  const response = deleting.client.request("DELETE", `/documents/${deleting.ids.document}`);
  const meanwhile = Promise.all(keeping.map((twin) => ask(twin, `Once more: ${WATCHWORD}`)));
  expect((await response).status).toBe(202);
  await meanwhile;
  await untilIdle(deleting.owner.id);
  const from = deleting.heard.length;
  const gone = await ask(deleting, `So, ${WATCHWORD}`);
  expect(gone.answer).toMatchObject({ refused: true, citations: [] });
  expect(deleting.heard.slice(from).join("\n")).not.toContain(deleting.canary);
  for (const twin of keeping) {
    const { answer, told, hits } = await ask(twin, `So, ${WATCHWORD}`);
    for (const text of [answer.answer, told, JSON.stringify(hits)])
      expect(text, twin.name).toContain(twin.canary);
    expect(answer.citations.map(({ document_id }) => document_id)).toContain(twin.ids.document);
    const content = await twin.client.request("GET", `/documents/${twin.ids.document}/content`);
    expect(await content.text()).toBe(twin.texts["notes.md"]);
  }
});
