DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'document_versions', 'imports', 'import_entries', 'import_jobs', 'import_uploads', 'import_upload_parts',
    'deletion_receipts'
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
-- Every document so far has the versions that its row tells of.
INSERT INTO document_versions (tenant_id, document_id, version, origin, state, error_code, filename, media_type, size_bytes,
  sha256, storage_key, language, warnings, pages_total, chunks_total, created_at, published_at)
SELECT tenant_id, id, version, 'upload',
  CASE WHEN published_version = version THEN 'complete' WHEN status = 'failed' THEN 'failed' ELSE 'writing' END,
  error_code, filename, media_type, size_bytes, sha256, storage_key, language, warnings, pages_total, chunks_total,
  created_at, CASE WHEN published_version = version THEN updated_at END
FROM documents;

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
