import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { buildDocx, wordParagraph } from "../../dev/fixtures/build-docx.ts";
import worker from "../index.ts";
import { asOwner, createTenant, ingest, type Json, parseEvents, send, untilSettled } from "./harness.ts";
import {
  entriesOf,
  filesForm,
  type ImportJson,
  look,
  lookQuietly,
  newCollection,
  outcomesOf,
  runImport,
  startQuietly,
  storedOfImports,
  untilFinal,
} from "./import-harness.ts";

const note = (topic: string) => `# ${topic}\n\nThis note is about ${topic}.`;

test("many files in one request are documents of their own, one bad one among them", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const imported = await runImport(
    tenant,
    filesForm(collectionId, {
      "a.md": note("apples"),
      "sub/b.md": note("bananas"),
      "broken.pdf": "%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
      "again.md": note("apples"),
      "photo.jpg": crypto.getRandomValues(new Uint8Array(3_000)),
      "inner.zip": zipSync({ "x.md": strToU8(note("x")) }),
      ".DS_Store": "x",
      "empty.md": "",
      "c.md": note("cherries"),
    }),
  );
  expect(imported).toMatchObject({
    kind: "files",
    state: "done",
    error_code: null,
    eta_seconds: null,
    counts: { total: 9, pending: 0, reading: 0, ready: 3, duplicate: 1, skipped: 3, failed: 2, cancelled: 0 },
  });
  expect(await outcomesOf(tenant, imported.id)).toEqual({
    "a.md": "ready",
    "sub/b.md": "ready",
    "broken.pdf": "failed corrupt",
    "again.md": "duplicate",
    "photo.jpg": "skipped unsupported",
    "inner.zip": "skipped nested_archive",
    ".DS_Store": "skipped system_file",
    "empty.md": "failed empty",
    "c.md": "ready",
  });
  const entries = await entriesOf(tenant, imported.id);
  const idOf = (name: string) => entries.find((entry) => entry.name === name)?.document_id;
  expect(idOf("again.md")).toBe(idOf("a.md"));
  expect(idOf("photo.jpg")).toBeNull();
  expect(await tenant.json("GET", `/documents/${idOf("b.md")}`)).toMatchObject({
    folder: "sub",
    filename: "b.md",
    import_id: imported.id,
    source_url: null,
  });
  expect(await storedOfImports(tenant)).toEqual([]);
  expect(await asOwner()`select 1 from import_jobs where import_id = ${imported.id}`).toEqual([]);
});

test("an archive's files are documents with their folders; what is hostile in it is harmless or refused alone", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const archive = zipSync({
    "Contrats/2026/bail.md": strToU8(note("le bail")),
    "Contrats/2026/": new Uint8Array(),
    "../../evil.md": strToU8(note("evil")),
    "C:\\temp\\drive.md": strToU8(note("drives")),
    "Contrats/lettre.docx": buildDocx({ body: wordParagraph("Une lettre de résiliation.") }),
    "same/Name.md": strToU8(note("one")),
    "same/name.md": strToU8(note("two")),
    "copy.md": strToU8(note("one")),
    "inner.zip": zipSync({ "x.md": strToU8("x") }),
    "renamed.md": zipSync({ "x.md": strToU8("x") }),
    "photo.png": crypto.getRandomValues(new Uint8Array(9_000)),
    "__MACOSX/._bail.md": strToU8("x"),
    "Thumbs.db": strToU8("x"),
    "broken.pdf": strToU8("%PDF-1.7\nnothing"),
  });
  const imported = await runImport(tenant, filesForm(collectionId, { "Dossier.zip": archive }));
  expect(imported).toMatchObject({ kind: "zip", source: "Dossier.zip", state: "done" });
  expect(await outcomesOf(tenant, imported.id)).toEqual({
    "Contrats/2026/bail.md": "ready",
    "evil.md": "ready",
    "temp/drive.md": "ready",
    "Contrats/lettre.docx": "ready",
    "same/Name.md": "ready",
    "same/name (2).md": "ready",
    "copy.md": "duplicate",
    "inner.zip": "skipped nested_archive",
    "renamed.md": "skipped unsupported",
    "photo.png": "skipped unsupported",
    "__MACOSX/._bail.md": "skipped system_file",
    "Thumbs.db": "skipped system_file",
    "broken.pdf": "failed corrupt",
  });
  const ready = await entriesOf(tenant, imported.id, "ready");
  expect(ready).toHaveLength(6);
  expect(await entriesOf(tenant, imported.id, "skipped")).toHaveLength(5);
  const lease = ready.find(({ name }) => name === "bail.md");
  expect(await tenant.json("GET", `/documents/${lease?.document_id}`)).toMatchObject({
    folder: "Contrats/2026",
    filename: "bail.md",
    status: "ready",
  });
  expect(await storedOfImports(tenant)).toEqual([]);
});

