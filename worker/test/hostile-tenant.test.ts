import { beforeAll, expect, test } from "vitest";
import { PERMISSIONS } from "../services/access/permissions.ts";
import { asOwner, type Json, send, uniqueId, withApiKey } from "./harness.ts";
import { isAllowed, ROLES } from "./hostile/callers.ts";
import { idPlaces, readOperations } from "./hostile/openapi-document.ts";
import { converse, createFounder, createKeyHolder, createOwner, type Party } from "./hostile/party.ts";
import {
  type Answer,
  CALLS,
  callAs,
  inventedIds,
  misuses,
  mixed,
  type RouteCall,
  read,
  written,
} from "./hostile/request.ts";
import { type Ids, RIGHTS, ROUTES } from "./hostile/route-table.ts";
import { joinAs } from "./hostile/session.ts";
import { idsIn, type StoredRows, storedRows } from "./hostile/stored-rows.ts";

let victim: Party;
let attackers: Party[];
let before: StoredRows;

beforeAll(async () => {
  const [found, owner, founder] = await Promise.all([
    createOwner("the victim"),
    createOwner("the owner of another organisation"),
    createFounder("a person with a tenant of their own"),
  ]);
  victim = found;
  attackers = [owner, founder, await createKeyHolder("an API key of another organisation", owner)];
  before = await storedRows(victim.client.id);
}, 240_000);

