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

/** What a leg gave a chunk. */
export type Scored = { id: string; score: number };

/** A candidate of the full-text leg: its score is BM25. */
export type LexicalHit = Candidate & Scored;

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

/** The statement that finds full-text candidates (`LexicalHit`), best first by BM25 (`scoredByText`). */
export function selectLexical(query: TextQuery): SQL {
  return sql`
    with ${scoredByText(query)}
    select scored.score::float as score, ${COLUMNS} from ${readableOf(sql`scored`)}
    order by scored.score desc, c.id`;
}

export type NearestQuery = {
  /** Gives `id` and `score` of chunks. */
  nearest: StatementPart;
  collectionIds: string[];
  limit: number;
  /** Ids of chunks whose text is there already. */
  known: string[];
};

/** What the dense leg gave a chunk, and the chunk, unless it was known. */
export type DenseHit = (Scored & { text: null }) | (Scored & Candidate);

/** The statement that finds those proposed by a vector store that may be read (`DenseHit`), best first, `limit` at most. */
export function selectNearest({ nearest, collectionIds, limit, known }: NearestQuery): SQL {
  const unlessKnown = (column: SQL) => sql`case when c.id <> all(${uuidArray(known)}) then ${column} end`;
  return sql`
    with proposed as materialized (${toSql(nearest)})
    select proposed.score::float as score, c.id, c.document_id, c.version, c.ordinal, d.filename, c.language,
      c.heading_path, ${unlessKnown(sql`c.segments`)} as segments, ${unlessKnown(sql`c.text`)} as text
    from ${readableOf(sql`proposed`)} where c.collection_id = any(${uuidArray(collectionIds)})
    order by proposed.score desc, c.id limit ${limit}::int`;
}

/** The statement that finds which documents of some chunks are read now, and by which version. */
export function selectCurrent(chunks: Pick<Candidate, "document_id">[]): SQL {
  const ids = [...new Set(chunks.map(({ document_id }) => document_id))];
  return sql`
    select id, published_version as version from documents where id = any(${uuidArray(ids)}) and status <> 'deleting'`;
}

/** Of chunks that were found before, those that are read now, in the same order; `current` is what `selectCurrent` found. */
export function stillRead<T extends Pick<Candidate, "document_id" | "version">>(
  chunks: T[],
  current: Current[],
): T[] {
  const versions = new Map(current.map(({ id, version }) => [id, version]));
  return chunks.filter(({ document_id, version }) => versions.get(document_id) === version);
}

export type Current = { id: string; version: number };

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
