DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'document_versions', 'imports', 'import_entries', 'import_jobs', 'import_uploads', 'import_upload_parts',
    'deletion_receipts', 'message_sources'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ancre_app', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant_isolation ON %I
         USING (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)
         WITH CHECK (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)',
      tenant_table
    );
  END LOOP;
END
$$;
--> statement-breakpoint
-- The scheduled sweep sees which imports have work and which uploads were forgotten, across tenants: ids and dates.
CREATE POLICY sweep ON import_jobs FOR SELECT
  USING (current_setting('app.sweep', true) = 'on');
--> statement-breakpoint
CREATE POLICY sweep ON import_uploads FOR SELECT
  USING (current_setting('app.sweep', true) = 'on');
--> statement-breakpoint
-- What was deleted and when stays as it was written; only its completion is added.
REVOKE DELETE ON deletion_receipts FROM ancre_app;
--> statement-breakpoint
-- The sweep also sees which deletions have work left.
CREATE POLICY sweep ON deletion_receipts FOR SELECT
  USING (current_setting('app.sweep', true) = 'on' AND completed_at IS NULL);
--> statement-breakpoint
-- Whoever had a tenant erased sees what became of that when they belong to it no more.
CREATE POLICY own_erasure ON deletion_receipts FOR SELECT
  USING (subject = 'tenant' AND actor_kind = 'user' AND actor_id = nullif(current_setting('app.user_id', true), ''));
