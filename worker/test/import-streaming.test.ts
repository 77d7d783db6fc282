import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { PLANS } from "../services/usage/plans.ts";
import { asOwner, createTenant, type Json, send, type TestTenant } from "./harness.ts";
import { type ImportJson, newCollection, outcomesOf, storedOfImports, untilFinal } from "./import-harness.ts";

const BOUNDARY = "----form-boundary";
const MIB = 2 ** 20;
const bucket = (env as unknown as { FILES: R2Bucket }).FILES;
const encoder = new TextEncoder();

/** Bytes of a file that no parser reads, as a NUL is among them. */
type Zeros = { zeros: number };
/** An error is where the line is cut. */
type Piece = string | Uint8Array | Zeros | Error;

const file = (name: string, ...content: Piece[]): Piece[] => [
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\n\r\n`,
  ...content,
  "\r\n",
];
const field = (name: string, value: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const END = `--${BOUNDARY}--\r\n`;

/** A body that is made as it is asked for, and how much of it was. */
function bodyOf(pieces: Piece[]) {
  const zeros = new Uint8Array(65_536);
  const asked = { bytes: 0 };
  function* bytes() {
    for (const piece of pieces) {
      if (typeof piece === "string") yield encoder.encode(piece);
      else if (piece instanceof Uint8Array) yield piece;
      else if (piece instanceof Error) throw piece;
      else
        for (let left = piece.zeros; left > 0; left -= zeros.length)
          yield zeros.slice(0, Math.min(left, zeros.length));
    }
  }
  const chunks = bytes();
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = chunks.next();
        if (done) return controller.close();
        asked.bytes += value.length;
        controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  return { body, asked };
}

function post(tenant: TestTenant, body: BodyInit, headers: Record<string, string> = {}): Promise<Response> {
  const contentType = `multipart/form-data; boundary=${BOUNDARY}`;
  return send("/api/v1/imports", {
    method: "POST",
    headers: { "X-Tenant-Id": tenant.id, "Content-Type": contentType, ...headers },
    body,
  });
}

async function refusal(response: Response, tenant: TestTenant): Promise<Json> {
  const problem = (await response.json()) as Json;
  expect(await storedOfImports(tenant)).toEqual([]);
  expect((await tenant.json<{ data: unknown[] }>("GET", "/imports")).data).toEqual([]);
  expect((await tenant.json<{ data: unknown[] }>("GET", "/documents")).data).toEqual([]);
  return { ...problem, status: response.status };
}

async function openLibrary() {
  const tenant = await createTenant();
  return { tenant, collectionId: await newCollection(tenant) };
}

test("files that together are larger than an isolate holds are taken in one by one, each with its outcome", async () => {
  const { tenant, collectionId } = await openLibrary();
  const { body } = bodyOf([
    ...file("sub/first.md", "# First\n\nThe first of them."),
    ...file("one.bin", { zeros: 9 * MIB }),
    ...file("large.bin", { zeros: 50 * MIB + 1 }),
    ...file("two.bin", { zeros: 9 * MIB }),
    ...file("été.md", "# Last\n\nThe last of them."),
    field("collection_id", collectionId),
    END,
  ]);
  const response = await post(tenant, body);
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as ImportJson;
  const done = await untilFinal(tenant, id);
  expect(done).toMatchObject({ kind: "files", state: "done", counts: { total: 5, ready: 2 } });
  expect(await outcomesOf(tenant, id)).toEqual({
    "sub/first.md": "ready",
    "one.bin": "skipped unsupported",
    "large.bin": "failed too_large",
    "two.bin": "skipped unsupported",
    "été.md": "ready",
  });
  const [row] = await asOwner()`select size_bytes from imports where id = ${id}`;
  expect(Number(row?.size_bytes)).toBeGreaterThan(68 * MIB);
  expect(await storedOfImports(tenant)).toEqual([]);
});

test("what together is over the plan's limit of an import is refused while it comes, and nothing is kept", async () => {
  const { tenant, collectionId } = await openLibrary();
  const { maxImportBytes } = PLANS.free;
  const files = Array.from({ length: 8 }, (_, n) => file(`${n}.bin`, { zeros: 30 * MIB })).flat();
  const { body, asked } = bodyOf([field("collection_id", collectionId), ...files, END]);
  expect(await refusal(await post(tenant, body), tenant)).toMatchObject({
    status: 413,
    code: "too_large",
    detail: `An import may have ${maxImportBytes / MIB} MiB; this one is larger.`,
  });
  expect(asked.bytes).toBeLessThan(maxImportBytes + 4 * MIB);
});

test("a declared length over every plan's limit is refused without a byte of the body", async () => {
  const { tenant } = await openLibrary();
  const never = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }, { highWaterMark: 0 });
  const response = await post(tenant, never, { "Content-Length": String(2 ** 31) });
  expect(await refusal(response, tenant)).toMatchObject({ status: 413, code: "too_large" });
});

test("what is to be repeated safely is taken into memory, so that less of it is let through", async () => {
  const { tenant, collectionId } = await openLibrary();
  const keyed = { "Idempotency-Key": crypto.randomUUID() };
  const never = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }, { highWaterMark: 0 });
  const response = await post(tenant, never, { ...keyed, "Content-Length": String(60 * MIB) });
  const { status, detail } = await refusal(response, tenant);
  expect([status, detail]).toEqual([413, expect.stringContaining("51 MiB")]);
  const small = () =>
    bodyOf([field("collection_id", collectionId), ...file("a.md", "# A\n\nA note."), END]).body;
  const first = await post(tenant, small(), keyed);
  expect(first.status).toBe(202);
  const { id } = (await first.json()) as ImportJson;
  expect(await (await post(tenant, small(), keyed)).json()).toMatchObject({ id });
  await untilFinal(tenant, id);
});

test.each<[string, (collectionId: string) => Piece[], Json]>([
  ["has no file", (id) => [field("collection_id", id), END], { status: 422, errors: [{ path: "file" }] }],
  [
    "has text in a file's place",
    (id) => [field("collection_id", id), field("file", "text"), END],
    { status: 422, errors: [{ path: "file" }] },
  ],
  [
    "names no collection",
    () => [...file("a.md", "a"), END],
    { status: 422, errors: [{ path: "collection_id" }] },
  ],
  [
    "names a collection that is no id",
    () => [field("collection_id", "shelf"), ...file("a.md", "a"), END],
    { status: 422, errors: [{ path: "collection_id" }] },
  ],
  [
    "names a collection that isn't there",
    () => [...file("a.md", "a"), field("collection_id", crypto.randomUUID()), END],
    { status: 404, code: "not_found" },
  ],
  [
    "has a file in an unknown field",
    (id) => [
      field("collection_id", id),
      ...file("a.md", "a"),
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="other"; filename="b.md"\r\n\r\nb\r\n`,
      END,
    ],
    { status: 422, errors: [{ path: "other" }] },
  ],
  [
    "breaks off inside its second file",
    (id) => [
      field("collection_id", id),
      ...file("a.md", "a"),
      ...file("b.bin", { zeros: 9 * MIB }).slice(0, 2),
    ],
    { status: 400, code: "malformed_request" },
  ],
  [
    "breaks off behind its files",
    (id) => [field("collection_id", id), ...file("a.md", "a"), ...file("b.md", "b")],
    { status: 400, code: "malformed_request" },
  ],
  [
    "holds more files than one request may",
    (id) => [
      field("collection_id", id),
      ...Array.from({ length: 501 }, (_, n) => file(`${n}`, "x")).flat(),
      END,
    ],
    {
      status: 422,
      errors: [{ path: "file", message: "One request may have 500 files. Pack more as a ZIP." }],
    },
  ],
  [
    "holds one file, over the limit of a file",
    (id) => [field("collection_id", id), ...file("a.bin", { zeros: 50 * MIB + 1 }), END],
    { status: 413, detail: "Files may have 50 MiB; this one is larger." },
  ],
])("a form that %s is refused whole, and nothing is kept", async (_, pieces, expected) => {
  const { tenant, collectionId } = await openLibrary();
  const { body } = bodyOf(pieces(collectionId));
  expect(await refusal(await post(tenant, body), tenant)).toMatchObject(expected);
});

