import { expect, test } from "vitest";
import { createQdrantStores } from "../adapters/vector/qdrant.ts";
import { createVectorizeStore } from "../adapters/vector/vectorize.ts";
import { advance } from "../ingest/pipeline.ts";
import { chunkDocument } from "../ingest/stages/chunk.ts";
import { embedSlice } from "../ingest/stages/embed.ts";
import { failDocument } from "../ingest/stages/fail.ts";
import { claimWork } from "../ingest/stages/load.ts";
import { parseSlice } from "../ingest/stages/parse.ts";
import { MAX_TOP_K } from "../ports/vector-store.ts";
import { type Deployment, DIMENSIONS, deploy } from "./hand-turned.ts";
import { asOwner } from "./harness.ts";
import { qdrantStandIn } from "./qdrant-stand-in.ts";
import { VectorizeStandIn } from "./vectorize-stand-in.ts";
import { edition, embeddedTokens, QUERY, read, stored, versionRead } from "./versions-fixture.ts";

const { url, apiKey } = qdrantStandIn();
const STORES = ["vectorize", "qdrant"];

/** A deployment whose vectors lie outside Postgres, and which versions of a document are there. */
async function outside(name: string) {
  const model = `versions-${crypto.randomUUID()}`;
  const index = new VectorizeStandIn(DIMENSIONS);
  const variables = {
    VECTOR_STORE: name,
    VECTORS: index,
    QDRANT_URL: url,
    QDRANT_API_KEY: apiKey,
    EMBEDDING_MODEL: model,
  };
  const here = await deploy(variables);
  const label = `${model}@${DIMENSIONS}`;
  const store =
    name === "vectorize"
      ? createVectorizeStore(index, { tenantId: here.tenantId, model: label })
      : createQdrantStores({ url, apiKey, model: label, dimensions: DIMENSIONS })(here.tenantId);
  const placed = async (id: string): Promise<Record<string, number>> => {
    const hits = await store.query({
      vector: new Array(DIMENSIONS).fill(1),
      topK: MAX_TOP_K,
      collectionIds: [here.collectionId],
    });
    const rows = await asOwner()`select version, count(*)::int as n from chunks
      where document_id = ${id} and id = any(${hits.map((hit) => hit.id)}) group by version`;
    return Object.fromEntries(rows.map(({ version, n }) => [version, n]));
  };
  return { here, placed };
}

/** Chunks that the dense leg found. */
async function dense(here: Deployment): Promise<number> {
  return (await here.search(QUERY)).filter(({ dense_score }) => dense_score !== null).length;
}

test.each(STORES)(
  "%s holds the vectors of what is read alone; a kept version's stay in Postgres and are put back",
  async (name) => {
    const { here, placed } = await outside(name);
    const id = await here.upload(edition("first"));
    await here.finish();
    const chunks = (await stored(here, id)).chunks?.[1] ?? 0;
    const found = await dense(here);
    expect(found).toBeGreaterThan(0);
    expect((await here.replace(id, edition("second"))).status).toBe(202);
    await here.turn();
    // Published, and what it replaced not yet taken out.
    expect(await stored(here, id)).toMatchObject({ job: "tidy" });
    expect(await placed(id)).toEqual({ 1: chunks, 2: chunks });
    expect(await versionRead(here, id)).toBe(2);
    expect(await dense(here)).toBe(found);
    await here.finish();
    expect(await placed(id)).toEqual({ 2: chunks });
    expect((await stored(here, id)).vectors).toEqual({ 1: chunks, 2: chunks });

    await here.json("POST", `/documents/${id}/versions/1/restore`);
    expect(await versionRead(here, id)).toBe(1);
    const tokens = await embeddedTokens(here);
    await here.finish();
    expect(await embeddedTokens(here)).toBe(tokens);
    expect(await placed(id)).toEqual({ 1: chunks });
    expect(await dense(here)).toBe(found);

    await here.request("DELETE", `/documents/${id}`);
    await here.finish();
    expect(await here.kept()).toEqual([]);
  },
);

test.each(STORES)(
  "%s doesn't hold what is kept of a failed update, and its retry is put there",
  async (name) => {
    const { here, placed } = await outside(name);
    const id = await here.upload(edition("first"));
    await here.finish();
    const chunks = (await stored(here, id)).chunks?.[1] ?? 0;
    await here.replace(id, edition("second"));
    const ctx = here.context();
    const document = (await claimWork(ctx, id))?.document;
    if (!document) throw new Error("nothing to do");
    await parseSlice(ctx, document);
    await chunkDocument(ctx, document);
    await embedSlice(ctx, document, "ingest");
    expect(await placed(id)).toEqual({ 1: chunks, 2: chunks });
    await failDocument(ctx, document, "stalled");
    await here.finish();
    expect(await placed(id)).toEqual({ 1: chunks });
    expect(await stored(here, id)).toMatchObject({ job: null, vectors: { 1: chunks, 2: chunks } });
    const tokens = await embeddedTokens(here);
    expect((await here.request("POST", `/documents/${id}/retry`)).status).toBe(202);
    await here.finish();
    expect(await embeddedTokens(here)).toBe(tokens);
    expect(await placed(id)).toEqual({ 3: chunks });
    expect(await versionRead(here, id)).toBe(3);
  },
);

test.each(STORES)("%s: what a superseded consumer put there late is taken out again", async (name) => {
  const { here, placed } = await outside(name);
  const id = await here.upload(edition("first"));
  await here.finish();
  const chunks = (await stored(here, id)).chunks?.[1] ?? 0;
  await here.replace(id, edition("second"));
  const ctx = here.context();
  const upsert: typeof ctx.vectors.upsert = async (entries) => {
    await here.replace(id, edition("third"));
    await here.finish();
    await ctx.vectors.upsert(entries);
  };
  await advance({ ...ctx, vectors: { ...ctx.vectors, upsert } }, id).catch(() => {});
  await here.finish();
  expect(await read(here, id)).toMatchObject({ status: "ready", version: 3 });
  expect(await placed(id)).toEqual({ 3: chunks });
  expect(await versionRead(here, id)).toBe(3);
});