test("an archive that can't be trusted or read ends as failed, with a sentence in either language", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  for (const [archive, reason] of [
    [zipSync({ "a.md": new Uint8Array(20_000_000) }), "archive_hostile"],
    [zipSync({ "a.md": strToU8("# A") }).slice(0, -9), "archive_corrupt"],
    [zipSync({}), "archive_empty"],
  ] as const) {
    const imported = await runImport(tenant, filesForm(collectionId, { "x.zip": archive }));
    expect(imported).toMatchObject({ state: "failed", error_code: reason, counts: { ready: 0 } });
    expect(imported.error_message).toMatch(/^The archive .+\.$/);
    const french = await send(`/api/v1/imports/${imported.id}`, {
      headers: { "X-Tenant-Id": tenant.id, "Accept-Language": "fr" },
    });
    expect(((await french.json()) as ImportJson).error_message).toMatch(/^L’archive .+\.$/);
  }
  await untilNothingStored(tenant);
});

async function untilNothingStored(tenant: Awaited<ReturnType<typeof createTenant>>): Promise<void> {
  for (let again = 0; again < 200 && (await storedOfImports(tenant)).length > 0; again++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(await storedOfImports(tenant)).toEqual([]);
}

test("the events of an import tell its counts until it is final", async () => {
  const tenant = await createTenant();
  const files = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`${n}.md`, note(`number ${n}`)]));
  const form = filesForm(await newCollection(tenant), files);
  const { id } = await tenant.json<ImportJson>("POST", "/imports", form);
  const events = parseEvents(await (await tenant.request("GET", `/imports/${id}/events`)).text());
  expect(events.map(({ event }) => event)).toEqual(events.map(() => "progress"));
  const states = events.map(({ data }) => data.state);
  expect(states.at(-1)).toBe("done");
  expect(states.slice(0, -1)).not.toContain("done");
  const ready = events.map(({ data }) => (data.counts as Json).ready as number);
  expect(ready).toEqual(ready.toSorted((a, b) => a - b));
  expect(events.at(-1)?.data.counts).toMatchObject({ total: 8, ready: 8 });
});

