-- A vector up to a page stays in its row: out of line, every comparison of an exact scan looks it up piece by piece,
-- which takes about 1.7 times as long at 1,536 dimensions. Rows written before keep theirs where it is.
ALTER TABLE chunk_embeddings SET (toast_tuple_target = 8160);
--> statement-breakpoint
-- The tenant's chunks nearest to a vector, best first, by cosine similarity. Exact where that is cheap; else through the
-- model's HNSW index, if it was created (dev/vector-index.ts), with its candidates compared exactly. Decision 015 has
-- the measurements behind the figures.
--   p_exact_up_to  vectors up to which all are compared; below zero asks the index whatever they are
--   exact          whether all were compared
-- The tenant's policy holds for every read: the function runs with its caller's rights. The planner is left no choice:
-- the exact scan goes by (tenant, collection, model), whose order HNSW can't give as its index is on a cast.
CREATE FUNCTION nearest_chunks(
  p_model text, p_collections uuid[], p_vector vector, p_limit integer, p_exact_up_to integer
) RETURNS TABLE (id uuid, score double precision, exact boolean)
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_sort = on SET enable_bitmapscan = on SET jit = off
AS $$
DECLARE
  -- More than are wanted: HNSW's first ones aren't always the nearest, the nearest are nearly always among these.
  v_candidates integer := greatest(4 * p_limit, 400);
  v_dimensions integer := vector_dims(p_vector);
  -- HNSW takes up to 2,000 dimensions of four bytes or 4,000 of two.
  v_type text := CASE
    WHEN v_dimensions <= 2000 THEN format('vector(%s)', v_dimensions)
    WHEN v_dimensions <= 4000 THEN format('halfvec(%s)', v_dimensions)
  END;
  v_indexed real;
  v_bound integer;
  v_count integer;
  v_ids uuid[];
  v_distances double precision[];
BEGIN
  SELECT c.reltuples INTO v_indexed
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
  WHERE i.indrelid = 'chunk_embeddings'::regclass AND i.indisvalid AND v_type IS NOT NULL
    AND c.relname = 'chunk_embeddings_hnsw_' || left(md5(p_model), 16);
  -- To find one of own the index passes indexed/own others, each at the cost of about eight comparisons: for few own
  -- among many it is slower than comparing all own ones, up to own² = 8 × candidates × indexed.
  v_bound := CASE WHEN p_exact_up_to < 0 THEN 0
    ELSE greatest(p_exact_up_to, ceil(sqrt(8.0 * v_candidates * greatest(v_indexed, 0)))) END;
  IF v_indexed > v_bound THEN
    SELECT count(*) INTO v_count FROM (
      SELECT 1 FROM chunk_embeddings e
      WHERE e.model = p_model AND e.collection_id = ANY (p_collections) LIMIT v_bound + 1
    ) AS own;
    IF v_count > v_bound THEN
      PERFORM set_config('hnsw.iterative_scan', 'relaxed_order', true),
        set_config('hnsw.ef_search', '1000', true),
        -- Whoever asks where others' vectors lie gets here: twice what was expected at worst, then all are compared.
        set_config('hnsw.max_scan_tuples', (CASE WHEN v_bound = 0 THEN 20000 ELSE v_bound / 4 END)::text, true),
        set_config('hnsw.scan_mem_multiplier', '4', true),
        set_config('enable_sort', 'off', true),
        set_config('enable_bitmapscan', 'off', true);
      EXECUTE format(
        'WITH near AS MATERIALIZED (
           SELECT e.chunk_id, e.embedding <=> $1 AS distance FROM chunk_embeddings e
           WHERE e.model = %L AND e.collection_id = ANY ($2)
           ORDER BY e.embedding::%s <=> $1::%s LIMIT $3
         )
         SELECT array_agg(chunk_id ORDER BY distance), array_agg(distance ORDER BY distance) FROM near',
        p_model, v_type, v_type
      ) INTO v_ids, v_distances USING p_vector, p_collections, v_candidates;
      -- Fewer than asked for: the scan gave up, or there are no more. Hardly nearer at the tenth than at the last: the
      -- question lies far from everything, where HNSW's way through the graph is chance. Only comparing all tells.
      IF cardinality(v_ids) = v_candidates AND v_distances[v_candidates] >= 1.15 * v_distances[10] THEN
        RETURN QUERY SELECT near.chunk_id, 1 - near.distance, false
          FROM unnest(v_ids[:p_limit], v_distances[:p_limit]) AS near (chunk_id, distance);
        RETURN;
      END IF;
      PERFORM set_config('enable_sort', 'on', true), set_config('enable_bitmapscan', 'on', true);
    END IF;
  END IF;
  RETURN QUERY
    SELECT e.chunk_id, 1 - (e.embedding <=> p_vector), true FROM chunk_embeddings e
    WHERE e.model = p_model AND e.collection_id = ANY (p_collections)
    ORDER BY e.embedding <=> p_vector, e.chunk_id LIMIT p_limit;
END
$$;
--> statement-breakpoint
-- Work of another kind than the one begun is other work: a consumer of the first must not write into the second.
DROP FUNCTION hold_ingest_job(uuid, integer, integer);
--> statement-breakpoint
CREATE FUNCTION hold_ingest_job(
  p_document uuid, p_version integer, p_lease_seconds integer, p_kind text DEFAULT 'ingest'
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ingest_jobs
  SET stalls = 0,
      due_at = now() + make_interval(secs => p_lease_seconds),
      claimed_until = now() + make_interval(secs => p_lease_seconds)
  WHERE document_id = p_document AND version = p_version AND kind = p_kind;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'superseded' USING ERRCODE = 'ANC02';
  END IF;
END
$$;
