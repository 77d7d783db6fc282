import { sql } from "drizzle-orm";
import { embed } from "../../dev/model-server/embedder.ts";
import { chunks } from "../../worker/db/schema/chunks.ts";
import {
  type Candidate,
  type LexicalHit,
  selectLexical,
} from "../../worker/services/retrieval/candidates.ts";
import { SEARCH_CONFIGURATION } from "../../worker/services/retrieval/language.ts";
import { uuidArray } from "../../worker/services/retrieval/scored-by-text.ts";
import type { Corpus, SourceDocument } from "./corpora.ts";
import type { Strategy } from "./strategies.ts";
import type { Tenant } from "./tenant.ts";

/** The local model's, as `npm run dev` has them. */
const DIMENSIONS = 1_536;
const CHUNKS_PER_WRITE = 100;

type Indexed = { candidate: Candidate; vector: Float32Array };

/** What both legs find for a question, each best first. */
export type Legs = { lexical: Candidate[]; dense: Candidate[] };

/** Every chunk of a tenant: in Postgres with its full text, in memory with its vector. */
export type ChunkIndex = {
  count: number;
  search(corpus: Corpus, question: string, limit: number): Promise<Legs>;
};

/** Takes out every chunk of the tenant, cuts the corpora anew and indexes what that makes. */
export async function indexChunks(
  tenant: Tenant,
  corpora: Corpus[],
  strategy: Strategy,
): Promise<ChunkIndex> {
  await tenant.owner.execute(sql`truncate ${chunks} cascade`);
  const byCollection = new Map<string, Indexed[]>();
  let count = 0;
  for (const { collectionId, sources } of corpora) {
    const indexed = sources.flatMap((source) => cutSource(source, strategy));
    for (let start = 0; start < indexed.length; start += CHUNKS_PER_WRITE) {
      await writeChunks(tenant, collectionId, indexed.slice(start, start + CHUNKS_PER_WRITE));
    }
    byCollection.set(collectionId, indexed);
    count += indexed.length;
  }
  await tenant.owner.execute(sql`
    update document_versions v set chunks_total =
      (select count(*) from chunks c where c.document_id = v.document_id and c.version = v.version)`);
  // What autovacuum does in a server that lives on; without it the planner guesses.
  await tenant.owner.execute(sql`analyze ${chunks}`);
  return {
    count,
    async search({ collectionId }, text, limit) {
      const lexical = await tenant.db.rows<LexicalHit>(
        selectLexical({ text, scope: uuidArray([collectionId]), limit }),
      );
      const dense = nearest(byCollection.get(collectionId) ?? [], embed(text, DIMENSIONS), limit);
      return { lexical, dense };
    },
  };
}

/** As ingestion embeds them: under their headings. */
function cutSource(
  { id, filename, language, pages }: SourceDocument,
  { cut, headings }: Strategy,
): Indexed[] {
  return cut(pages).map((chunk) => {
    const heading_path = headings ? chunk.headings : [];
    const { ordinal, segments, text } = chunk;
    const ids = { id: crypto.randomUUID(), document_id: id, version: 1 };
    const candidate = { ...ids, filename, language, ordinal, heading_path, segments, text };
    return { candidate, vector: embed([...heading_path, text].join("\n"), DIMENSIONS) };
  });
}

/** As ingestion writes them, with its weights and configurations of full text. */
async function writeChunks({ id, db }: Tenant, collectionId: string, batch: Indexed[]): Promise<void> {
  const rows = batch.map(({ candidate: { filename, ...chunk } }) => {
    const configuration = SEARCH_CONFIGURATION[chunk.language];
    const name = filename.replace(/\.[^.]+$/, "").replace(/[-_.]+/g, " ");
    const headline = [name, ...chunk.heading_path].join("\n");
    return {
      ...chunk,
      tenant_id: id,
      collection_id: collectionId,
      indexed: true,
      lexemes: sql<string>`
        setweight(to_tsvector(${configuration}::regconfig, ${headline}), 'A') ||
        to_tsvector(${configuration}::regconfig, ${chunk.text})`,
    };
  });
  await db.transaction((q) => [q.insert(chunks).values(rows)]);
}

/** By cosine with every vector; those of the local model are normalised. */
function nearest(indexed: Indexed[], asked: Float32Array, limit: number): Candidate[] {
  return indexed
    .map(({ candidate, vector }) => ({ candidate, score: dot(asked, vector) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
