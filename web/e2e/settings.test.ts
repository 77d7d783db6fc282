import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

type Answer = { status: number; body: string };

/** Runs a curl line as one would paste it; without curl, sends what a shell would hand it. */
async function run(line: string): Promise<Answer> {
  if (spawnSync("curl", ["--version"]).status === 0) {
    const output = execFileSync("sh", ["-c", `${line} -s -w '\\n%{http_code}'`], { encoding: "utf8" });
    const [status = "", ...body] = output.split("\n").toReversed();
    return { status: Number(status), body: body.toReversed().join("\n") };
  }
  const print = `curl() { printf '%s\\0' "$@"; }\n${line}`;
  const [url = "", , authorization, , type, , body] = execFileSync("sh", ["-c", print], {
    encoding: "utf8",
  }).split("\0");
  const headers = [authorization, type].map((header = "") => header.split(": ") as [string, string]);
  const response = await fetch(url, { method: "POST", headers, body: body ?? "" });
  return { status: response.status, body: await response.text() };
}

test("an API key made in the page answers the curl line beside it, until it is revoked", async () => {
  const { assistantId, documentId } = await uploadLease("Keys");
  const { page, end } = await visit(`/settings/keys?assistant=${assistantId}`);
  await page.getByLabel("Name", { exact: true }).fill("Terminal");
  await page.getByRole("button", { name: "Create the key" }).click();
  await page.getByRole("heading", { name: "“Terminal” is made. Copy it now" }).waitFor();
  const [key = "", line = ""] = await page.locator("[data-new-key] [data-code]").allInnerTexts();
  expect(key).toMatch(/^anc_\w{40,}$/);
  const { status, body } = await run(line);
  expect(status, body).toBe(200);
  expect(JSON.parse(body)).toMatchObject({
    answer: expect.stringContaining("one month"),
    citations: [{ document_id: documentId, verified: true }],
  });
  const asKey = createApiClient({ url: inject("apiUrl"), apiKey: key });
  await expect(asKey.json("GET", "/collections")).rejects.toThrow("lacks the scope");

  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.reload();
  const row = page.locator("[data-keys] li").filter({ hasText: "Terminal" });
  await row.getByText("Ask · Keys · last used").waitFor();
  expect(await page.content()).not.toContain(key);
  await row.getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("button", { name: "Revoke the key" }).click();
  await page.getByText("1 key that holds no more").waitFor();
  expect((await run(line)).status).toBe(401);

  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("row", { name: "API key revoked Terminal You" }).waitFor();
  await page.getByLabel("Show").selectOption("API key created");
  await page.waitForURL(/action=api_key\.created/);
  await page.getByRole("row", { name: "API key created Terminal · Ask You" }).waitFor();
  await page.getByRole("row", { name: "API key revoked" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "You", exact: true }).click();
  await page.getByLabel("Français").click();
  await page.getByRole("link", { name: "Journal d’audit" }).click();
  await page.getByRole("row", { name: "Clé d’API révoquée Terminal Vous" }).waitFor();
  await end();
});

test("a workspace is renamed, exported and deleted by its name, and its receipt stays at its address", async () => {
  const api = createApiClient({ url: inject("apiUrl") });
  const { id } = await api.json<{ id: string }>("POST", "/tenants", { name: "Chess club" });
  const inTenant = createApiClient({ url: inject("apiUrl"), tenantId: id });
  await inTenant.json("POST", "/collections", { name: "Openings" });
  const { page, end } = await visit("/settings/workspace");
  await page.evaluate((tenant) => localStorage.setItem("ancre.tenant", tenant), id);
  await page.reload();
  await page.getByLabel("Name of the workspace").fill("Chess society");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("navigation", { name: "Main" }).getByText("Chess society").waitFor();

  await page.getByRole("link", { name: "Export and delete" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the ZIP" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^ancre-.*\.zip$/);
  const zip = readFileSync(await download.path()).toString("latin1");
  expect(zip.startsWith("PK")).toBe(true);
  expect(zip).toContain("collections.jsonl");

  await page.getByRole("button", { name: "Delete this workspace…" }).click();
  await page.getByLabel("Type “Chess society” to confirm").fill("Chess society");
  await page.getByRole("button", { name: "Delete the workspace for good" }).click();
  await page.getByRole("heading", { name: "The workspace is deleted" }).waitFor();
  await page.reload();
  await page.locator("[data-deletion]").waitFor();
  expect(new URL(page.url()).pathname).toBe(`/erased/${id}`);
  await expect(inTenant.json("GET", "/collections")).rejects.toThrow();
  await page.getByRole("button", { name: "Go on to Ancre" }).click();
  await page.locator("#question").waitFor();
  await page.getByText("Chess society").waitFor({ state: "detached" });
  await end();
});
