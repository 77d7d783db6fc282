import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createTenant, type DocumentJson, send, type TestTenant, untilSettled } from "./harness.ts";

const BOUNDARY = "----form-boundary";
const MIB = 2 ** 20;
const bucket = (env as unknown as { FILES: R2Bucket }).FILES;
const encoder = new TextEncoder();

async function openLibrary() {
  const tenant = await createTenant();
  const { id } = await tenant.json<{ id: string }>("POST", "/collections", { name: "Library" });
  return { tenant, collectionId: id };
}

const head = (name: string, filename?: string) =>
  `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n\r\n`;
const END = `\r\n--${BOUNDARY}--\r\n`;

/** A body of pieces that are made as they are asked for: numbers stand for that many bytes of text. */
function bodyOf(pieces: Array<string | number>): ReadableStream<Uint8Array> {
  const line = encoder.encode(`${"A line of words that says nothing new. ".repeat(1024).slice(0, 65_535)}\n`);
  async function* bytes() {
    for (const piece of pieces) {
      if (typeof piece === "string") yield encoder.encode(piece);
      else
        for (let left = piece; left > 0; left -= line.length)
          yield line.slice(0, Math.min(left, line.length));
    }
  }
  const chunks = bytes();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}

function upload(
  tenant: TestTenant,
  collectionId: string,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return send(`/api/v1/documents/upload/${collectionId}`, {
    method: "POST",
    headers: {
      "X-Tenant-Id": tenant.id,
      "Content-Type": `multipart/form-data; boundary=${BOUNDARY}`,
      ...headers,
    },
    body,
  });
}

async function storedOf(tenant: TestTenant) {
  return (await bucket.list({ prefix: `t/${tenant.id}/` })).objects;
}

async function expectRefusal(
  response: Response,
  tenant: TestTenant,
  status: number,
  code: string,
): Promise<{ detail: string; errors?: Array<{ path: string }> }> {
  const problem = (await response.json()) as {
    code: string;
    detail: string;
    errors?: Array<{ path: string }>;
  };
  expect([response.status, problem.code]).toEqual([status, code]);
  expect(await storedOf(tenant)).toEqual([]);
  expect((await tenant.json<{ data: unknown[] }>("GET", "/documents")).data).toEqual([]);
  return problem;
}

test("a file of unknown length is stored in parts as it comes, hashed and read", async () => {
  const { tenant, collectionId } = await openLibrary();
  // Two parts and a bit; most of it behind a NUL, so that it is no text and costs nothing to read.
  const size = 20 * MIB;
  const response = await upload(
    tenant,
    collectionId,
    bodyOf([head("file", "été.bin"), "\0\0\0\0", size, END]),
  );
  expect(response.status).toBe(202);
  const document = (await response.json()) as DocumentJson & {
    sha256: string;
    size_bytes: number;
    filename: string;
  };
  expect(document).toMatchObject({ filename: "été.bin", size_bytes: size + 4 });
  const [object] = await storedOf(tenant);
  expect(object?.size).toBe(size + 4);
  const digest = new crypto.DigestStream("SHA-256");
  await (await bucket.get(object?.key ?? ""))?.body.pipeTo(digest);
  const hex = [...new Uint8Array(await digest.digest)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  expect(document.sha256).toBe(hex);
  await untilSettled(tenant, document.id);
});

test("a file over the limit is refused while it comes, with the limit named and nothing kept", async () => {
  const { tenant, collectionId } = await openLibrary();
  let asked = 0;
  const counted = bodyOf([head("file", "big.txt"), 200 * MIB, END]).pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        asked += chunk.length;
        controller.enqueue(chunk);
      },
    }),
  );
  const problem = await expectRefusal(await upload(tenant, collectionId, counted), tenant, 413, "too_large");
  expect(problem.detail).toContain("50 MiB");
  expect(asked).toBeLessThan(60 * MIB);
});

test("a declared length over the limit is refused without a byte of the body", async () => {
  const { tenant, collectionId } = await openLibrary();
  const never = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => {}) }, { highWaterMark: 0 });
  const response = await upload(tenant, collectionId, never, { "Content-Length": String(80 * MIB) });
  expect((await expectRefusal(response, tenant, 413, "too_large")).detail).toContain("51 MiB");
});

test.each<[string, Array<string | number>]>([
  ["no file", [head("note"), "text", END]],
  ["another field's file", [head("document", "a.txt"), "text", END]],
  ["text instead of a file", [head("file"), "text", END]],
  ["two files", [head("file", "a.txt"), "text", `\r\n${head("file", "b.txt")}`, "more", END]],
  ["a file after a big one", [head("file", "a.txt"), 9 * MIB, `\r\n${head("other", "b.txt")}`, "more", END]],
])("a form with %s is not valid, and nothing is kept", async (_, pieces) => {
  const { tenant, collectionId } = await openLibrary();
  const response = await upload(tenant, collectionId, bodyOf(pieces));
  expect((await expectRefusal(response, tenant, 422, "invalid_request")).errors).toHaveLength(1);
});

test.each<[string, Array<string | number>]>([
  ["breaks off inside its file", [head("file", "a.txt"), 9 * MIB]],
  ["breaks off behind its file", [head("file", "a.txt"), "text", `\r\n${head("note")}`, "te"]],
  ["holds no form", ["something else"]],
])("a body that %s can't be read, and nothing is kept", async (_, pieces) => {
  const { tenant, collectionId } = await openLibrary();
  const response = await upload(tenant, collectionId, bodyOf(pieces));
  await expectRefusal(response, tenant, 400, "malformed_request");
});

test("what is no form at all is another type of content", async () => {
  const { tenant, collectionId } = await openLibrary();
  const response = await upload(tenant, collectionId, "{}", { "Content-Type": "application/json" });
  await expectRefusal(response, tenant, 415, "unsupported_media_type");
});

test("fields beside the file are passed over", async () => {
  const { tenant, collectionId } = await openLibrary();
  const pieces = [
    head("note"),
    "hello",
    `\r\n${head("file", "a.md")}`,
    "# Title",
    `\r\n${head("more")}`,
    "bye",
    END,
  ];
  const response = await upload(tenant, collectionId, bodyOf(pieces));
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as DocumentJson;
  expect(await untilSettled(tenant, id)).toMatchObject({ status: "ready" });
  expect(await tenant.json("GET", `/documents/${id}/pages/1`)).toMatchObject({ text: "# Title" });
});

test("the form is documented though it isn't validated as a whole", async () => {
  const document = (await (await send("/api/v1/openapi.json")).json()) as {
    paths: Record<string, { post: { requestBody: { content: Record<string, { schema: unknown }> } } }>;
  };
  const { requestBody } = document.paths["/api/v1/documents/upload/{collection_id}"]?.post ?? {};
  expect(requestBody?.content["multipart/form-data"]?.schema).toMatchObject({
    required: ["file"],
    properties: { file: { type: "string", format: "binary" } },
  });
});