test("work that was cut off behind any of its writes, and comes again and again, ends the same", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const archive = zipSync(
    Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`f/${n}.md`, strToU8(note(`thing ${n}`))])),
  );
  const imported = await runImport(tenant, filesForm(collectionId, { "x.zip": archive }));
  const clean = await entriesOf(tenant, imported.id);
  const documentsOf = () =>
    asOwner()`select id, filename, folder from documents where import_id = ${imported.id} order by id`;
  const documents = await documentsOf();
  expect(documents).toHaveLength(6);
  const sql = asOwner();
  const key = `t/${tenant.id}/imports/${imported.id}/archive`;
  await (env as unknown as { FILES: R2Bucket }).FILES.put(key, archive);
  const job = sql`insert into import_jobs (import_id, tenant_id, due_at)
    values (${imported.id}, ${tenant.id}, now() + interval '1 hour')
    on conflict (import_id) do update set due_at = excluded.due_at, claimed_until = null`;
  const damages = [
    // Behind the listing's first write; behind a document's, before its entry was told; before the last look.
    [
      sql`delete from import_entries where import_id = ${imported.id} and ordinal > 2`,
      sql`update import_entries set state = 'pending', attempts = 0 where import_id = ${imported.id}`,
      sql`update imports set state = 'listing', finished_at = null where id = ${imported.id}`,
    ],
    [
      sql`update import_entries set state = 'pending', attempts = 1, updated_at = now() - interval '1 hour'
          where import_id = ${imported.id} and ordinal in (1, 4)`,
      sql`update imports set state = 'running', finished_at = null where id = ${imported.id}`,
    ],
    [sql`update imports set state = 'running', finished_at = null where id = ${imported.id}`],
  ];
  for (const damage of damages) {
    await sql.transaction([
      ...damage,
      sql`update imports set storage_key = ${key}, options = '{}' where id = ${imported.id}`,
      job,
    ]);
    await Promise.all([look(tenant, imported.id), look(tenant, imported.id)]);
    await look(tenant, imported.id);
    expect(await untilFinal(tenant, imported.id)).toMatchObject({ state: "done", counts: imported.counts });
    const again = await entriesOf(tenant, imported.id);
    const essence = (entries: typeof clean) =>
      entries.map(({ id, document_id, state }) => ({ id, document_id, state }));
    expect(essence(again)).toEqual(essence(clean));
    expect(await documentsOf()).toEqual(documents);
    await sql`delete from import_jobs where import_id = ${imported.id}`;
  }
  const [usage] =
    await sql`select used from usage_counters where tenant_id = ${tenant.id} and metric = 'documents'`;
  expect(Number(usage?.used)).toBe(6);
});

test("an entry that ends its consumer each time fails alone", async () => {
  const tenant = await createTenant();
  const form = filesForm(await newCollection(tenant), { "a.md": note("alpha"), "b.md": note("beta") });
  const { id } = await startQuietly(tenant, form);
  await asOwner()`update import_entries set attempts = 3, updated_at = now() - interval '1 hour'
    where import_id = ${id} and ordinal = 0`;
  await look(tenant, id);
  expect(await untilFinal(tenant, id)).toMatchObject({ state: "done" });
  expect(await outcomesOf(tenant, id)).toEqual({ "a.md": "failed internal", "b.md": "ready" });
});

test("a cancelled import takes nothing more in; what was taken is left to finish, and nothing is kept", async () => {
  const tenant = await createTenant();
  const names = Array.from({ length: 30 }, (_, n) => `${n}.md`);
  const form = filesForm(
    await newCollection(tenant),
    Object.fromEntries(names.map((name) => [name, note(name)])),
  );
  const { id } = await startQuietly(tenant, form);
  await lookQuietly(tenant, id);
  const cancelled = await tenant.json<ImportJson>("POST", `/imports/${id}/cancel`);
  expect(cancelled).toMatchObject({
    state: "cancelled",
    counts: { pending: 0, cancelled: 5 },
    eta_seconds: null,
  });
  await untilNothingStored(tenant);
  const again = await tenant.json<ImportJson>("POST", `/imports/${id}/cancel`);
  expect(again.state).toBe("cancelled");
  expect((await tenant.request("POST", `/imports/${id}/retry`)).status).toBe(409);
  for (const { document_id } of (await entriesOf(tenant, id)).slice(0, 3)) {
    expect(await untilSettled(tenant, String(document_id))).toMatchObject({ status: "ready" });
  }
  expect(await entriesOf(tenant, id, "cancelled")).toMatchObject(names.slice(25).map((name) => ({ name })));
  const [usage] = await asOwner()`select used from usage_counters where tenant_id = ${tenant.id}
    and metric = 'documents'`;
  expect(Number(usage?.used)).toBe(25);
});

