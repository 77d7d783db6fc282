import { beforeAll, expect, test } from "vitest";
import { type Caller, createCallers, isAllowed } from "./callers.ts";
import { converse, furnish } from "./party.ts";
import { CALLS, callAs, inventedIds, read } from "./request.ts";
import type { Ids } from "./route-table.ts";
import { storedRows, untilIdle } from "./stored-rows.ts";

let owner: Caller;
let callers: Awaited<ReturnType<typeof createCallers>>;
let ids: Ids;

beforeAll(async () => {
  callers = await createCallers();
  [owner] = callers;
  ids = await furnish(owner.client);
}, 240_000);

test("who lacks the role or scope is refused, with a real id too, and nothing changes", async () => {
  const before = await storedRows(owner.client.id);
  const refusals = new Map<string, number>();
  for (const caller of callers) {
    for (const { route, line, build } of CALLS) {
      if (isAllowed(caller, line.access)) continue;
      const what = `${caller.name}: ${route}`;
      const answer = await read(await callAs(caller.client, route, build(ids)));
      expect({ what, status: answer.status, text: answer.text }).toMatchObject({ what, status: 403 });
      expect(JSON.parse(answer.text), what).toEqual({
        type: "urn:ancre:problem:forbidden",
        title: "Not allowed",
        status: 403,
        detail: expect.stringMatching(
          /^(Your role is |API keys can't do this; sign in\.$|This API key lacks the scope for this: )/,
        ),
        code: "forbidden",
        request_id: "the request's id",
      });
      refusals.set(caller.name, (refusals.get(caller.name) ?? 0) + 1);
    }
  }
  expect(await storedRows(owner.client.id)).toEqual(before);
  expect([...refusals.keys()]).toEqual(callers.map(({ name }) => name).filter((name) => name !== "owner"));
});

test("who has the role or scope gets past it: what they name isn't there, or the list is theirs", async () => {
  for (const caller of callers) {
    for (const { route, line, build } of CALLS) {
      if (!isAllowed(caller, line.access) || line.access === "signed") continue;
      const { status, text } = await read(await callAs(caller.client, route, build(inventedIds())));
      const expected = line.foreign === "missing" ? [404] : [200, 201];
      expect(expected, `${caller.name}: ${route} → ${status} ${text}`).toContain(status);
    }
  }
});

test("the calls of the table are valid: with ids of one's own, the least role that may gets an answer", async () => {
  for (const { route, line, build } of CALLS) {
    const least = callers.filter((caller) => "role" in caller.may && isAllowed(caller, line.access)).at(-1);
    if (!least || line.access === "signed") continue;
    // A conversation is its own person's alone, and made anew for the DELETE that ends it.
    const own = { ...ids, ...(await conversationOf(least)) };
    const { status, text } = await read(await callAs(least.client, route, build(own)));
    const expected = REFUSED_ON_MERITS[route] ?? [200, 201, 202, 204];
    expect(expected, `${least.name}: ${route} → ${status} ${text}`).toContain(status);
  }
  await untilIdle(owner.client.id);
});

/** What answers otherwise though everything about the call is right. */
const REFUSED_ON_MERITS: Record<string, number[]> = {
  // An organisation is renamed where it is kept.
  "PATCH /api/v1/tenants/{id}": [409],
  // The table doesn't know the tenant's name, which confirms it.
  "DELETE /api/v1/tenants/{id}": [422],
  // Nobody has asked for it.
  "GET /api/v1/tenants/{id}/deletion": [404],
};

type Own = Awaited<ReturnType<typeof converse>>;
const conversations = new Map<Caller, Own>();

async function conversationOf(caller: Caller): Promise<Own> {
  const known = conversations.get(caller) ?? (await converse(caller.client, ids.assistant));
  conversations.set(caller, known);
  return known;
}
