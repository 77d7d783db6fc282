import { neon } from "@neondatabase/serverless";

/** The tenant and person of the Worker's dev identity (`worker/adapters/identity/dev.ts`). */
const DEMO_TENANT_ID = "00000000-0000-4000-8000-000000000001";
const DEV_USER_ID = "dev_user";

/** Makes sure that the demo tenant exists and that the dev user owns it. `ownerUrl` is the tables' owner's. */
export async function seedDemoTenant(ownerUrl: string): Promise<void> {
  const sql = neon(ownerUrl);
  await sql.transaction([
    sql`insert into tenants (id, name) values (${DEMO_TENANT_ID}, 'Demo') on conflict do nothing`,
    sql`insert into memberships (tenant_id, user_id, role)
        values (${DEMO_TENANT_ID}, ${DEV_USER_ID}, 'owner') on conflict do nothing`,
    sql`select set_config('app.tenant_id', ${DEMO_TENANT_ID}, true)`,
    sql`select seat_member(${DEV_USER_ID}, '{"free": 1, "pro": 1}') from memberships
        where tenant_id = ${DEMO_TENANT_ID} and not seated`,
  ]);
}
