import { type SQL, sql } from "drizzle-orm";

/** Of a chunk `c` and its document `d`: only the published version, also while another one is being written, until it is deleted. */
export const IS_READABLE = sql`d.id = c.document_id and d.published_version = c.version and d.status <> 'deleting'`;

/** BM25's usual constants (Robertson & Zaragoza 2009): term saturation, and how much length matters. */
const K1 = 1.2;
const B = 0.75;
/** Characters of a typical chunk, standing in for the average length that BM25 divides by. */
const TYPICAL_LENGTH = 800;
/** How often a lexeme of the title counts: weight A in the index marks headings and the file's name. */
const TITLE_WEIGHT = 1;
/** Chunks whose frequencies are counted for every one wanted: unpacking a tsvector is what costs. */
const COUNTED_PER_CANDIDATE = 5;

export type TextQuery = { text: string; collectionIds: string[]; limit: number };

/**
 * The full-text leg as a list of common table expressions, the last of which is `scored (id, score)`: BM25 over the
 * collections asked for. Postgres' own `ts_rank` knows no document frequency, so a common word counts as much as a rare
 * one. Two passes: which chunks hold which terms, out of the index and weighed by rarity; then frequencies and lengths
 * for the best of them.
 */
export function scoredByText(query: TextQuery): SQL {
  const scope = uuidArray(query.collectionIds);
  return sql`
    terms as materialized (
      select lexeme from (
        select distinct unnest(tsvector_to_array(to_tsvector(configuration::regconfig, ${query.text}))) as lexeme
        from unnest(array['ancre_french', 'ancre_english', 'ancre_simple']) as configuration
      ) lexemes
      where not exists (
        select 1 from unnest(array['ancre_french', 'ancre_english']) as stopping
        where numnode(plainto_tsquery(stopping::regconfig, lexeme)) = 0
      )
    ), matches as materialized (
      select holding.lexeme, holding.id
      from chunks_holding(${scope}, (select array_agg(lexeme) from terms)) holding
      join documents d on d.id = holding.document_id and d.published_version = holding.version
        and d.status <> 'deleting'
    ), total as materialized (
      select coalesce(sum(v.chunks_total), 0) as n
      from documents d join document_versions v on v.document_id = d.id and v.version = d.published_version
      where d.collection_id = any(${scope}) and d.status <> 'deleting'
    ), weights as materialized (
      select lexeme, ln(1 + (greatest(total.n - count(*), 0) + 0.5) / (count(*) + 0.5)) as idf
      from matches, total group by lexeme, total.n
    ), best as materialized (
      select id, sum(idf) as coarse from matches join weights using (lexeme)
      group by id order by coarse desc, id limit ${query.limit * COUNTED_PER_CANDIDATE}::int
    ), frequencies as materialized (
      -- What isn't asked for is taken out first: unpacking is what costs, and a chunk holds many times more words.
      select c.id, length(c.text) as size, entry.lexeme,
        cardinality(array_positions(entry.weights, 'D')) + ${TITLE_WEIGHT}::int *
        least(1, cardinality(array_positions(entry.weights, 'A'))) as frequency
      from best join chunks c using (id) cross join lateral unnest(
        ts_delete(c.lexemes, tsvector_to_array(ts_delete(c.lexemes, (select array_agg(lexeme) from terms))))
      ) as entry
    ), scored as (
      select id, sum(idf * frequency * ${K1 + 1}::float /
        (frequency + ${K1}::float * (1 - ${B}::float + ${B}::float * size / ${TYPICAL_LENGTH}::float))) as score
      from frequencies join weights using (lexeme)
      group by id order by score desc, id limit ${query.limit}::int
    )`;
}

export function uuidArray(ids: string[]): SQL {
  return sql`${`{${ids.join(",")}}`}::uuid[]`;
}
