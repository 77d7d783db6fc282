import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { POSITION_KEY } from "../ingest/orphans/position.ts";
import { replacementKey, storageKey, tenantPrefix } from "../services/documents/storage-key.ts";
import { archiveKey, stagedKey } from "../services/imports/storage-key.ts";
import { deploy } from "./hand-turned.ts";
import { asOwner, type Json } from "./harness.ts";
import { failedUpdate } from "./versions-fixture.ts";

const HOUR_MS = 3_600_000;
const bucket = (env as unknown as { FILES: R2Bucket }).FILES;

/**
 * The bucket as it is when some of its objects are of an age, which R2 alone can give; with a position of its own, so
 * that no other test's sweep goes on from it. `dies`: whoever puts something never hears of it.
 */
function agedBucket(hoursOf: (key: string) => number, pageSize = 1_000) {
  const position = `${POSITION_KEY}/${crypto.randomUUID()}`;
  const aged = { dies: false, position, bucket: {} as unknown };
  const keyOf = (key: string) => (key === POSITION_KEY ? position : key);
  const overlay: Partial<Record<keyof R2Bucket, unknown>> = {
    get: (key: string, options?: R2GetOptions) => bucket.get(keyOf(key), options as never),
    async put(key: string, value: ArrayBufferView) {
      const object = await bucket.put(keyOf(key), value);
      return aged.dies ? new Promise(() => {}) : object;
    },
    async list(options: R2ListOptions) {
      const page = await bucket.list({ limit: pageSize, ...options });
      const objects = page.objects.map(({ key, uploaded }) => ({
        key,
        uploaded: new Date(uploaded.getTime() - hoursOf(key) * HOUR_MS),
      }));
      return { ...page, objects };
    },
  };
  aged.bucket = new Proxy(bucket, {
    get(target, name) {
      const own = overlay[name as keyof R2Bucket] ?? Reflect.get(target, name);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
  return aged;
}

/** Sweeps until a round is over. */
async function sweepRound(
  here: Pick<Awaited<ReturnType<typeof deploy>>, "sweep">,
  { position }: { position: string },
): Promise<void> {
  await bucket.delete(position);
  for (let sweeps = 0; sweeps < 50; sweeps++) {
    await here.sweep();
    if ((await bucket.head(position))?.size === 0) return;
  }
  throw new Error("the round doesn't end");
}

async function keysOf(tenantId: string): Promise<string[]> {
  return (await bucket.list({ prefix: tenantPrefix(tenantId) })).objects.map(({ key }) => key);
}

/** Deployments over one bucket in which all that these tenants have was stored some hours ago. */
async function deployAged(count: number, hours: number, pageSize?: number) {
  const ids: string[] = [];
  const files = agedBucket(
    (key) => (ids.some((id) => key.startsWith(tenantPrefix(id))) ? hours : 0),
    pageSize,
  );
  const deployments = [];
  for (let made = 0; made < count; made++) {
    const here = await deploy({ FILES: files.bucket });
    ids.push(here.tenantId);
    deployments.push(here);
  }
  return { files, deployments };
}

async function deployOne(hours: number, pageSize?: number) {
  const { files, deployments } = await deployAged(1, hours, pageSize);
  const [here] = deployments;
  if (!here) throw new Error("no deployment");
  return { files, here };
}

/** Sends something and has it cut off as soon as its object is stored. */
async function cutOff(
  files: { dies: boolean },
  tenantId: string,
  sendIt: () => Promise<unknown>,
): Promise<string> {
  const before = await keysOf(tenantId);
  files.dies = true;
  void sendIt();
  const left = await vi.waitUntil(async () => (await keysOf(tenantId)).find((key) => !before.includes(key)), {
    timeout: 20_000,
  });
  files.dies = false;
  return left;
}

test("what an upload and a replacement leave that are cut off behind R2 goes after a day", async () => {
  const { files, here } = await deployOne(25);
  const id = await here.upload("# Kept\n\nThis one has its row.");
  await here.finish();
  const kept = await keysOf(here.tenantId);
  const upload = await cutOff(files, here.tenantId, () => here.upload("# Lost\n\nThis one has none."));
  const replacement = await cutOff(files, here.tenantId, () =>
    here.replace(id, "# Lost too\n\nNor has this."),
  );
  expect(replacement.startsWith(`${tenantPrefix(here.tenantId)}${id}/`)).toBe(true);
  expect(await keysOf(here.tenantId)).toEqual([...kept, upload, replacement].sort());
  await sweepRound(here, files);
  expect(await keysOf(here.tenantId)).toEqual(kept);
  expect((await here.request("GET", `/documents/${id}/content`)).status).toBe(200);
});

/** An import that is over, of which nobody cleans up. */
async function recordImport(here: { tenantId: string; collectionId: string }): Promise<string> {
  const id = crypto.randomUUID();
  await asOwner()`
    insert into imports (id, tenant_id, collection_id, kind, state, actor_kind, actor_id)
    values (${id}, ${here.tenantId}, ${here.collectionId}, 'files', 'done', 'user', 'somebody')`;
  return id;
}

test("what was stored less than a day ago stays: its row may be about to come", async () => {
  const { files, here } = await deployOne(23);
  const left = await cutOff(files, here.tenantId, () => here.upload("# Fresh\n\nNo row yet."));
  await sweepRound(here, files);
  expect(await keysOf(here.tenantId)).toEqual([left]);
});

test("every version's file stays while its row is there, whichever tenant's it is", async () => {
  const { files, deployments } = await deployAged(2, 25);
  const kept = [];
  for (const here of deployments) {
    const id = await here.upload("# First\n\nAs it was.");
    await here.finish();
    expect((await here.replace(id, "# Second\n\nAs it is.")).ok).toBe(true);
    await here.finish();
    kept.push(await keysOf(here.tenantId));
    await bucket.put(storageKey(here.tenantId, crypto.randomUUID(), 1), "orphan");
  }
  expect(kept.map(({ length }) => length)).toEqual([2, 2]);
  await sweepRound(deployments[0] as never, files);
  const stored = () => Promise.all(deployments.map(({ tenantId }) => keysOf(tenantId)));
  expect(await stored()).toEqual(kept);
  // The document's own row leads to what it shows, too.
  await asOwner()`delete from document_versions where version = 2
    and tenant_id = any (${deployments.map(({ tenantId }) => tenantId)}::uuid[])`;
  await sweepRound(deployments[0] as never, files);
  expect(await stored()).toEqual(kept);
});

test("the file of an update that failed stays for as long as it is kept for a retry", async () => {
  const { files, here } = await deployOne(25);
  const id = await here.upload("# First\n\nAs it was.");
  await here.finish();
  await failedUpdate(here, id, "# Second\n\nAs it is to be.");
  const kept = await keysOf(here.tenantId);
  expect(kept).toHaveLength(2);
  await sweepRound(here, files);
  expect(await keysOf(here.tenantId)).toEqual(kept);
  expect((await here.request("POST", `/documents/${id}/retry`)).status).toBe(202);
  await here.finish();
  await sweepRound(here, files);
  expect(await keysOf(here.tenantId)).toEqual(kept);
});

test("what an import was given stays while the import or its upload is on record, and goes without", async () => {
  const { files, here } = await deployOne(25);
  const staged = await recordImport(here);
  const { id: upload } = await here.json<{ id: string }>("POST", "/imports/uploads", {
    collection_id: here.collectionId,
    filename: "many.zip",
    size_bytes: 1_000,
  });
  const kept = [stagedKey(here.tenantId, staged, 7), archiveKey(here.tenantId, upload)];
  const orphans = [
    stagedKey(here.tenantId, crypto.randomUUID(), 0),
    archiveKey(here.tenantId, crypto.randomUUID()),
  ];
  for (const key of [...kept, ...orphans]) await bucket.put(key, "of an import");
  await sweepRound(here, files);
  expect(await keysOf(here.tenantId)).toEqual(kept.sort());
});

test.each([
  ["pending", "2 days", true],
  ["failed", "2 days", true],
  ["cancelled", "1 hour", true],
  ["cancelled", "2 days", false],
])("the original of an entry that is %s for %s: kept is %s", async (state, since, isKept) => {
  const { files, here } = await deployOne(25);
  const [imported, document] = [await recordImport(here), crypto.randomUUID()];
  await asOwner()`
    insert into import_entries (id, tenant_id, import_id, ordinal, name, state, document_id, updated_at)
    values (${crypto.randomUUID()}, ${here.tenantId}, ${imported}, 0, 'a.md', ${state}, ${document},
      now() - ${since}::interval)`;
  const key = storageKey(here.tenantId, document, 1);
  await bucket.put(key, "half taken in");
  await sweepRound(here, files);
  expect(await keysOf(here.tenantId)).toEqual(isKept ? [key] : []);
});

test("what lies under a tenant that the database doesn't know stays, as does what has no owner's name", async () => {
  const strangers = [storageKey(crypto.randomUUID(), crypto.randomUUID(), 1)];
  const files = agedBucket((key) => (strangers.includes(key) ? 1_000 : 0));
  const here = await deploy({ FILES: files.bucket });
  strangers.push(`${tenantPrefix(here.tenantId)}notes.txt`);
  for (const key of strangers) await bucket.put(key, "whose?");
  await sweepRound(here, files);
  for (const key of strangers) expect(await bucket.head(key)).not.toBeNull();
  await bucket.delete(strangers);
});

test("a sweep looks at a part and the next one goes on behind it; after a round there is a rest", async () => {
  const { files, here } = await deployOne(25, 1);
  const keys = Array.from({ length: 3 }, () => replacementKey(here.tenantId, crypto.randomUUID())).sort();
  for (const key of keys) await bucket.put(key, "orphan");
  await bucket.put(files.position, tenantPrefix(here.tenantId));
  for (const left of [2, 1, 0]) {
    await here.sweep();
    expect(await keysOf(here.tenantId)).toEqual(keys.slice(3 - left));
  }
  await bucket.put(files.position, "");
  await bucket.put(String(keys[0]), "orphan");
  await here.sweep();
  expect((await bucket.head(files.position))?.size).toBe(0);
  expect(await keysOf(here.tenantId)).toEqual([keys[0]]);
});

test("more tenants than one sweep asks for are swept by those that follow", async () => {
  const keys = Array.from({ length: 60 }, () => storageKey(crypto.randomUUID(), crypto.randomUUID(), 1));
  const files = agedBucket((key) => (keys.includes(key) ? 25 : 0));
  const here = await deploy({ FILES: files.bucket });
  const ids = keys.map((key) => key.split("/")[1]);
  await asOwner()`insert into tenants (id, name) select unnest(${ids}::uuid[]), 'One of many'`;
  for (const key of keys) await bucket.put(key, "orphan");
  await sweepRound(here, files);
  expect((await Promise.all(keys.map((key) => bucket.head(key)))).filter(Boolean)).toEqual([]);
});

test("a tenant whose rows can't be asked for keeps everything, and the others are swept", async () => {
  const { files, deployments } = await deployAged(2, 25);
  const orphans = deployments.map(({ tenantId }) => storageKey(tenantId, crypto.randomUUID(), 1));
  for (const key of orphans) await bucket.put(key, "orphan");
  const lines: Json[] = [];
  const log = vi.spyOn(console, "error").mockImplementation((line) => void lines.push(JSON.parse(line)));
  const whole = globalThis.fetch;
  const fetching = vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const asked = String(init?.body ?? "");
    const unlucky = asked.includes("jsonb_to_recordset") && asked.includes(String(deployments[0]?.tenantId));
    return unlucky ? new Response("away", { status: 503 }) : whole(input, init);
  });
  await sweepRound(deployments[0] as never, files);
  fetching.mockRestore();
  log.mockRestore();
  expect(await Promise.all(orphans.map(async (key) => (await bucket.head(key)) !== null))).toEqual([
    true,
    false,
  ]);
  expect(lines).toContainEqual(
    expect.objectContaining({ event: "orphans.sweep_failed", tenant_id: deployments[0]?.tenantId }),
  );
});
