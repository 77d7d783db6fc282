import { expect, test, vi } from "vitest";
import { createDeployment, type Deployment } from "./at-least-once/deployment.ts";
import { collectionOf, untilFinal, upload } from "./at-least-once/steps.ts";
import { killCalls } from "./at-least-once/test-scenarios.ts";
import { asOwner, type Json } from "./harness.ts";

const TEXT = Array.from({ length: 5 }, (_, i) => `# Part ${i}\n\n${`Part ${i} of it. `.repeat(40)}`).join(
  "\n\n",
);

/** Seconds within which a document that gets nowhere ends, whatever dies: docs/decisions/024. */
const BOUND_SECONDS = 900;
/** Seconds that a consumer's death takes to be noticed: its lease, and the sweep after it. */
const DEATH_SECONDS = 210;

killCalls();

async function begin(at: Deployment): Promise<string> {
  const { id } = await upload(at, await collectionOf(at), "guide.md", TEXT);
  return String(id);
}

async function read(at: Deployment, id: string): Promise<Json> {
  return (await at.request("GET", `/documents/${id}`)).body;
}

async function jobOf(id: string) {
  const [job] = await asOwner()`
    select attempts, last_reason, claimed_until, extract(epoch from ready_at - now())::float as wait
    from ingest_jobs where document_id = ${id}`;
  return job as
    | { attempts: number; last_reason: string | null; claimed_until: string | null; wait: number }
    | undefined;
}

async function kept(id: string) {
  const [row] = await asOwner()`select
    (select count(*) from document_pages where document_id = ${id})::int as pages,
    (select count(*) from chunks where document_id = ${id})::int as chunks,
    (select coalesce(sum(used), 0) from usage_counters join documents using (tenant_id)
      where documents.id = ${id} and metric = 'pages')::int as pages_used`;
  return row;
}

/** Lets time pass for a document's job. */
async function pass(id: string, seconds: number): Promise<void> {
  await asOwner()`update ingest_jobs set ready_at = ready_at - make_interval(secs => ${seconds}),
    claimed_until = claimed_until - make_interval(secs => ${seconds}),
    stuck_since = stuck_since - make_interval(secs => ${seconds}), due_at = due_at - make_interval(secs => ${seconds})
    where document_id = ${id}`;
}

test.each([
  ["fault-500", 0],
  ["fault-refuse", 100],
] as const)(
  "a model server that answers as %s for minutes ends no document, and for longer every one within the bound, which then goes on",
  async (model, leap) => {
    const at = await createDeployment([], { EMBEDDING_MODEL: model });
    const id = await begin(at);
    let seconds = 0;
    let tries = 0;
    let wait = 0;
    while (seconds <= BOUND_SECONDS) {
      await at.deliver(at.queue.splice(0, 1));
      const job = await jobOf(id);
      if (!job) break;
      tries++;
      expect(job).toMatchObject({ claimed_until: null, attempts: tries });
      expect(job.wait).toBeGreaterThan(Math.min(wait, 55) * 0.8);
      expect(job.wait).toBeLessThanOrEqual(75);
      wait = job.wait;
      expect(at.queue).toHaveLength(1);
      const passed = Math.max(leap, Math.ceil(wait));
      await pass(id, passed);
      seconds += passed;
    }
    expect(seconds).toBeGreaterThan(420);
    expect(seconds).toBeLessThanOrEqual(BOUND_SECONDS);
    const failed = await read(at, id);
    expect(failed).toMatchObject({
      status: "failed",
      error_code: "upstream_unavailable",
      failed_step: "embed",
      chunks_done: 0,
    });
    const before = await kept(id);
    expect(before).toMatchObject({ pages: failed.pages_total, chunks: failed.chunks_total, pages_used: 0 });
    const revived = await createDeployment([], {});
    const repaired = { ...revived, request: at.request };
    expect((await repaired.request("POST", `/documents/${id}/retry`)).status).toBe(202);
    await asOwner()`update documents set storage_key = 'nowhere' where id = ${id}`;
    await revived.deliver(at.queue.splice(0));
    expect(await read(at, id)).toMatchObject({ status: "ready", error_code: null, failed_step: null });
    expect(await kept(id)).toEqual({ ...before, pages_used: failed.pages_total });
    expect((await at.request("POST", `/documents/${id}/retry`)).status).toBe(409);
  },
);

