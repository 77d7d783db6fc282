import { type SQL, sql } from "drizzle-orm";
import type { ScopedDatabase } from "../../db/client.ts";
import type { ChunkSegment } from "../../db/schema/segment.ts";
import type { StatementPart } from "../../ports/vector-store.ts";
import type { TextLanguage } from "./language.ts";
import { READABLE, scoredByText, type TextQuery, uuidArray } from "./scored-by-text.ts";

/** A chunk as Postgres knows it: visible, published, and of this tenant. */
export type Candidate = {
  id: string;
  document_id: string;
  version: number;
  ordinal: number;
  filename: string;
  language: TextLanguage;
  heading_path: string[];
  segments: ChunkSegment[];
  text: string;
};

/** A candidate with what each leg gave it; null where a leg didn't find it. */
export type ScoredCandidate = Candidate & { lexical_score: number | null; dense_score: number | null };

/** The name is the version's: that of the document may be of one that isn't read yet. */
const COLUMNS = sql`
  c.id, c.document_id, c.version, c.ordinal, v.filename, c.language, c.heading_path, c.segments, c.text
  from ${READABLE} join document_versions v on v.document_id = c.document_id and v.version = c.version`;

/** Full-text candidates, best first by BM25 (`scoredByText`). */
export async function lexicalCandidates(
  db: ScopedDatabase,
  query: TextQuery,
): Promise<Array<Candidate & { score: number }>> {
  return db.rows<Candidate & { score: number }>(sql`
    with ${scoredByText(query)}
    select scored.score::float as score, ${COLUMNS} join scored on scored.id = c.id
    order by scored.score desc, c.id
  `);
}

/**
 * Both legs and the text of what either found, in one statement, so in one trip. `nearest` gives `id` and `score` of
 * chunks, of which those that may be read count, `limit` at most.
 */
export async function candidatesOfBoth(
  db: ScopedDatabase,
  query: TextQuery & { nearest: StatementPart },
): Promise<ScoredCandidate[]> {
  return db.rows<ScoredCandidate>(sql`
    with ${scoredByText(query)}, proposed as materialized (${toSql(query.nearest)}), dense as (
      select c.id, proposed.score from ${READABLE} join proposed on proposed.id = c.id
      -- As an array: the planner knows nothing of how many a function gives, and would read all chunks for its guess.
      where c.id = any(array(select id from proposed)) and c.collection_id = any(${uuidArray(query.collectionIds)})
      order by proposed.score desc, c.id limit ${query.limit}::int
    ), found as (
      select id, scored.score as lexical, dense.score as dense from scored full join dense using (id)
    )
    select found.lexical::float as lexical_score, found.dense::float as dense_score,
      ${COLUMNS} join found on found.id = c.id
  `);
}

/** The chunks behind ids that a vector store proposed; what may not be read is missing from the answer. */
export async function candidatesById(
  db: ScopedDatabase,
  ids: string[],
  collectionIds: string[],
): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  return db.rows<Candidate>(sql`
    select ${COLUMNS} where c.id = any(${uuidArray(ids)}) and c.collection_id = any(${uuidArray(collectionIds)})
  `);
}

function toSql({ texts, values }: StatementPart): SQL {
  const parts = texts.flatMap((text, index) =>
    index < values.length ? [sql.raw(text), sql`${values[index]}`] : [sql.raw(text)],
  );
  return sql.join(parts);
}
