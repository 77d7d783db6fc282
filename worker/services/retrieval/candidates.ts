import { type SQL, sql } from "drizzle-orm";
import type { ScopedDatabase } from "../../db/client.ts";
import type { ChunkSegment } from "../../db/schema/segment.ts";
import type { StatementPart } from "../../ports/vector-store.ts";
import type { TextLanguage } from "./language.ts";
import { IS_READABLE, scoredByText, type TextQuery, uuidArray } from "./scored-by-text.ts";

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

const COLUMNS = sql`
  c.id, c.document_id, c.version, c.ordinal, d.filename, c.language, c.heading_path, c.segments, c.text`;

/**
 * The readable chunks behind the ids of a list, as `c` and `d`, each looked up by its id: the planner, who doesn't know how
 * many a list holds, would read whole documents for it, and make the list anew for every chunk of them. The name is the
 * version's: that of the document may be of one that isn't read yet.
 */
function readableOf(list: SQL): SQL {
  return sql`${list} cross join lateral (select * from chunks where chunks.id = ${list}.id offset 0) c
    cross join lateral (
      select v.filename from documents d
      join document_versions v on v.document_id = d.id and v.version = d.published_version
      where ${IS_READABLE} offset 0
    ) d`;
}

/** Full-text candidates, best first by BM25 (`scoredByText`). */
export async function lexicalCandidates(
  db: ScopedDatabase,
  query: TextQuery,
): Promise<Array<Candidate & { score: number }>> {
  return db.rows<Candidate & { score: number }>(sql`
    with ${scoredByText(query)}
    select scored.score::float as score, ${COLUMNS} from ${readableOf(sql`scored`)}
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
    with ${scoredByText(query)}, proposed as materialized (${toSql(query.nearest)}), found as materialized (
      select id, scored.score as lexical, proposed.score as dense from scored full join proposed using (id)
    ), readable as (
      select found.lexical, found.dense, row_number() over (order by found.dense desc nulls last, c.id) as dense_rank,
        ${COLUMNS} from ${readableOf(sql`found`)}
      where c.collection_id = any(${uuidArray(query.collectionIds)})
    )
    select lexical::float as lexical_score, (case when dense_rank <= ${query.limit}::int then dense end)::float as dense_score,
      id, document_id, version, ordinal, filename, language, heading_path, segments, text
    from readable where lexical is not null or (dense is not null and dense_rank <= ${query.limit}::int)
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
    with proposed as materialized (select unnest(${uuidArray(ids)}) as id)
    select ${COLUMNS} from ${readableOf(sql`proposed`)} where c.collection_id = any(${uuidArray(collectionIds)})
  `);
}

function toSql({ texts, values }: StatementPart): SQL {
  const parts = texts.flatMap((text, index) =>
    index < values.length ? [sql.raw(text), sql`${values[index]}`] : [sql.raw(text)],
  );
  return sql.join(parts);
}
