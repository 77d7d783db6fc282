DO $$
DECLARE
  tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY[
    'api_keys', 'billing_accounts', 'usage_reservations', 'usage_daily', 'audit_log', 'idempotency_keys'
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
-- What was written in the audit log stays as it is.
REVOKE UPDATE, DELETE ON audit_log FROM ancre_app;
--> statement-breakpoint
-- Whoever presents a key is let see that key's row alone, before its tenant is known.
CREATE POLICY presented_key ON api_keys FOR SELECT
  USING (prefix = nullif(current_setting('app.key_prefix', true), ''));
--> statement-breakpoint
-- What a person asks before there is a tenant.
CREATE POLICY personal ON idempotency_keys
  USING (tenant_id IS NULL AND principal_id = nullif(current_setting('app.user_id', true), ''))
  WITH CHECK (tenant_id IS NULL AND principal_id = nullif(current_setting('app.user_id', true), ''));
--> statement-breakpoint
-- The scheduled sweep sees which reservations were forgotten, across tenants: ids and dates.
CREATE POLICY sweep ON usage_reservations FOR SELECT
  USING (current_setting('app.sweep', true) = 'on');
--> statement-breakpoint
-- Two tables that belong to no tenant: written by verified webhooks alone.
ALTER TABLE webhook_events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE webhook_events FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON webhook_events TO ancre_app;
--> statement-breakpoint
CREATE POLICY webhook ON webhook_events
  USING (current_setting('app.webhook', true) = 'on')
  WITH CHECK (current_setting('app.webhook', true) = 'on');
--> statement-breakpoint
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE people FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON people TO ancre_app;
--> statement-breakpoint
CREATE POLICY webhook ON people
  USING (current_setting('app.webhook', true) = 'on')
  WITH CHECK (current_setting('app.webhook', true) = 'on');
--> statement-breakpoint
-- A tenant sees the names of its members; memberships are under its own policy here too.
CREATE POLICY colleagues ON people FOR SELECT
  USING (user_id IN (
    SELECT user_id FROM memberships WHERE tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid
  ));
--> statement-breakpoint
CREATE FUNCTION this_tenant() RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT nullif(current_setting('app.tenant_id', true), '')::uuid
$$;
--> statement-breakpoint
-- The plan whose limits hold now: a paid one ends by itself when nothing moves its end on. Null: the tenant is closed.
CREATE FUNCTION effective_plan() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN plan_until IS NULL OR plan_until > now() THEN plan ELSE 'free' END
  FROM tenants WHERE id = this_tenant() AND deleted_at IS NULL
$$;
--> statement-breakpoint
DROP FUNCTION reserve_usage(text, text, bigint, bigint);
--> statement-breakpoint
DROP FUNCTION release_usage(text, text, bigint);
--> statement-breakpoint
-- Counts one thing (p_id) once, or raises, so that the whole transaction it stands in is undone. The counter's row is
-- changed by one conditional statement: concurrent reservations queue on it and each sees what the one before left.
CREATE FUNCTION reserve_usage(
  p_id uuid, p_period text, p_metric text, p_amount bigint, p_caps jsonb, p_expires_at timestamptz DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
  v_plan text := effective_plan();
  v_cap bigint := (p_caps ->> v_plan)::bigint;
  v_used bigint;
BEGIN
  -- Whoever came in just before it closed must leave nothing behind that nobody would remove.
  IF v_plan IS NULL THEN
    RAISE EXCEPTION 'tenant_closed' USING ERRCODE = 'ANC03';
  END IF;
  INSERT INTO usage_reservations AS known (tenant_id, metric, id, period, amount, expires_at)
  VALUES (this_tenant(), p_metric, p_id, p_period, p_amount, p_expires_at)
  ON CONFLICT (tenant_id, metric, id) DO UPDATE
    SET state = 'held', period = excluded.period, amount = excluded.amount, expires_at = excluded.expires_at
    WHERE known.state = 'released';
  IF NOT FOUND THEN
    SELECT used INTO v_used FROM usage_counters
    WHERE tenant_id = this_tenant() AND period = p_period AND metric = p_metric;
    RETURN v_used;
  END IF;
  INSERT INTO usage_counters AS counter (tenant_id, period, metric, used)
  SELECT this_tenant(), p_period, p_metric, p_amount
  WHERE p_amount <= v_cap
  ON CONFLICT (tenant_id, period, metric) DO UPDATE SET used = counter.used + excluded.used
    WHERE counter.used + excluded.used <= v_cap
  RETURNING counter.used INTO v_used;
  IF v_used IS NULL THEN
    SELECT used INTO v_used FROM usage_counters
    WHERE tenant_id = this_tenant() AND period = p_period AND metric = p_metric;
    RAISE EXCEPTION 'quota_exceeded' USING ERRCODE = 'ANC01', DETAIL = jsonb_build_object(
      'metric', p_metric, 'used', coalesce(v_used, 0), 'requested', p_amount, 'limit', v_cap, 'plan', v_plan
    )::text;
  END IF;
  RETURN v_used;
END
$$;
--> statement-breakpoint
-- Makes a reservation final. True for the one call that did; false ever after, and once it was given back.
CREATE FUNCTION settle_usage(p_id uuid, p_metric text) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE usage_reservations SET state = 'settled', expires_at = NULL
  WHERE tenant_id = this_tenant() AND metric = p_metric AND id = p_id AND state = 'held';
  RETURN FOUND;
END
$$;
--> statement-breakpoint
-- Gives a held reservation back. True for the one call that did; false ever after, and once it was settled.
CREATE FUNCTION release_usage(p_id uuid, p_metric text) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  v_given usage_reservations;
BEGIN
  UPDATE usage_reservations SET state = 'released', expires_at = NULL
  WHERE tenant_id = this_tenant() AND metric = p_metric AND id = p_id AND state = 'held'
  RETURNING * INTO v_given;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE usage_counters SET used = greatest(0, used - v_given.amount)
  WHERE tenant_id = this_tenant() AND period = v_given.period AND metric = p_metric;
  RETURN true;
END
$$;
--> statement-breakpoint
-- Adds to today's figures: {"metric": amount}. jsonb keeps its keys sorted, so two calls lock rows in one order.
CREATE FUNCTION record_usage(p_assistant uuid, p_amounts jsonb) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO usage_daily AS day (tenant_id, day, assistant_id, metric, amount)
  SELECT this_tenant(), (now() AT TIME ZONE 'UTC')::date,
    coalesce(p_assistant, '00000000-0000-0000-0000-000000000000'), key, value::bigint
  FROM jsonb_each_text(p_amounts) WHERE value::bigint <> 0
  ON CONFLICT (tenant_id, day, assistant_id, metric) DO UPDATE SET amount = day.amount + excluded.amount
$$;
--> statement-breakpoint
-- A member's reservation of a seat; ids of people are no UUIDs.
CREATE FUNCTION seat_id(p_user text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT md5('seat:' || p_user)::uuid
$$;
--> statement-breakpoint
-- Seats a member if the plan has room. Never raises for want of it: who has no seat is told when they come in.
CREATE FUNCTION seat_member(p_user text, p_caps jsonb) RETURNS boolean
LANGUAGE plpgsql AS $$
BEGIN
  BEGIN
    PERFORM reserve_usage(seat_id(p_user), 'total', 'members', 1, p_caps);
  EXCEPTION WHEN SQLSTATE 'ANC01' OR SQLSTATE 'ANC03' THEN
    RETURN false;
  END;
  UPDATE memberships SET seated = true WHERE tenant_id = this_tenant() AND user_id = p_user;
  RETURN true;
END
$$;
--> statement-breakpoint
-- Puts on record what became of a member by coming in.
CREATE FUNCTION record_entry(p_action text, p_user text, p_role text, p_request text) RETURNS void
LANGUAGE sql AS $$
  INSERT INTO audit_log (id, tenant_id, actor_kind, actor_id, action, target_id, detail, request_id)
  VALUES (gen_random_uuid(), this_tenant(), 'user', p_user, p_action, p_user,
    jsonb_strip_nulls(jsonb_build_object('role', p_role)), p_request)
$$;
--> statement-breakpoint
-- A signed-in member of an organisation comes in: its tenant and their membership are made on first sight. What a
-- webhook told later than the session token was issued wins over the token.
CREATE FUNCTION enter_organization(
  p_org text, p_name text, p_user text, p_role text, p_issued_at timestamptz, p_caps jsonb, p_request text,
  OUT outcome text, OUT member_role text
)
LANGUAGE plpgsql AS $$
DECLARE
  v_tenant tenants;
  v_member memberships;
  v_new boolean;
BEGIN
  INSERT INTO tenants (id, name, clerk_org_id) VALUES (this_tenant(), p_name, p_org) ON CONFLICT DO NOTHING;
  IF FOUND THEN
    PERFORM record_entry('tenant.created', p_user, NULL, p_request);
  END IF;
  -- Locked: of two first admins arriving together one founds. Not against the references that every reservation makes.
  SELECT * INTO v_tenant FROM tenants WHERE id = this_tenant() FOR NO KEY UPDATE;
  IF v_tenant.deleted_at IS NOT NULL THEN
    outcome := 'closed';
    RETURN;
  END IF;
  INSERT INTO memberships (tenant_id, user_id, role) VALUES (this_tenant(), p_user, p_role)
  ON CONFLICT (tenant_id, user_id) DO NOTHING;
  v_new := FOUND;
  SELECT * INTO v_member FROM memberships WHERE tenant_id = this_tenant() AND user_id = p_user FOR UPDATE;
  IF EXISTS (SELECT 1 FROM people WHERE user_id = p_user AND deleted_at IS NOT NULL) THEN
    UPDATE memberships SET removed_at = coalesce(removed_at, now()), seated = false
    WHERE tenant_id = this_tenant() AND user_id = p_user;
    PERFORM release_usage(seat_id(p_user), 'members');
    outcome := 'removed';
    RETURN;
  END IF;
  IF v_member.removed_at >= p_issued_at THEN
    outcome := 'removed';
    RETURN;
  END IF;
  IF v_member.removed_at IS NULL AND v_member.changed_at > p_issued_at THEN
    member_role := v_member.role;
  ELSE
    -- Where Clerk has owners, one of them founds. A founder who left is succeeded by the next who could have been one.
    IF p_role IN ('admin', 'owner') AND (v_tenant.founder_id IS NULL OR EXISTS (
      SELECT 1 FROM memberships
      WHERE tenant_id = this_tenant() AND user_id = v_tenant.founder_id AND user_id <> p_user AND removed_at IS NOT NULL
    )) THEN
      UPDATE tenants SET founder_id = p_user WHERE id = this_tenant();
      v_tenant.founder_id := p_user;
    END IF;
    member_role := CASE WHEN p_role = 'admin' AND v_tenant.founder_id = p_user THEN 'owner' ELSE p_role END;
    IF v_member.removed_at IS NOT NULL THEN
      UPDATE memberships
      SET removed_at = NULL, membership_id = NULL, began_at = NULL, changed_at = NULL, role = member_role
      WHERE tenant_id = this_tenant() AND user_id = p_user;
    ELSIF v_member.role <> member_role THEN
      UPDATE memberships SET role = member_role WHERE tenant_id = this_tenant() AND user_id = p_user;
    END IF;
    IF v_new OR v_member.removed_at IS NOT NULL THEN
      PERFORM record_entry('member.joined', p_user, member_role, p_request);
    ELSIF v_member.role <> member_role THEN
      PERFORM record_entry('member.role_changed', p_user, member_role, p_request);
    END IF;
  END IF;
  IF v_member.seated OR seat_member(p_user, p_caps) THEN
    outcome := 'entered';
  ELSE
    outcome := 'full';
  END IF;
END
$$;
--> statement-breakpoint
-- Rows from before reservations were kept one by one.
INSERT INTO usage_reservations (tenant_id, metric, id, period, amount)
SELECT tenant_id, 'documents', id, 'total', 1 FROM documents
UNION ALL SELECT tenant_id, 'storage_bytes', id, 'total', size_bytes FROM documents
UNION ALL SELECT tenant_id, 'assistants', id, 'total', 1 FROM assistants
UNION ALL SELECT tenant_id, 'members', seat_id(user_id), 'total', 1 FROM memberships;
--> statement-breakpoint
INSERT INTO usage_counters (tenant_id, period, metric, used)
SELECT tenant_id, 'total', 'members', count(*) FROM memberships GROUP BY tenant_id
ON CONFLICT (tenant_id, period, metric) DO UPDATE SET used = excluded.used;
--> statement-breakpoint
UPDATE memberships SET seated = true;
