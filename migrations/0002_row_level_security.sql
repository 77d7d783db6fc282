-- The Worker's role: it owns nothing and can't bypass row-level security. Set its password once, by hand:
-- ALTER ROLE ancre_app PASSWORD '…'.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'ancre_app') THEN
    CREATE ROLE ancre_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
  END IF;
END
$$;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO ancre_app;
--> statement-breakpoint
DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'memberships', 'collections', 'documents', 'document_pages', 'chunks', 'chunk_embeddings', 'assistants',
    'assistant_collections', 'conversations', 'messages', 'usage_counters', 'ingest_jobs'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ancre_app', tenant_table);
    -- After a transaction that set it, the setting is '' rather than NULL for the rest of the connection.
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
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON tenants TO ancre_app;
--> statement-breakpoint
CREATE POLICY tenant_isolation ON tenants
  USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid)
  WITH CHECK (id = nullif(current_setting('app.tenant_id', true), '')::uuid);
--> statement-breakpoint
-- A signed-in person finds their tenants before any tenant is chosen.
CREATE POLICY own_memberships ON memberships FOR SELECT
  USING (user_id = nullif(current_setting('app.user_id', true), ''));
--> statement-breakpoint
CREATE POLICY own_tenants ON tenants FOR SELECT
  USING (id IN (
    SELECT tenant_id FROM memberships WHERE user_id = nullif(current_setting('app.user_id', true), '')
  ));
--> statement-breakpoint
-- The scheduled sweep sees which work is overdue across tenants: ids and dates, never content.
CREATE POLICY sweep ON ingest_jobs FOR SELECT
  USING (current_setting('app.sweep', true) = 'on');
--> statement-breakpoint
-- Quota: reserves or raises, so that the whole transaction it stands in is undone when a limit is reached.
CREATE FUNCTION reserve_usage(p_period text, p_metric text, p_amount bigint, p_cap bigint) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_used bigint;
BEGIN
  INSERT INTO usage_counters AS counter (tenant_id, period, metric, used)
  SELECT nullif(current_setting('app.tenant_id', true), '')::uuid, p_period, p_metric, p_amount
  WHERE p_amount <= p_cap
  ON CONFLICT (tenant_id, period, metric) DO UPDATE SET used = counter.used + excluded.used
    WHERE counter.used + excluded.used <= p_cap
  RETURNING counter.used INTO v_used;
  IF v_used IS NULL THEN
    RAISE EXCEPTION 'quota_exceeded' USING ERRCODE = 'ANC01', DETAIL = p_metric;
  END IF;
  RETURN v_used;
END
$$;
--> statement-breakpoint
CREATE FUNCTION release_usage(p_period text, p_metric text, p_amount bigint) RETURNS void
LANGUAGE sql AS $$
  UPDATE usage_counters SET used = greatest(0, used - p_amount)
  WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
    AND period = p_period AND metric = p_metric
$$;
--> statement-breakpoint
-- The first statement of every write of ingestion: locks the document's job and renews its lease, or raises when the
-- work was taken back (deleted, failed, replaced), which undoes the write. Lock order is job, then document.
CREATE FUNCTION hold_ingest_job(p_document uuid, p_version integer, p_lease_seconds integer) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ingest_jobs
  SET stalls = 0,
      due_at = now() + make_interval(secs => p_lease_seconds),
      claimed_until = now() + make_interval(secs => p_lease_seconds)
  WHERE document_id = p_document AND version = p_version AND kind = 'ingest';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'superseded' USING ERRCODE = 'ANC02';
  END IF;
END
$$;
