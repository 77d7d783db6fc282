import { expect, test } from "vitest";
import type { Citation, Source } from "../db/schema/answer.ts";
import { createLibrary, createTenant, parseEvents } from "./harness.ts";

const HANDBOOK = `# Handbook

## Remote work

Employees may work remotely up to three days a week. The manager approves the schedule in writing.

## Notice period

The notice period is two months for managers. It is one month for all other employees.

## Congés

Chaque salarié acquiert 2,5 jours de congés par mois travaillé. Les congés se posent avec un préavis de 15 jours.
`;

type Answer = {
  answer: string;
  refused: boolean;
  citations: Citation[];
  sources: Source[];
  conversation_id: string;
};

test("a question about an uploaded document streams an answer anchored to the exact text", async () => {
  const tenant = await createTenant();
  const { assistantId, documents } = await createLibrary(tenant, { "handbook.md": HANDBOOK });
  expect(documents[0]).toMatchObject({ status: "ready", error_code: null, media_type: "text/markdown" });

  const response = await tenant.request("POST", `/chat/${assistantId}/stream`, {
    message: "How many days a week may employees work remotely?",
  });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const events = parseEvents(await response.text());
  const names = events.map(({ event }) => event);
  expect(names[0]).toBe("start");
  expect(names[1]).toBe("sources");
  expect(names.at(-1)).toBe("done");
  const answer = events.map(({ event, data }) => (event === "delta" ? data.text : "")).join("");
  expect(answer).toContain("three days a week");

  const citations = events.filter(({ event }) => event === "citation").map(({ data }) => data as Citation);
  expect(citations.length).toBeGreaterThan(0);
  for (const citation of citations) {
    const page = await tenant.json<{ text: string }>(
      "GET",
      `/documents/${citation.document_id}/pages/${citation.page}`,
    );
    expect(page.text.slice(citation.char_start, citation.char_end)).toBe(citation.quote);
    expect(citation).toMatchObject({ verified: true, filename: "handbook.md", page_kind: "section" });
    expect(answer.slice(citation.answer_start, citation.answer_end)).not.toMatch(/^\s|\s$|\[\d/);
  }
  expect(citations[0]?.page_label).toContain("Remote work");
});

test("the whole answer, a follow-up that leans on it, and the conversation that keeps both", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "handbook.md": HANDBOOK });
  const ask = (body: object) => tenant.json<Answer>("POST", `/chat/${assistantId}`, body);
  const first = await ask({ message: "What is the notice period for managers?" });
  expect(first.answer).toContain("two months");
  const second = await ask({
    message: "And for the other employees?",
    conversation_id: first.conversation_id,
  });
  expect(second.answer).toContain("one month");

  const kept = await tenant.json<{
    title: string;
    messages: Array<Answer & { question: string; status: string }>;
  }>("GET", `/chat/${assistantId}/conversations/${first.conversation_id}`);
  expect(kept.title).toBe("What is the notice period for managers?");
  expect(kept.messages.map(({ answer }) => answer)).toEqual([first.answer, second.answer]);
  expect(kept.messages[0]?.citations).toEqual(first.citations);
});

test("a question in French is answered in French, and one that nothing answers is refused", async () => {
  const tenant = await createTenant();
  const { assistantId } = await createLibrary(tenant, { "handbook.md": HANDBOOK });
  const answered = await tenant.json<Answer>("POST", `/chat/${assistantId}`, {
    message: "Combien de jours de congés acquiert chaque salarié par mois ?",
  });
  expect(answered).toMatchObject({ refused: false });
  expect(answered.answer).toContain("2,5 jours");
  const refused = await tenant.json<Answer>("POST", `/chat/${assistantId}`, {
    message: "Quelle est la capitale de la Mongolie ?",
  });
  expect(refused).toMatchObject({ refused: true, citations: [] });
  expect(refused.answer).toMatch(/^Je n’ai pas trouvé/);
});

test("a deleted document answers no more, from the moment that DELETE returns", async () => {
  const tenant = await createTenant();
  const { assistantId, documents } = await createLibrary(tenant, { "handbook.md": HANDBOOK });
  const id = documents[0]?.id;
  expect((await tenant.request("DELETE", `/documents/${id}`)).status).toBe(202);
  const { data } = await tenant.json<{ data: unknown[] }>("POST", "/search", { query: "notice period" });
  expect(data).toEqual([]);
  const answer = await tenant.json<Answer>("POST", `/chat/${assistantId}`, {
    message: "What is the notice period for managers?",
  });
  expect(answer).toMatchObject({ refused: true, sources: [] });
  expect((await tenant.request("GET", `/documents/${id}`)).status).toBe(404);
});
