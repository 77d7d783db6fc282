import { createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import worker from "../index.ts";
import { asOwner, createTenant, type TestTenant } from "./harness.ts";
import { type ImportJson, newCollection, outcomesOf, storedOfImports, untilFinal } from "./import-harness.ts";

type UploadJson = {
  id: string;
  part_bytes: number;
  parts_total: number;
  received: number[];
  expires_at: string;
};

/** An archive of a little over two parts, most of it a photo. */
function largeArchive(): Uint8Array {
  const noise = new Uint8Array(17 * 2 ** 20);
  for (let at = 0; at < noise.length; at += 65_536) crypto.getRandomValues(noise.subarray(at, at + 65_536));
  return zipSync({
    "before.md": strToU8("# Before\n\nThis lies before the photo."),
    "photo.jpg": [noise, { level: 0 }],
    "after/after.md": strToU8("# After\n\nThis lies behind the photo, across parts."),
  });
}

async function begin(tenant: TestTenant, sizeBytes: number, collectionId?: string): Promise<UploadJson> {
  return tenant.json<UploadJson>("POST", "/imports/uploads", {
    collection_id: collectionId ?? (await newCollection(tenant)),
    filename: "large.zip",
    size_bytes: sizeBytes,
  });
}

test("an archive sent in parts, one of them twice and one at last, is one import", async () => {
  const tenant = await createTenant();
  const archive = largeArchive();
  const { id, part_bytes, parts_total, received } = await begin(tenant, archive.length);
  expect({ parts_total, received }).toEqual({ parts_total: 3, received: [] });
  const part = (n: number) => archive.subarray((n - 1) * part_bytes, n * part_bytes);
  const put = (n: number, bytes = part(n)) =>
    tenant.request("PUT", `/imports/uploads/${id}/parts/${n}`, bytes);
  expect(await (await put(3)).json()).toMatchObject({ received: [3] });
  // The first time it arrived garbled.
  expect(
    (
      await put(
        1,
        part(1).map((byte) => byte ^ 1),
      )
    ).status,
  ).toBe(200);
  expect((await put(1)).status).toBe(200);
  expect(await tenant.json("GET", `/imports/uploads/${id}`)).toMatchObject({ received: [1, 3] });
  const early = await tenant.request("POST", `/imports/uploads/${id}/complete`);
  expect({ status: early.status, ...((await early.json()) as { detail: string }) }).toMatchObject({
    status: 409,
    detail: "These parts are missing: 2.",
  });
  await put(2);
  const complete = () => tenant.request("POST", `/imports/uploads/${id}/complete`);
  const [first, second] = [await complete(), await complete()];
  expect([first.status, second.status]).toEqual([202, 202]);
  expect(await first.json()).toMatchObject({ id, kind: "zip", source: "large.zip" });
  expect(await second.json()).toMatchObject({ id });
  expect((await tenant.request("GET", `/imports/uploads/${id}`)).status).toBe(404);
  expect(await untilFinal(tenant, id)).toMatchObject({ state: "done", counts: { total: 3, ready: 2 } });
  expect(await outcomesOf(tenant, id)).toEqual({
    "before.md": "ready",
    "photo.jpg": "skipped unsupported",
    "after/after.md": "ready",
  });
});

test("a part of another length or number is refused, and so is an archive beyond the plan", async () => {
  const tenant = await createTenant();
  const { id, part_bytes } = await begin(tenant, 9 * 2 ** 20);
  const put = (n: number, bytes: number) =>
    tenant.request("PUT", `/imports/uploads/${id}/parts/${n}`, new Uint8Array(bytes));
  for (const [n, bytes] of [
    [1, part_bytes - 1],
    [1, part_bytes + 1],
    [2, part_bytes],
    [2, 0],
    [3, 1],
    [0, part_bytes],
  ] as const) {
    expect((await put(n, bytes)).status, `part ${n} of ${bytes}`).toBe(422);
  }
  expect((await put(2, 2 ** 20)).status).toBe(200);
  // A body whose length is not announced.
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  void writer
    .write(new Uint8Array(100))
    .then(() => writer.close())
    .catch(() => {});
  const streamed = await worker.fetch(
    new Request(`http://ancre.test/api/v1/imports/uploads/${id}/parts/2`, {
      method: "PUT",
      headers: { "X-Tenant-Id": tenant.id, "Content-Type": "application/octet-stream" },
      body: readable,
    }) as never,
    env as never,
    { waitUntil() {}, passThroughOnException() {} } as never,
  );
  expect(streamed.status).toBe(422);
  const collectionId = await newCollection(tenant);
  const body = { collection_id: collectionId, filename: "x.zip", size_bytes: 101 * 2 ** 20 };
  expect((await tenant.request("POST", "/imports/uploads", body)).status).toBe(413);
  expect((await tenant.request("POST", "/imports/uploads", { ...body, size_bytes: 2 ** 31 })).status).toBe(
    422,
  );
});

test("an upload that is given up, forgotten or another's is not there", async () => {
  const [tenant, other] = [await createTenant(), await createTenant()];
  const collectionId = await newCollection(tenant);
  const bytes = new Uint8Array(1_000);
  const uploads = [await begin(tenant, 1_000, collectionId), await begin(tenant, 1_000, collectionId)];
  for (const { id } of uploads) {
    expect((await tenant.request("PUT", `/imports/uploads/${id}/parts/1`, bytes)).status).toBe(200);
    for (const [method, path, body] of [
      ["GET", `/imports/uploads/${id}`, undefined],
      ["PUT", `/imports/uploads/${id}/parts/1`, bytes],
      ["POST", `/imports/uploads/${id}/complete`, undefined],
      ["DELETE", `/imports/uploads/${id}`, undefined],
    ] as const) {
      expect((await other.request(method, path, body)).status, `${method} ${path}`).toBe(404);
    }
  }
  const [given, forgotten] = uploads;
  expect((await tenant.request("DELETE", `/imports/uploads/${given?.id}`)).status).toBe(204);
  await asOwner()`update import_uploads set expires_at = now() - interval '1 second' where id = ${forgotten?.id}`;
  await worker.scheduled(createScheduledController(), env as never);
  for (const { id } of uploads) {
    expect((await tenant.request("GET", `/imports/uploads/${id}`)).status).toBe(404);
    expect((await tenant.request("POST", `/imports/uploads/${id}/complete`)).status).toBe(404);
  }
  expect(await asOwner()`select 1 from import_upload_parts where tenant_id = ${tenant.id}`).toEqual([]);
  expect(await storedOfImports(tenant)).toEqual([]);
});

test("a completion that was cut off behind R2 is made up for by the next", async () => {
  const tenant = await createTenant();
  const archive = zipSync({ "a.md": strToU8("# A\n\nCut off and made up for.") });
  const { id } = await begin(tenant, archive.length);
  await tenant.request("PUT", `/imports/uploads/${id}/parts/1`, archive);
  const [row] = await asOwner()`select storage_key, multipart_id, etag from import_uploads
    join import_upload_parts on upload_id = id where id = ${id}`;
  const bucket = (env as unknown as { FILES: R2Bucket }).FILES;
  await bucket
    .resumeMultipartUpload(String(row?.storage_key), String(row?.multipart_id))
    .complete([{ partNumber: 1, etag: String(row?.etag) }]);
  const { id: importId } = await tenant.json<ImportJson>("POST", `/imports/uploads/${id}/complete`);
  expect(await untilFinal(tenant, importId)).toMatchObject({ state: "done", counts: { ready: 1 } });
});

test("a tenant can't keep more archives on their way than a few", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  for (let opened = 0; opened < 10; opened++) await begin(tenant, 1_000, collectionId);
  const body = { collection_id: collectionId, filename: "x.zip", size_bytes: 1_000 };
  expect((await tenant.request("POST", "/imports/uploads", body)).status).toBe(409);
});
