-- Full text by an index. Under a tenant's policy Postgres doesn't use one for @@: the operator isn't leakproof, so rows are
-- shown to it only once the policy has let them through, and every chunk of the tenant was read for every question
-- (decision 006).
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
-- Collection first: lists of a word hold everybody's chunks, those of a collection only its own, and GIN goes along the
-- shorter one. As text, which no other index has, so that the planner has no other index to cross this one with.
-- The list of what isn't sorted in yet is read by every search, so it is kept short (kB).
CREATE INDEX chunks_lexemes ON chunks USING gin ((collection_id::text), lexemes) WITH (gin_pending_list_limit = 256);
--> statement-breakpoint
-- Reads words and ids of chunks, whosever they are, for the one function below; nobody logs in as it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ancre_full_text') THEN
    CREATE ROLE ancre_full_text NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
END
$$;
--> statement-breakpoint
GRANT ancre_full_text TO CURRENT_USER;
--> statement-breakpoint
GRANT USAGE, CREATE ON SCHEMA public TO ancre_full_text;
--> statement-breakpoint
GRANT SELECT (id, tenant_id, collection_id, document_id, version, lexemes) ON chunks TO ancre_full_text;
--> statement-breakpoint
CREATE POLICY full_text ON chunks FOR SELECT TO ancre_full_text USING (true);
--> statement-breakpoint
-- Which of the tenant's chunks hold which of these lexemes, one row for each pair. Runs as that role, whom no policy keeps
-- from the index, so its own clause says what the policy says. IS NOT DISTINCT FROM is what no index serves, and a bitmap
-- is all that GIN can make: no other way is left.
CREATE FUNCTION chunks_holding(p_collections uuid[], p_lexemes text[])
RETURNS TABLE (lexeme text, id uuid, document_id uuid, version integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public
SET enable_seqscan = off SET enable_indexscan = off SET jit = off
AS $$
  SELECT term.lexeme, found.id, found.document_id, found.version
  FROM unnest(p_lexemes) AS term (lexeme) CROSS JOIN LATERAL (
    SELECT c.id, c.document_id, c.version FROM chunks c
    WHERE c.collection_id::text = ANY (p_collections::text[])
      AND c.lexemes @@ array_to_tsvector(ARRAY[term.lexeme])::text::tsquery
      AND c.tenant_id IS NOT DISTINCT FROM this_tenant() AND this_tenant() IS NOT NULL
    OFFSET 0 -- a search for each lexeme, never all chunks compared with each
  ) AS found
$$;
--> statement-breakpoint
ALTER FUNCTION chunks_holding(uuid[], text[]) OWNER TO ancre_full_text;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM ancre_full_text;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION chunks_holding(uuid[], text[]) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION chunks_holding(uuid[], text[]) TO ancre_app;
