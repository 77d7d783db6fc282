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
