import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { type Deployment, deploy } from "./hand-turned.ts";
import { asOwner, type DocumentJson, type Json } from "./harness.ts";

export type Versioned = DocumentJson & {
  version: number;
  published_version: number | null;
  sha256: string;
  filename: string;
  failed_step: string | null;
  unchanged?: boolean;
};

const PARTS = 4;
const SENTENCES = 14;
/** Long enough for chunks that hold nothing of the part before it. */
const SHARED_SENTENCES = 40;

/** A document of several chunks whose last part, alone, is the same in every edition. */
export function edition(name: string): string {
  return Array.from({ length: PARTS }, (_, i) => {
    const shared = i === PARTS - 1;
    const told = shared ? "every edition alike" : `the ${name} edition`;
    const sentence = `Paragraph ${i} of ${told} tells how the cellar of house ${i} is kept. `;
    return `## Part ${i}\n\n${sentence.repeat(shared ? SHARED_SENTENCES : SENTENCES)}`;
  }).join("\n\n");
}

export const QUERY = "How is the cellar of the house kept?";

export function read(here: Deployment, id: string): Promise<Versioned> {
  return here.json<Versioned>("GET", `/documents/${id}`);
}

export async function versions(here: Deployment, id: string): Promise<Json[]> {
  return (await here.json<{ data: Json[] }>("GET", `/documents/${id}/versions`)).data;
}

/** Everything that is stored of a document, by version, and what the tenant is counted for. */
export async function stored({ tenantId }: Deployment, id: string) {
  const sql = asOwner();
  const [[row], counters, held, objects] = await Promise.all([
    sql`select
      (select jsonb_object_agg(version, n) from
        (select version, count(*) as n from document_pages where document_id = ${id} group by version) p) as pages,
      (select jsonb_object_agg(version, n) from
        (select version, count(*) as n from chunks where document_id = ${id} group by version) c) as chunks,
      (select jsonb_object_agg(version, n) from
        (select c.version, count(*) as n from chunk_embeddings e join chunks c on c.id = e.chunk_id
         where c.document_id = ${id} group by c.version) v) as vectors,
      (select jsonb_object_agg(version, n) from
        (select c.version, count(*) as n from chunk_embeddings e join chunks c on c.id = e.chunk_id
         where c.document_id = ${id} and e.searchable group by c.version) v) as searchable,
      (select jsonb_object_agg(version, state) from document_versions where document_id = ${id}) as states,
      (select kind from ingest_jobs where document_id = ${id}) as job`,
    sql`select metric, used from usage_counters where tenant_id = ${tenantId}`,
    sql`select metric from usage_reservations
      where tenant_id = ${tenantId} and state = 'held' and metric = 'pages'`,
    (env as unknown as { FILES: R2Bucket }).FILES.list({ prefix: `t/${tenantId}/${id}/` }),
  ]);
  const used = Object.fromEntries(counters.map(({ metric, used }) => [metric, Number(used)]));
  return {
    ...(row as Record<"pages" | "chunks" | "vectors" | "searchable", Record<string, number> | null> & {
      states: Record<string, string> | null;
      job: string | null;
    }),
    objects: objects.objects.map(({ size }) => size).sort((a, b) => a - b),
    bytes: used.storage_bytes ?? 0,
    pagesCounted: used.pages ?? 0,
    pagesHeld: held.length,
  };
}

/** Tokens embedded by ingestion so far; a search's own question is counted with them. */
export async function embeddedTokens({ tenantId }: Deployment): Promise<number> {
  const [row] = await asOwner()`select coalesce(sum(amount), 0)::int as n from usage_daily
    where tenant_id = ${tenantId} and metric = 'embedding_tokens'`;
  return Number(row?.n);
}

/** That a search, a page and the file all show one version of a document, and which. */
export async function versionRead(here: Deployment, id: string): Promise<number> {
  const [hits, page, content] = await Promise.all([
    here.search(QUERY),
    here.json<{ text: string; version: number }>("GET", `/documents/${id}/pages/1`),
    here.request("GET", `/documents/${id}/content`),
  ]);
  const found = new Set(hits.filter((hit) => hit.document_id === id).map(({ version }) => version));
  expect([...found]).toEqual([page.version]);
  expect(content.status).toBe(200);
  const heading = (await content.text()).slice("## Part 0\n\n".length, 60);
  expect(page.text).toContain(heading);
  return page.version;
}

/** A deployment and a document in it that was read once. */
export async function library(content: string) {
  const here = await deploy();
  const id = await here.upload(content);
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 1, published_version: 1 });
  return { here, id };
}

/** What an accepted replacement answers. */
export async function replaced(
  here: Deployment,
  id: string,
  content: string,
  name?: string,
): Promise<Versioned> {
  const response = await here.replace(id, content, name);
  expect(response.status).toBe(202);
  return (await response.json()) as Versioned;
}

/** Has an update fail because the model is away for too long, and what it left tidied up. */
export async function failedUpdate(
  here: Deployment,
  id: string,
  content: string,
  name?: string,
): Promise<void> {
  const away = await deploy({ EMBEDDING_MODEL: "fault-500" }, here);
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  await replaced(here, id, content, name);
  away.queue.push(...here.queue.splice(0));
  await away.turn();
  await asOwner()`update ingest_jobs set stuck_since = now() - interval '1 hour' where document_id = ${id}`;
  away.queue.length = 0;
  await away.sweep();
  log.mockRestore();
  here.queue.push(...away.queue);
  await here.finish();
}