test("what failed and may pass is tried again, documents included; what can't is left", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const sql = asOwner();
  const imported = await runImport(
    tenant,
    filesForm(collectionId, { "a.md": note("first"), "b.md": note("second"), "c.pdf": "%PDF-1.7 broken" }),
  );
  const before = await entriesOf(tenant, imported.id);
  const [a, b] = before;
  // One document failed of the model, one never came to be: the plan was full.
  await sql.transaction([
    sql`update documents set status = 'failed', error_code = 'upstream_unavailable', published_version = null
        where id = ${a?.document_id}`,
    sql`delete from document_pages where document_id = ${a?.document_id}`,
    sql`delete from chunks where document_id = ${a?.document_id}`,
    sql`delete from documents where id = ${b?.document_id}`,
    sql`update import_entries set state = 'failed', error_code = 'quota_exceeded', locator = jsonb_build_object(
        'key', 't/' || ${tenant.id} || '/imports/' || ${imported.id} || '/files/1') where id = ${b?.id}`,
  ]);
  const key = `t/${tenant.id}/imports/${imported.id}/files/1`;
  await (env as unknown as { FILES: R2Bucket }).FILES.put(key, note("second"));
  expect(await tenant.json("GET", `/imports/${imported.id}`)).toMatchObject({
    state: "done",
    counts: { ready: 0, failed: 3 },
  });
  const response = await tenant.request("POST", `/imports/${imported.id}/retry`);
  expect(response.status).toBe(202);
  expect(await response.json()).toMatchObject({ state: "running" });
  const done = await untilFinal(tenant, imported.id);
  expect(done).toMatchObject({ state: "done", counts: { ready: 2, failed: 1 } });
  expect(await outcomesOf(tenant, imported.id)).toEqual({
    "a.md": "ready",
    "b.md": "ready",
    "c.pdf": "failed corrupt",
  });
  const nothing = await tenant.json<ImportJson>("POST", `/imports/${imported.id}/retry`);
  expect(nothing).toMatchObject({ state: "done" });
});

test("an entry over the plan's limit says so and keeps its bytes for another try", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const sql = asOwner();
  await sql`insert into usage_counters (tenant_id, period, metric, used) values (${tenant.id}, 'total', 'documents', 999)
    on conflict (tenant_id, period, metric) do update set used = 999`;
  const imported = await runImport(
    tenant,
    filesForm(collectionId, { "a.md": note("one"), "b.md": note("two"), "c.md": note("three") }),
  );
  expect(imported).toMatchObject({ state: "done", counts: { ready: 1, failed: 2 } });
  expect((await storedOfImports(tenant)).length).toBeGreaterThanOrEqual(2);
  await sql`update usage_counters set used = 10 where tenant_id = ${tenant.id} and metric = 'documents'`;
  await tenant.json("POST", `/imports/${imported.id}/retry`);
  expect(await untilFinal(tenant, imported.id)).toMatchObject({ counts: { ready: 3, failed: 0 } });
  await untilNothingStored(tenant);
});

test("the sweep sends a forgotten import again, and ends one that makes no progress", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const sql = asOwner();
  const { id } = await startQuietly(tenant, filesForm(collectionId, { "a.md": note("a") }));
  const other = await startQuietly(tenant, filesForm(collectionId, { "b.md": note("b") }));
  await sql.transaction([
    // The consumer of the one died at it, the other's did so time and again.
    sql`update import_jobs set claimed_until = now() - interval '1 minute', due_at = now() - interval '1 second'
        where import_id in (${id}, ${other.id})`,
    sql`update import_jobs set stalls = 2 where import_id = ${other.id}`,
  ]);
  await worker.scheduled(createScheduledController(), env as never);
  expect(await untilFinal(tenant, id)).toMatchObject({ state: "done", counts: { ready: 1 } });
  expect(await untilFinal(tenant, other.id)).toMatchObject({
    state: "failed",
    error_code: "stalled",
    counts: { failed: 1 },
  });
  await tenant.json("POST", `/imports/${other.id}/retry`);
  expect(await untilFinal(tenant, other.id)).toMatchObject({
    state: "done",
    counts: { ready: 1, failed: 0 },
  });
});