test("a request whose sender goes away while it is read keeps no import", async () => {
  const { tenant, collectionId } = await openLibrary();
  const { body } = bodyOf([
    field("collection_id", collectionId),
    ...file("a.bin", { zeros: 12 * MIB }),
    new Error("the line is cut"),
  ]);
  expect(await refusal(await post(tenant, body), tenant)).toMatchObject({ code: "malformed_request" });
});

test("an archive that comes first and not alone isn't unpacked, nor kept", async () => {
  const { tenant, collectionId } = await openLibrary();
  const zip = Uint8Array.from([80, 75, 5, 6, ...new Array(18).fill(0)]);
  const { body } = bodyOf([
    field("collection_id", collectionId),
    ...file("first.zip", zip),
    ...file("note.md", "# Note\n\nA note."),
    ...file("last.zip", zip),
    END,
  ]);
  const { id } = (await (await post(tenant, body)).json()) as ImportJson;
  expect((await bucket.list({ prefix: `t/${tenant.id}/imports/${id}/archive` })).objects).toEqual([]);
  await untilFinal(tenant, id);
  expect(await outcomesOf(tenant, id)).toEqual({
    "first.zip": "skipped nested_archive",
    "note.md": "ready",
    "last.zip": "skipped nested_archive",
  });
});