test("a model server that hangs keeps no document for longer than the bound, though its consumer never comes back", async () => {
  const at = await createDeployment([], { EMBEDDING_MODEL: "fault-hang" });
  const id = await begin(at);
  const hanging: Array<Promise<void>> = [];
  let seconds = 0;
  for (; seconds <= BOUND_SECONDS && (await jobOf(id)); seconds += DEATH_SECONDS) {
    const asked = embeddingsAsked(at);
    const delivered = at.deliver(at.queue.splice(0, 1));
    hanging.push(delivered);
    const embeds = vi.waitFor(() => expect(embeddingsAsked(at)).toBeGreaterThan(asked), { timeout: 60_000 });
    await Promise.race([embeds, delivered]);
    await pass(id, DEATH_SECONDS);
    await at.sweep();
  }
  expect(seconds).toBeLessThanOrEqual(BOUND_SECONDS);
  expect(await read(at, id)).toMatchObject({ status: "failed", error_code: "stalled", failed_step: "embed" });
  await Promise.all(hanging);
  expect(await read(at, id)).toMatchObject({ status: "failed", error_code: "stalled" });
});

/** How often the model was asked to embed, answered or not. */
function embeddingsAsked({ sent }: Deployment): number {
  return sent.filter((call) => call.includes("/embeddings ")).length;
}

test.each([
  ["counts the pages", /pages_total\\" = \$/],
  ["has written the chunks", /chunks_total\\" = \$/],
  ["embeds", /embeddings /],
  ["publishes", /published_version\\" = \$/],
])(
  "a document whose consumer dies each time it %s ends within the bound, whatever was written before",
  async (_, at) => {
    const deployment = await createDeployment();
    const id = await begin(deployment);
    let seconds = 0;
    for (; seconds <= BOUND_SECONDS && (await jobOf(id)); seconds += DEATH_SECONDS) {
      deployment.arm({ at, ending: "death before" });
      await deployment.deliver(deployment.queue.splice(0, 1));
      deployment.arm(null);
      // Nobody delivers again what was in its hand: the sweep alone is left.
      deployment.queue.length = 0;
      await pass(id, DEATH_SECONDS);
      await deployment.sweep();
    }
    expect(seconds).toBeGreaterThan(480);
    expect(seconds).toBeLessThanOrEqual(BOUND_SECONDS);
    expect(await read(deployment, id)).toMatchObject({ status: "failed", error_code: "stalled" });
  },
);

test("a model server that is asked too much is left alone for as long as it says, by every tenant's documents", async () => {
  const at = await createDeployment([], { EMBEDDING_MODEL: "fault-busy" });
  const id = await begin(at);
  await at.deliver(at.queue.splice(0, 1));
  const job = await jobOf(id);
  expect(job).toMatchObject({ last_reason: "upstream_busy", attempts: 1 });
  expect(job?.wait).toBeGreaterThan(115);
  const other = await createDeployment();
  const waiting = await begin(other);
  await other.deliver(other.queue.splice(0, 1));
  expect(await read(other, waiting)).toMatchObject({ status: "processing", chunks_done: 0 });
  const rest = await jobOf(waiting);
  expect(rest?.wait).toBeGreaterThan(100);
  expect((await read(other, waiting)).chunks_total).toBeGreaterThan(0);
  // A wait that is longer than the bound ends with it.
  await asOwner()`update ingest_jobs set ready_at = now() + interval '1 hour' where document_id = ${id}`;
  await asOwner()`update ingest_jobs set stuck_since = stuck_since - interval '8 minutes' where document_id = ${id}`;
  await at.sweep();
  expect(await read(at, id)).toMatchObject({ status: "failed", error_code: "upstream_busy" });
  await pass(waiting, 200);
  await untilFinal(other);
  expect(await read(other, waiting)).toMatchObject({ status: "ready" });
});
