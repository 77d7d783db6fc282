import { env } from "cloudflare:workers";
import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import { parseEnv } from "../env.ts";
import { systemContext } from "../ingest/system-context.ts";
import { createNamer, safePart } from "../services/export/entry-names.ts";
import { exportTenant } from "../services/export/export-tenant.ts";
import { sheetLines } from "../services/export/lines.ts";
import { SHEETS } from "../services/export/sheets.ts";
import { wire } from "../wiring.ts";
import {
  asOwner,
  createTenant,
  ingest,
  type Json,
  type TestTenant,
  uniqueId,
  withApiKey,
} from "./harness.ts";
import { createFounder, createOwner } from "./hostile/party.ts";
import { joinAs } from "./hostile/session.ts";

type Archive = Record<string, Uint8Array>;

async function download(tenant: TestTenant): Promise<Archive> {
  const response = await tenant.request("GET", `/tenants/${tenant.id}/export`);
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("application/zip");
  expect(response.headers.get("Content-Disposition")).toMatch(/^attachment; filename="ancre-.+\.zip"$/);
  return unzipSync(new Uint8Array(await response.arrayBuffer()));
}

function text(archive: Archive, name: string): string {
  return new TextDecoder().decode(archive[name]);
}

function lines(archive: Archive, name: string): Json[] {
  const found = text(archive, `${name}.jsonl`).split("\n");
  expect(found.pop(), name).toBe("");
  return found.map((line) => JSON.parse(line) as Json);
}

const context = (tenant: Pick<TestTenant, "id">) => systemContext(wire(parseEnv(env as never)), tenant.id);

