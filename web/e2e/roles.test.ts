import { expect, inject, test } from "vitest";
import { signSessionToken } from "../../dev/clerk/session-token.ts";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";
import { SESSION_PARTY } from "./global-setup.ts";

/** A session token of somebody in an organisation of this test's own. */
function sessionOf(user: string, role: string): Promise<string> {
  const org = { id: "org_roles_e2e", slug: "chandlery", role: `org:${role}` };
  const claims = { userId: `user_${user}`, org, azp: SESSION_PARTY, expiresInSeconds: 900 };
  return signSessionToken(inject("sessionKeys"), claims);
}

test("a member may look and ask; what takes another role says so instead of failing", async () => {
  const owner = createApiClient({ url: inject("apiUrl"), apiKey: await sessionOf("ada", "owner") });
  const { id } = await owner.json<{ id: string }>("POST", "/assistants", { name: "Quartermaster" });
  const headers = { Authorization: `Bearer ${await sessionOf("mo", "member")}` };
  const { page, end } = await visit("/assistants", { extraHTTPHeaders: headers });
  await page.getByText("Only owners and admins create and change assistants.").waitFor();
  expect(await page.getByRole("link", { name: "New assistant" }).count()).toBe(0);
  await page.getByRole("link", { name: "Edit “Quartermaster”" }).click();
  await page.waitForURL(`**/assistants/${id}`);
  await page.getByLabel("Name", { exact: true }).waitFor();
  expect(await page.getByLabel("Name", { exact: true }).isDisabled()).toBe(true);
  expect(await page.getByRole("button", { name: "Save" }).count()).toBe(0);

  await page.goto("/settings/members");
  await page.getByRole("heading", { name: "2 members" }).waitFor();
  await page.getByText("where you sign in (Clerk), not here").waitFor();
  await page
    .locator("[data-member]")
    .filter({ hasText: "user_mo" })
    .getByText("Member", { exact: true })
    .waitFor();
  await page.locator("[data-member]").filter({ hasText: "user_ada" }).getByText("Owner").waitFor();
  for (const [section, words] of [
    ["Workspace", "This workspace goes by its organisation’s name."],
    ["API keys", "Only owners and admins see and make API keys."],
    ["Audit log", "Only owners read the audit log."],
    ["Export and delete", "Only an owner deletes the workspace."],
  ] as const) {
    await page.getByRole("link", { name: section }).click();
    await page.getByText(words).waitFor();
  }
  expect(await page.getByRole("link", { name: "Download the ZIP" }).count()).toBe(0);
  // The browser puts a refused call on its console by itself.
  await end(/status of 403 .*\/(api-keys|audit-log)/);
});
