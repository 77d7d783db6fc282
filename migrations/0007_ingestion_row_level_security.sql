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
-- A write renews the lease; whether the work got further is read from what is stored when it is next taken up, since a
-- consumer that dies at the same place each time may write the same things each time before.
CREATE OR REPLACE FUNCTION hold_ingest_job(
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