test("an export opens, holds every row and file of the tenant, and nothing that is secret or deleted", async () => {
  const { client: tenant, ids } = await createFounder("Exported");
  const key = await withApiKey(tenant, { scopes: ["read"] });
  const second = await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" });
  await ingest(tenant, second.id, "secret.md", "# Other\n\nThe same names once more.");
  const doomed = await ingest(
    tenant,
    ids.collection,
    "doomed.md",
    "# Doomed\n\nNot to be taken along: mandragora.",
  );
  await asOwner()`update documents set folder = 'Règles/../2026', filename = 'a:b?.md' where id = ${ids.document}`;
  await asOwner()`update documents set status = 'deleting' where id = ${doomed.id}`;
  const archive = await download(tenant);

  const rows = async (table: string) => {
    const found = await asOwner().query(`select * from ${table} where tenant_id = $1`, [tenant.id]);
    return found.length;
  };
  expect(lines(archive, "tenant")).toEqual([expect.objectContaining({ id: tenant.id, name: "Exported" })]);
  expect(lines(archive, "members")).toEqual([expect.objectContaining({ role: "owner" })]);
  expect(lines(archive, "collections")).toHaveLength(2);
  expect(lines(archive, "documents").map(({ id }) => id)).not.toContain(doomed.id);
  expect(lines(archive, "documents")).toHaveLength((await rows("documents")) - 1);
  expect(lines(archive, "versions")).toHaveLength((await rows("document_versions")) - 1);
  expect(JSON.stringify(lines(archive, "pages").map((page) => page.text))).toContain("is amaranth.");
  expect(lines(archive, "assistants")).toEqual([
    expect.objectContaining({ id: ids.assistant, collection_ids: [ids.collection] }),
  ]);
  expect(lines(archive, "conversations")).toHaveLength(await rows("conversations"));
  const [message] = lines(archive, "messages");
  expect(message).toMatchObject({
    conversation_id: ids.conversation,
    answer: expect.stringContaining("amaranth"),
  });
  expect(lines(archive, "usage")).toHaveLength(await rows("usage_daily"));
  expect(lines(archive, "audit_log").map(({ action }) => action)).toContain("tenant.exported");
  expect(lines(archive, "api_keys").map(({ id }) => id)).toContain(key.keyId);
  expect(lines(archive, "deletions").map(({ id }) => id)).toContain(ids.deletion);
  expect(text(archive, "errors.jsonl")).toBe("");

  const files = Object.keys(archive).filter((name) => name.startsWith("files/"));
  const names = new Map([[ids.document, "files/Library/Règles/_/2026/a_b_.md"]]);
  for (const { id, filename } of lines(archive, "documents")) {
    const folder = filename === "imported.md" ? "Library" : "Library (2)";
    if (!names.has(String(id))) names.set(String(id), `files/${folder}/${filename}`);
  }
  expect(names.size).toBe(3);
  expect(files.toSorted()).toEqual([...names.values()].toSorted());
  for (const { id, sha256 } of lines(archive, "documents")) {
    const original = await tenant.request("GET", `/documents/${id}/content`);
    const bytes = new Uint8Array(await original.arrayBuffer());
    const name = names.get(String(id)) ?? "";
    expect(archive[name], name).toEqual(bytes);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    expect([...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")).toBe(sha256);
  }
  const [stored] = await asOwner()`select sha256 from api_keys where id = ${key.keyId}`;
  const whole = Object.keys(archive)
    .map((name) => text(archive, name))
    .join("\n");
  for (const secret of [String(stored?.sha256), key.key, "mandragora", "storage_key", "question_embedding"]) {
    expect(whole.includes(secret), secret).toBe(false);
  }
});

test("a file that R2 lost is a line in errors.jsonl, and the archive is whole without it", async () => {
  const { client: tenant, ids } = await createFounder("Lossy");
  const bucket = parseEnv(env as never).FILES;
  const { objects } = await bucket.list({ prefix: `t/${tenant.id}/${ids.document}/` });
  await bucket.delete(objects.map(({ key }) => key));
  const archive = await download(tenant);
  expect(lines(archive, "errors")).toEqual([
    { document_id: ids.document, file: "files/Library/secret.md", error: "file_missing" },
  ]);
  expect(lines(archive, "documents").map(({ filename }) => filename)).toContain("secret.md");
  const files = Object.keys(archive).filter((name) => name.startsWith("files/"));
  expect(files).toEqual(["files/Library/imported.md"]);
});

test("an error midway breaks the stream, it doesn't end it", async () => {
  const { client: tenant } = await createFounder("Broken");
  const ctx = context(tenant);
  const broken = {
    ...ctx,
    files: {
      ...ctx.files,
      get: () => Promise.reject(new Error("R2 is away")),
    } as unknown as typeof ctx.files,
  };
  const reader = (await exportTenant(broken)).getReader();
  const read = async () => {
    for (let bytes = 0; ; ) {
      const { value, done } = await reader.read();
      if (done) return bytes;
      bytes += value.byteLength;
    }
  };
  await expect(read()).rejects.toThrow("R2 is away");
});

test("nothing is read before it is asked for, and no more than is", async () => {
  const { client: tenant } = await createFounder("Slow reader");
  const ctx = context(tenant);
  let reads = 0;
  const db: typeof ctx.db = {
    ...ctx.db,
    rows: (query) => {
      reads++;
      return ctx.db.rows(query);
    },
  };
  const reader = (await exportTenant({ ...ctx, db })).getReader();
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(reads).toBeLessThanOrEqual(1);
  // It passes the reason on, and there is none.
  await reader.cancel().catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(reads).toBeLessThanOrEqual(2);
});

test("every row comes once over many reads, however long the rows are, and of this tenant alone", async () => {
  const [tenant, other] = [await createTenant(), await createTenant()];
  const sql = asOwner();
  for (const { id } of [tenant, other]) {
    const [collection, document] = [crypto.randomUUID(), crypto.randomUUID()];
    await sql.transaction([
      sql`insert into collections (id, tenant_id, name) values (${collection}, ${id}, 'Long')`,
      sql`insert into documents (id, tenant_id, collection_id, filename, media_type, size_bytes, sha256, storage_key, status)
          select case n when 0 then ${document}::uuid else gen_random_uuid() end, ${id}, ${collection}, 'x', 'x', 1, 'x', 'x',
            'failed' from generate_series(0, 250) n`,
      sql`insert into document_pages (tenant_id, document_id, version, number, kind, text)
          select ${id}, ${document}, 1, n, 'page', repeat(chr(97 + n % 26), case when n < 8 then 700000 else 10 end)
          from generate_series(1, 450) n`,
    ]);
  }
  for (const [name, expected] of [
    ["documents", 251],
    ["pages", 450],
  ] as const) {
    const sheet = SHEETS.find((known) => known.name === name);
    if (!sheet) throw new Error(`no sheet ${name}`);
    let [reads, largest] = [0, 0];
    const { db } = context(tenant);
    const counting: typeof db = {
      ...db,
      async rows<Row extends Record<string, unknown>>(query: Parameters<typeof db.rows>[0]) {
        const rows = await db.rows<Row>(query);
        reads++;
        largest = Math.max(
          largest,
          rows.reduce((sum, { line }) => sum + String(line).length, 0),
        );
        return rows;
      },
    };
    const seen = new Set<string>();
    let count = 0;
    for await (const line of sheetLines(counting, sheet)) {
      const { id, document_id, number } = JSON.parse(line) as Json;
      seen.add(`${id ?? document_id}/${number}`);
      count++;
    }
    expect({ name, count, distinct: seen.size }).toEqual({ name, count: expected, distinct: expected });
    expect(reads, name).toBeGreaterThan(2);
    // What is asked for at once, and one row more at most.
    expect(largest, name).toBeLessThan(2_000_000 + 750_000);
  }
});

test("owners and admins export, members and API keys don't, and it is on record", async () => {
  const organization = uniqueId("org");
  const owner = await createOwner("an organisation", organization);
  const [admin, member] = [
    await joinAs("admin", uniqueId("user"), organization),
    await joinAs("member", uniqueId("user"), organization),
  ];
  await Promise.all([admin, member].map((client) => client.json("GET", "/members")));
  const key = await withApiKey(owner.client, { scopes: ["read", "write", "chat"] });
  const stranger = await createFounder("A stranger");
  const path = `/tenants/${owner.client.id}/export`;
  for (const [client, status] of [
    [member, 403],
    [key, 403],
    [stranger.client, 404],
  ] as const) {
    expect((await client.request("GET", path)).status).toBe(status);
  }
  const exports = async () => {
    const audit = await owner.client.json<{ data: Json[] }>("GET", "/audit-log?action=tenant.exported");
    return audit.data.length;
  };
  expect(await exports()).toBe(0);
  const archive = await download(admin);
  expect(lines(archive, "members")).toHaveLength(3);
  expect(await exports()).toBe(1);
});

test.each([
  ["../../etc/passwd", ".._.._etc_passwd"],
  ["..", "_"],
  ["", "_"],
  ["a\u0000b\u202Egpj.exe", "a_b_gpj.exe"],
  ["CON.txt", "_CON.txt"],
  ["lpt1", "_lpt1"],
  ["trailing. . ", "trailing"],
  ["C:\\temp\\x?.pdf", "C__temp_x_.pdf"],
  ["e\u0301te\u0301.md", "été.md"],
  [`${"é".repeat(200)}.pdf`, `${"é".repeat(80)}.pdf`],
])("%j is safe in an archive as %j", (name, expected) => {
  expect(safePart(name)).toBe(expected);
});

test("two paths that a file system can't tell apart get two names", () => {
  const name = createNamer();
  expect([name(["A", "x.md"]), name(["a", "X.md"]), name(["A", "x.md"]), name(["A", "x (2).md"])]).toEqual([
    "A/x.md",
    "a/X (2).md",
    "A/x (3).md",
    "A/x (2) (2).md",
  ]);
});