--> statement-breakpoint
-- As hold_ingest_job, for a deletion that is its own job: the first statement of every write of its work.
CREATE FUNCTION hold_deletion(p_receipt uuid, p_lease_seconds integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE deletion_receipts
  SET due_at = now() + make_interval(secs => p_lease_seconds),
      claimed_until = now() + make_interval(secs => p_lease_seconds)
  WHERE id = p_receipt AND completed_at IS NULL;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'superseded' USING ERRCODE = 'ANC02';
  END IF;
END
$$;
--> statement-breakpoint
-- An answer's sources or citations without what they show of these documents. Their places stay, marked.
CREATE FUNCTION without_quotes(p_entries jsonb, p_documents uuid[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(
    CASE WHEN (entry ->> 'document_id')::uuid = ANY (p_documents) THEN
      entry || jsonb_build_object('deleted', true, 'filename', '', 'page_label', NULL)
        || CASE WHEN entry ? 'quote' THEN '{"quote": ""}' ELSE '{"excerpt": ""}' END::jsonb
    ELSE entry END ORDER BY place), '[]')
  FROM jsonb_array_elements(p_entries) WITH ORDINALITY AS listed (entry, place)
$$;
--> statement-breakpoint
-- What was written in the audit log stays as it is, until its tenant is erased: then only the erasure stays on record.
-- The Worker's role may not delete there, so this runs as the owner, for a closed tenant with a receipt alone.
CREATE FUNCTION erase_audit_log(p_rows integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  v_gone integer;
BEGIN
  DELETE FROM audit_log WHERE id IN (
    SELECT id FROM audit_log
    WHERE tenant_id = this_tenant() AND action <> 'tenant.closed' AND EXISTS (
      SELECT 1 FROM tenants JOIN deletion_receipts receipt ON receipt.subject_id = tenants.id
      WHERE tenants.id = this_tenant() AND tenants.deleted_at IS NOT NULL
        AND receipt.subject = 'tenant' AND receipt.completed_at IS NULL)
    LIMIT p_rows
  );
  GET DIAGNOSTICS v_gone = ROW_COUNT;
  RETURN v_gone;
END
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION erase_audit_log(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION erase_audit_log(integer) TO ancre_app;
--> statement-breakpoint
INSERT INTO message_sources (tenant_id, document_id, message_id)
SELECT DISTINCT messages.tenant_id, documents.id, messages.id
FROM messages, jsonb_array_elements(sources || citations) AS entry
  JOIN documents ON documents.id = (entry ->> 'document_id')::uuid
WHERE documents.tenant_id = messages.tenant_id;
--> statement-breakpoint
-- Answers that still quote what was deleted before quotes were taken out.
UPDATE messages SET sources = without_quotes(sources, lost.ids), citations = without_quotes(citations, lost.ids)
FROM (
  SELECT message.id, array_agg(DISTINCT (entry ->> 'document_id')::uuid) AS ids
  FROM messages message, jsonb_array_elements(message.sources || message.citations) AS entry
  WHERE NOT EXISTS (SELECT 1 FROM documents WHERE documents.id = (entry ->> 'document_id')::uuid)
  GROUP BY message.id
) AS lost
WHERE lost.id = messages.id;
--> statement-breakpoint
-- Deletions asked for before there were receipts.
INSERT INTO deletion_receipts (id, tenant_id, subject, subject_id, actor_kind, actor_id, due_at)
SELECT gen_random_uuid(), id, 'tenant', id, 'system', 'clerk', now() FROM tenants WHERE deleted_at IS NOT NULL
UNION ALL
SELECT gen_random_uuid(), tenant_id, 'collection', id, 'system', 'ingest', now() FROM collections
WHERE deleted_at IS NOT NULL
UNION ALL
SELECT gen_random_uuid(), tenant_id, 'document', id, 'system', 'ingest', NULL FROM documents WHERE status = 'deleting';
--> statement-breakpoint
-- Every document so far has the versions that its row tells of.
INSERT INTO document_versions (tenant_id, document_id, version, origin, state, error_code, filename, media_type, size_bytes,
  sha256, storage_key, language, warnings, pages_total, chunks_total, created_at, published_at)
SELECT tenant_id, id, version, 'upload',
  CASE WHEN published_version = version THEN 'complete' WHEN status = 'failed' THEN 'failed' ELSE 'writing' END,
  error_code, filename, media_type, size_bytes, sha256, storage_key, language, warnings, pages_total, chunks_total,
  created_at, CASE WHEN published_version = version THEN updated_at END
FROM documents;
--> statement-breakpoint
-- Bytes and pages belong to a stored file: a re-index reads one that was counted.
UPDATE usage_reservations r SET id = md5('bytes:' || d.storage_key)::uuid
FROM documents d WHERE r.metric = 'storage_bytes' AND r.tenant_id = d.tenant_id AND r.id = d.id;
--> statement-breakpoint
UPDATE usage_reservations r SET id = md5('pages:' || d.storage_key)::uuid
FROM documents d
WHERE r.metric = 'pages' AND r.tenant_id = d.tenant_id AND r.id = md5('pages:' || d.id || ':' || d.version)::uuid;
--> statement-breakpoint
-- The tenant's chunks nearest to a vector, best first, by cosine similarity; none of versions that are only kept, which
-- would take the places of what they were replaced by (decision 022). Exact where that is cheap; else through the model's
-- HNSW index, if it was created (dev/vector-index.ts), with its candidates compared exactly. Decision 015 has the
-- measurements behind the figures.
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
      WHERE e.model = p_model AND e.collection_id = ANY (p_collections) AND e.searchable LIMIT v_bound + 1
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
           WHERE e.model = %L AND e.collection_id = ANY ($2) AND e.searchable
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
    WHERE e.model = p_model AND e.collection_id = ANY (p_collections) AND e.searchable
    ORDER BY e.embedding <=> p_vector, e.chunk_id LIMIT p_limit;
END
$$;
--> statement-breakpoint
-- Work of another kind than the one begun is other work: a consumer of the first must not write into the second.
DROP FUNCTION hold_ingest_job(uuid, integer, integer);
--> statement-breakpoint
-- A write renews the lease; whether the work got further is read from what is stored when it is next taken up, since a
-- consumer that dies at the same place each time may write the same things each time before.
CREATE FUNCTION hold_ingest_job(
  p_document uuid, p_version integer, p_lease_seconds integer, p_kind text DEFAULT 'ingest'
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ingest_jobs
  SET due_at = now() + make_interval(secs => p_lease_seconds),
      claimed_until = now() + make_interval(secs => p_lease_seconds)
  WHERE document_id = p_document AND version = p_version AND kind = p_kind;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'superseded' USING ERRCODE = 'ANC02';
  END IF;
END
$$;
--> statement-breakpoint
-- The first statement of every write of an import's work: locks its job and renews the lease, or undoes the whole write
-- when there is no work any more or the import has left the state the work was for. Locks go job, import, entry.
CREATE FUNCTION hold_import_job(p_import uuid, p_lease_seconds integer, p_state text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE import_jobs
  SET stalls = 0,
      due_at = now() + make_interval(secs => p_lease_seconds),
      claimed_until = now() + make_interval(secs => p_lease_seconds)
  WHERE import_id = p_import;
  IF NOT FOUND OR (p_state IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM imports WHERE id = p_import AND state = p_state
  )) THEN
    RAISE EXCEPTION 'superseded' USING ERRCODE = 'ANC02';
  END IF;
END
$$;
