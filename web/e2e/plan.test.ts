import { readFileSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";
import { uploadLease } from "./lease.ts";

/** Where the stand-in for Stripe shows its pages: on this machine, at another port than the dashboard's. */
const STRIPE = /^http:\/\/127\.0\.0\.1:\d+\/(?:c\/pay|p\/session|style\.css)/;

test("a workspace is upgraded to Pro in test mode, comes back and finds its new limits", async () => {
  const { id } = await createApiClient({ url: inject("apiUrl") }).json<{ id: string }>("POST", "/tenants", {
    name: "Upgraders",
  });
  const { page, end } = await visit("/plan");
  await page.evaluate((tenant) => localStorage.setItem("ancre.tenant", tenant), id);
  await page.reload();
  await page.getByText("Free plan").waitFor();
  await page.getByText("Test mode: no real money").waitFor();
  await page.getByRole("button", { name: "Upgrade to Pro" }).click();
  await page.waitForURL(STRIPE);
  await page.locator("button.primary").click();
  await page.getByText("Pro is on. Its limits hold from now.").first().waitFor();
  await page.getByRole("button", { name: "Manage the subscription" }).waitFor();
  await page.getByText("0 of 100,000").waitFor();
  await page.waitForURL(({ search }) => search === "");
  await end(undefined, STRIPE);
});

test("what was used is shown as a chart, as a table and as a file", async () => {
  const { api, assistantId } = await uploadLease("Usage");
  await api.json("POST", `/chat/${assistantId}`, { message: "What is the security deposit?" });
  const { page, end } = await visit("/plan");
  await page.locator('[data-chart="questions"]').waitFor();
  const slider = page.getByRole("slider", { name: "Questions, day by day" });
  await slider.focus();
  const today = await slider.getAttribute("aria-valuetext");
  expect(today).toMatch(/: [1-9]\d*$/);
  await page
    .locator("figcaption")
    .getByText(today ?? "")
    .waitFor();
  await page.keyboard.press("ArrowLeft");
  expect(await slider.getAttribute("aria-valuetext")).toMatch(/: 0$/);
  await page.getByRole("button", { name: "Cost", exact: true }).click();
  await page.locator('[data-chart="cost"]').waitFor();

  await page.getByRole("button", { name: "Table", exact: true }).click();
  expect(await page.locator("[aria-labelledby=history-title] tbody tr").count()).toBe(1);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download as CSV" }).click(),
  ]);
  const [head, ...days] = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(head).toMatch(/^day,questions,pages,/);
  expect(days).toHaveLength(90);
  expect(days.at(-1)).toMatch(/^\d{4}-\d\d-\d\d,[1-9]/);
  await end();
});

test("a limit that is near is told over every page and can be hidden; one that is reached says what goes on", async () => {
  const { page, end } = await visit("/ask");
  let used = 1_700;
  const usage = await createApiClient({ url: inject("apiUrl") }).json<{ metrics: { metric: string }[] }>(
    "GET",
    "/usage",
  );
  // The real report, with a month's questions that no test could ask.
  await page.route("**/api/v1/usage", (route) => {
    const metrics = usage.metrics.map((metric) =>
      metric.metric === "questions" ? { ...metric, used, limit: 2_000 } : metric,
    );
    return route.fulfill({ json: { ...usage, metrics } });
  });
  await page.goto("/library");
  const banner = page.getByRole("region", { name: "Limits of the plan" });
  await banner.getByText("Questions: 85% of this month’s 2,000 are used.").waitFor();
  await banner.getByRole("button", { name: "Hide" }).click();
  await banner.waitFor({ state: "detached" });
  used = 2_000;
  await page.getByRole("link", { name: "Ask" }).click();
  await banner.getByText("No more questions can be asked until").waitFor();
  await banner.getByText("Documents are read and can be opened as before.").waitFor();
  await banner.getByRole("link", { name: "See plan and usage" }).click();
  await page.getByRole("meter").first().waitFor();
  await banner.waitFor({ state: "detached" });
  await end();
});