test("every operation of the OpenAPI document has its line, which fills every place for an id", async () => {
  const operations = await readOperations();
  expect(operations.map(({ name }) => name).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  for (const operation of operations) {
    const { name, open } = operation;
    const { access, foreign, calls } = ROUTES[name] ?? { calls: [] };
    const built = calls.map((build) => build(inventedIds()));
    for (const call of built) expect(written(name, call).path).not.toContain("{");
    const filled = built.flatMap(({ params, query, body }) =>
      Object.keys({ ...params, ...query, ...(body as Json) }),
    );
    const places = idPlaces(operation);
    const unfilled = places.filter((place) => !filled.includes(place));
    expect({ name, unfilled, open, namesNothing: foreign === null }).toEqual({
      name,
      unfilled: [],
      open: access === "open" || access === "signed",
      namesNothing: places.length === 0,
    });
  }
});

test("the table says of roles and scopes what permissions.ts says", () => {
  const { person: _, ...rights } = RIGHTS;
  const expected = Object.entries(rights).map(([name, { least, scopes }]) => [
    name,
    { roles: ROLES.slice(0, ROLES.indexOf(least) + 1), scopes },
  ]);
  expect(Object.fromEntries(expected)).toEqual(PERMISSIONS);
});

/** Sends a call twice, with ids of another and with ids that nobody has; gives both answers. */
async function compare(by: Party, call: RouteCall, names: Array<keyof Ids>, theirs: Ids): Promise<Answer[]> {
  const answers = [theirs, inventedIds()].map(async (ids) =>
    read(await callAs(by.client, call.route, call.build(mixed(by.ids, ids, names)))),
  );
  return Promise.all(answers);
}

function expectedStatus(by: Party, { line }: RouteCall, names: Array<keyof Ids>): number {
  if (!isAllowed(by, line.access)) return 403;
  return line.foreign === "ignored" || names.every((name) => name === "row") ? 200 : 404;
}

test("another tenant's id answers exactly like an id that doesn't exist, wherever it stands", async () => {
  const theirs = idsIn(before);
  for (const attacker of attackers) {
    for (const call of CALLS) {
      for (const names of misuses(call)) {
        const what = `${attacker.name}: ${call.route}, another's ${names.join(" and ")}`;
        const [foreign, missing] = await compare(attacker, call, names, victim.ids);
        expect({ what, ...foreign }).toEqual({ what, ...missing });
        expect(foreign?.status, what).toBe(expectedStatus(attacker, call, names));
        for (const id of theirs) expect(foreign?.text.includes(id), what).toBe(false);
      }
    }
  }
});

test("the victim's tenant can't be chosen in X-Tenant-Id, by any route", async () => {
  for (const attacker of attackers) {
    const nobodys = { "X-Tenant-Id": crypto.randomUUID() };
    const missing = await read(await attacker.client.request("GET", "/usage", undefined, nobodys));
    expect(missing.status, attacker.name).toBe(404);
    for (const { route, line, build } of CALLS) {
      const takesTenant = !["open", "signed"].includes(line.access) && !route.includes("/tenants");
      if (!takesTenant) continue;
      const theirs = { "X-Tenant-Id": victim.client.id };
      const foreign = await read(await callAs(attacker.client, route, build(victim.ids), theirs));
      expect({ by: attacker.name, route, ...withoutLimit(foreign) }).toEqual({
        by: attacker.name,
        route,
        ...withoutLimit(missing),
      });
    }
  }
});

/** Questions have a rate of their own, so its headers differ from route to route. */
function withoutLimit({ headers, ...answer }: Answer): Answer {
  return { ...answer, headers: headers.map((header) => header.replace(/^(ratelimit-.*?):.*/, "$1")) };
}

test("after it all nothing of the victim has changed, and nobody else holds an id of it", async () => {
  expect(await storedRows(victim.client.id)).toEqual(before);
  const theirs = idsIn(before);
  for (const { name, client } of attackers) {
    const kept = idsIn(await storedRows(client.id));
    expect({ name, kept: [...kept].filter((id) => theirs.has(id)) }).toEqual({ name, kept: [] });
    const found = await client.json<{ data: Json[] }>("POST", "/search", { query: "secret word amaranth" });
    for (const { document_id } of found.data) expect(theirs.has(String(document_id)), name).toBe(false);
  }
  const { answer } = await victim.client.json("POST", `/chat/${victim.ids.assistant}`, {
    message: "What is the secret word?",
  });
  expect(answer).toContain("amaranth");
});

test("a colleague's conversation is neither listed nor found, by whatever role", async () => {
  const organizationId = uniqueId("org");
  const owner = await createOwner("a colleague", organizationId);
  const member = await joinAs("member", uniqueId("user"), organizationId);
  const theirs = { ...owner.ids, ...(await converse(member, owner.ids.assistant)) };
  for (const path of [`/chat/${theirs.assistant}/conversations`, "/conversations"]) {
    const listed = await owner.client.request("GET", path);
    expect(listed.status, path).toBe(200);
    expect(await listed.text(), path).not.toContain(theirs.conversation);
  }
  for (const call of CALLS) {
    for (const name of ["conversation", "message", "turn"] as const) {
      if (!misuses(call).flat().includes(name)) continue;
      const [foreign, missing] = await compare(owner, call, [name], theirs);
      expect({ route: call.route, ...foreign }).toEqual({ route: call.route, ...missing });
      expect(foreign?.status, call.route).toBe(404);
    }
  }
});

test("a key for one assistant finds no other of its own tenant", async () => {
  const owner = await createOwner("the owner");
  const { id: other } = await owner.client.json("POST", "/assistants", { name: "Other" });
  const client = await withApiKey(owner.client, { scopes: ["chat"], assistant_ids: [owner.ids.assistant] });
  const key: Party = { ...owner, client, may: { scopes: ["chat"] } };
  expect(await (await client.request("GET", "/assistants")).text()).not.toContain(other);
  for (const call of CALLS) {
    if (!misuses(call).flat().includes("assistant")) continue;
    const theirs = { ...owner.ids, assistant: String(other) };
    const [foreign, missing] = await compare(key, call, ["assistant"], theirs);
    expect({ route: call.route, ...foreign }).toEqual({ route: call.route, ...missing });
    expect(foreign?.status, call.route).toBe(expectedStatus(key, call, ["assistant"]));
  }
});

test("somebody else's personal tenant can't be chosen, seen or renamed by the dev user", async () => {
  const theirs = crypto.randomUUID();
  const sql = asOwner();
  await sql.transaction([
    sql`insert into tenants (id, name) values (${theirs}, 'Theirs')`,
    sql`insert into memberships (tenant_id, user_id, role) values (${theirs}, 'somebody_else', 'owner')`,
  ]);
  for (const id of [theirs, crypto.randomUUID(), "not-an-id", ""]) {
    const response = await send("/api/v1/collections", { headers: { "X-Tenant-Id": id } });
    expect({ id, status: response.status }).toEqual({ id, status: 404 });
  }
  for (const init of [{ method: "GET" }, { method: "PATCH", body: '{"name":"Mine now"}' }]) {
    const [foreign, missing] = await Promise.all(
      [theirs, crypto.randomUUID()].map(async (id) =>
        read(
          await send(`/api/v1/tenants/${id}`, { ...init, headers: { "Content-Type": "application/json" } }),
        ),
      ),
    );
    expect(foreign).toEqual(missing);
    expect(foreign?.status).toBe(404);
  }
  expect(await (await send("/api/v1/tenants")).text()).not.toContain(theirs);
  expect(await sql`select name from tenants where id = ${theirs}`).toEqual([{ name: "Theirs" }]);
});
