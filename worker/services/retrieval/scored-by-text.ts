import { type SQL, sql } from "drizzle-orm";

/** Of a chunk `c` and its document `d`: only the published version, also while another one is being written, until it is deleted. */
export const IS_READABLE = sql`d.id = c.document_id and d.published_version = c.version and d.status <> 'deleting'`;

/** BM25's usual constants (Robertson & Zaragoza 2009): term saturation, and how much length matters. */
const K1 = 1.2;
const B = 0.75;
/** Characters of a typical chunk, standing in for the average length that BM25 divides by. */
const TYPICAL_LENGTH = 800;
/**
 * With these weights (of D, C, B and A) cover density ranking of a single lexeme counts its occurrences: each is a cover
 * of its own, and counts its weight. Weight A marks headings and the file's name: however often a lexeme stands there, a
 * fraction is added, which is rounded up to one occurrence.
 */
const OCCURRENCES = sql.raw("'{1,0,0,0.0001}'::float4[]");
/** Chunks whose frequencies are counted for every one wanted. */
const COUNTED_PER_CANDIDATE = 5;

/** Values, or SQL where only the database knows them: `text` a text, `scope` collections (`uuid[]`), `limit` an integer. */
export type TextQuery = { text: string | SQL; scope: SQL; limit: number | SQL };

/**
 * The full-text leg as a list of common table expressions, the last of which is `scored (id, score)`: BM25 over the
 * collections asked for. Postgres' own `ts_rank` knows no document frequency, so a common word counts as much as a rare
 * one. Two passes: which chunks hold which terms, out of the index and weighed by rarity; then frequencies and lengths
 * for the best of them.
 */
export function scoredByText(query: TextQuery): SQL {
  return sql`
    asked as materialized (
      select ${query.text}::text as text, ${query.scope} as scope, ${query.limit}::int as wanted
    ), terms as materialized (
      select lexeme from (
        select distinct unnest(tsvector_to_array(to_tsvector(configuration::regconfig, asked.text))) as lexeme
        from asked, unnest(array['ancre_french', 'ancre_english', 'ancre_simple']) as configuration
      ) lexemes
      where not exists (
        select 1 from unnest(array['ancre_french', 'ancre_english']) as stopping
        where numnode(plainto_tsquery(stopping::regconfig, lexeme)) = 0
      )
    ), matches as materialized (
      select holding.lexeme, holding.id
      from chunks_holding((select scope from asked), (select array_agg(lexeme) from terms)) holding
      join documents d on d.id = holding.document_id and d.published_version = holding.version
        and d.status <> 'deleting'
    ), total as materialized (
      select coalesce(sum(v.chunks_total), 0) as n
      from documents d join document_versions v on v.document_id = d.id and v.version = d.published_version
      where d.collection_id = any((select scope from asked)::uuid[]) and d.status <> 'deleting'
    ), weights as materialized (
      select lexeme, array_to_tsvector(array[lexeme])::text::tsquery as word,
        ln(1 + (greatest(total.n - count(*), 0) + 0.5) / (count(*) + 0.5))::float as idf
      from matches, total group by lexeme, total.n
    ), holdings as materialized (
      select id, word, idf, sum(idf) over (partition by id) as coarse from matches join weights using (lexeme)
    ), best as materialized (
      select id, word, idf from (
        select *, dense_rank() over (order by coarse desc, id) as place from holdings
      ) placed where place <= ${COUNTED_PER_CANDIDATE}::int * (select wanted from asked)
    ), scored as (
      select best.id, sum(idf * frequency * ${K1 + 1}::float /
        (frequency + ${K1}::float * (1 - ${B}::float + ${B}::float * size / ${TYPICAL_LENGTH}::float))) as score
      from best cross join lateral (
        select length(text) as size, ceil(ts_rank_cd(${OCCURRENCES}, lexemes, word)) as frequency
        from chunks where chunks.id = best.id offset 0
      ) c
      group by best.id order by score desc, id limit (select wanted from asked)
    )`;
}

export function uuidArray(ids: string[]): SQL {
  return sql`${`{${ids.join(",")}}`}::uuid[]`;
}