test("an import that only waits for its turn doesn't stall", async () => {
  const tenant = await createTenant();
  const { id } = await startQuietly(tenant, filesForm(await newCollection(tenant), { "a.md": note("a") }));
  await asOwner()`update import_jobs set stalls = 0, due_at = now() - interval '1 second' where import_id = ${id}`;
  await worker.scheduled(createScheduledController(), {
    ...env,
    IMPORT_QUEUE: { send: async () => {} },
  } as never);
  const [job] = await asOwner()`select stalls from import_jobs where import_id = ${id}`;
  expect(job?.stalls).toBe(0);
});

test("an import into a collection that is deleted meanwhile ends and leaves nothing", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const { id } = await startQuietly(
    tenant,
    filesForm(collectionId, { "a.md": note("a"), "b.md": note("b") }),
  );
  expect((await storedOfImports(tenant)).length).toBe(2);
  expect((await tenant.request("DELETE", `/collections/${collectionId}`)).status).toBe(202);
  await look(tenant, id);
  await untilNothingStored(tenant);
  // Its row goes behind its files.
  const status = async () => (await tenant.request("GET", `/imports/${id}`)).status;
  await expect.poll(status, { timeout: 20_000 }).toBe(404);

  const kept = await newCollection(tenant);
  await ingest(tenant, kept, "held.md", note("what holds the collection"));
  const other = await startQuietly(tenant, filesForm(kept, { "c.md": note("c") }));
  await asOwner()`update collections set deleted_at = now() where id = ${kept}`;
  await look(tenant, other.id);
  expect(await untilFinal(tenant, other.id)).toMatchObject({
    state: "failed",
    error_code: "collection_deleted",
    counts: { failed: 1 },
  });
  await untilNothingStored(tenant);
});

test("a message for nothing, for another's import or without sense is acked and changes nothing", async () => {
  const [owner, other] = [await createTenant(), await createTenant()];
  const form = filesForm(await newCollection(owner), { "a.md": note("mine") });
  const { id } = await owner.json<ImportJson>("POST", "/imports", form);
  await untilFinal(owner, id);
  for (const [tenant, importId] of [
    [owner, id],
    [owner, crypto.randomUUID()],
    [other, id],
  ] as const) {
    expect((await look(tenant, importId)).explicitAcks).toHaveLength(1);
  }
  expect(await untilFinal(owner, id)).toMatchObject({ state: "done", counts: { ready: 1 } });
  for (const path of [`/imports/${id}`, `/imports/${id}/entries`, `/imports/${id}/events`]) {
    expect((await other.request("GET", path)).status, path).toBe(404);
  }
  for (const path of [`/imports/${id}/cancel`, `/imports/${id}/retry`]) {
    expect((await other.request("POST", path)).status, path).toBe(404);
  }
});

test("a request that asks for too much or for nothing is refused as a whole", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const nowhere = filesForm(crypto.randomUUID(), { "a.md": note("a") });
  expect((await tenant.request("POST", "/imports", nowhere)).status).toBe(404);
  expect((await tenant.request("POST", "/imports", filesForm(collectionId, {}))).status).toBe(422);
  for (const body of [
    { collection_id: collectionId },
    { collection_id: collectionId, urls: [] },
    { collection_id: collectionId, urls: ["https://a.example"], sitemap: "https://a.example/sitemap.xml" },
    { collection_id: collectionId, urls: Array.from({ length: 1_001 }, (_, n) => `https://a.example/${n}`) },
    { collection_id: collectionId, sitemap: "https://a.example/sitemap.xml", max_pages: 1_001 },
  ]) {
    expect((await tenant.request("POST", "/imports", body)).status, JSON.stringify(body).slice(0, 80)).toBe(
      422,
    );
  }
  const list = await tenant.json<{ data: Json[] }>("GET", "/imports");
  expect(list.data).toEqual([]);
  expect(await storedOfImports(tenant)).toEqual([]);
});
