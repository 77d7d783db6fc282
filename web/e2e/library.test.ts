import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import type { Locator, Page, Route } from "playwright-core";
import { expect, inject, test } from "vitest";
import { createApiClient } from "../../dev/client/api.ts";
import { visit } from "./browser.ts";

const api = () => createApiClient({ url: inject("apiUrl") });

async function newCollection(name: string): Promise<string> {
  return (await api().json<{ id: string }>("POST", "/collections", { name })).id;
}

const note = (n: number | string) =>
  `# Note ${n}\n\nThe gate of garden ${n} is locked at nine in the evening.\n`;

/** Files on disk, by name. */
function onDisk(files: Record<string, string | Uint8Array>): string[] {
  const folder = mkdtempSync(join(tmpdir(), "ancre-e2e-"));
  return Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
}

/** Chooses a file in the system's window that pressing something opens. */
async function chooseThrough(page: Page, press: () => Promise<unknown>, file: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press()]);
  await chooser.setFiles(file);
}

const tray = (page: Page) => page.locator("[data-import-tray]");
const rowsIn = (page: Page, state: string) => page.locator(`tbody[data-status="${state}"]`);

test("of a bulk upload with one bad file the rest is ready, and the bad one says why and is mended in place", async () => {
  const collection = await newCollection("Bulk");
  const { page, end } = await visit(`/library?collection=${collection}`);
  await page.getByText("Nothing to read yet").waitFor();
  const good = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`note ${n}.md`, note(n)]));
  const files = onDisk({
    ...good,
    "damaged.pdf": "%PDF-1.7\nno more than its first line",
    "nothing.txt": "",
  });
  await page.setInputFiles('input[type="file"]', files);
  await tray(page).locator('[data-import="over"]').getByText("5 imported · 2 failed").waitFor();
  await rowsIn(page, "ready").nth(4).waitFor();
  await rowsIn(page, "failed")
    .getByText("The file is damaged and can't be opened. Export it again")
    .waitFor();

  // The tray is there wherever one goes, and after a reload.
  await page.getByRole("link", { name: "Usage" }).click();
  await page.getByRole("meter").first().waitFor();
  await tray(page).getByText("5 imported · 2 failed", { exact: true }).waitFor();
  await page.reload();
  await tray(page).getByRole("button", { name: "Show the imports" }).click();
  await tray(page).getByRole("button", { name: "Files", exact: true }).click();
  await tray(page).getByText("The file is empty. Check that it was saved, then drop it again.").waitFor();
  const damaged = tray(page).locator('[data-entry="failed"]', { hasText: "damaged.pdf" });
  await damaged.getByText("The file is damaged and can't be opened.").waitFor();
  // Another choice of files never shows those of the one before.
  let answer = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route("**/entries?limit=100", async (route) => {
    await held;
    await route.continue();
  });
  await tray(page).getByText("All", { exact: true }).click();
  await damaged.waitFor({ state: "detached" });
  answer();
  await tray(page).locator('[data-entry="ready"]').nth(4).waitFor();
  await tray(page).getByText("Problems", { exact: true }).click();
  const [mended] = onDisk({ "mended.md": note("mended") });
  await chooseThrough(page, () => damaged.getByRole("button", { name: "Replace" }).click(), mended ?? "");
  await tray(page).getByText("6 imported · 1 failed", { exact: true }).waitFor();
  await page.goto(`/library?collection=${collection}`);
  await rowsIn(page, "ready").filter({ hasText: "mended.md" }).waitFor();
  await tray(page).getByRole("button", { name: "Close 7 files" }).click();
  await tray(page).waitFor({ state: "detached" });
  await end();
});

test("an archive, dropped, and an address that no one may fetch are imported with what became of each", async () => {
  const collection = await newCollection("Archive");
  const { page, end } = await visit(`/library?collection=${collection}`);
  await page.getByText("Nothing to read yet").waitFor();
  const archive = zipSync({
    "manuals/pump.md": strToU8(note("pump")),
    "manuals/valve.md": strToU8(note("valve")),
    "manuals/photo.png": Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82]),
  });
  await page.evaluate(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], "manuals.zip"));
      for (const type of ["dragenter", "drop"]) {
        window.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      }
    },
    [...archive],
  );
  await tray(page).getByText("manuals.zip").waitFor();
  // Over, with nothing left to do: it folds up, and says what came of it.
  await tray(page).getByRole("button", { name: "Show the imports" }).waitFor();
  await tray(page).getByText("2 imported · 1 skipped", { exact: true }).waitFor();
  await tray(page).getByRole("button", { name: "Close", exact: true }).waitFor();
  await page.getByRole("link", { name: "pump.md" }).waitFor();

  await page.getByRole("button", { name: "Add documents" }).click();
  await page.getByRole("menuitem", { name: "From the web…" }).click();
  await page.getByLabel("Addresses, one a line").fill("http://10.0.0.1/private\n");
  await page.getByRole("button", { name: "Import 1 address" }).click();
  const fetched = tray(page).locator('[data-import="over"]', { hasText: "1 address" });
  await fetched.getByText("1 failed").waitFor();
  await fetched.getByRole("button", { name: "Files", exact: true }).click();
  await fetched.getByText("This address isn't on the public web").waitFor();

  // What failed stays in sight until it is closed, and beside a source that is opened.
  await page.getByRole("link", { name: "pump.md" }).click();
  await page.getByRole("link", { name: "Library" }).first().click();
  await fetched.waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("pump.md");
  await page.getByRole("option", { name: "pump.md", selected: true }).click();
  const source = page.getByRole("complementary", { name: "Source" });
  await source.getByText("The gate of garden pump is locked").waitFor();
  const [floating, panel] = [await tray(page).boundingBox(), await source.boundingBox()];
  expect((floating?.x ?? 0) + (floating?.width ?? 0)).toBeLessThanOrEqual(panel?.x ?? 0);
  await fetched.waitFor();
  await end();
});

test("files that were dropped while the session had ended are sent once there is another", async () => {
  const collection = await newCollection("Ended");
  const { page, end } = await visit(`/library?collection=${collection}`);
  await page.getByText("Nothing to read yet").waitFor();
  const ended = { type: "about:blank", title: "", status: 401, code: "unauthenticated", request_id: "r" };
  const refuse = (route: Route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", json: { ...ended, detail: "" } });
  await page.route("**/api/v1/**", refuse);
  await page.setInputFiles('input[type="file"]', onDisk({ "a.md": note("a"), "b.md": note("b") }));
  await tray(page).getByText("2 to send", { exact: true }).waitFor();
  await tray(page).getByText("Sending has stopped: 2 to send").waitFor();
  await page.unroute("**/api/v1/**", refuse);
  await page.getByRole("button", { name: "Go on" }).click();
  await tray(page).getByText("2 imported", { exact: true }).waitFor();
  await rowsIn(page, "ready").nth(1).waitFor();
  await end(/status of 401/);
});

test("a file dropped where nothing takes it doesn't open in the place of the page", async () => {
  const drop = (page: Page) =>
    page.evaluate(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(["# Note"], "stray.md"));
      return ["dragenter", "dragover", "drop"].map((type) => {
        const event = new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
        return [event.defaultPrevented, transfer.dropEffect];
      });
    });
  const { page, end } = await visit("/plan");
  await page.getByRole("slider").waitFor();
  expect((await drop(page)).slice(1)).toEqual([
    [true, "none"],
    [true, "none"],
  ]);
  await newCollection("Dropped");
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("link", { name: /^Dropped/ }).click();
  await page.getByText("Nothing to read yet").waitFor();
  expect((await drop(page)).map(([isTaken]) => isTaken)).toEqual([true, true, true]);
  await tray(page).getByText("1 imported", { exact: true }).waitFor();
  await end();
});

/** Drops a file as the system does; what becomes of it is the browser's to say where the page says nothing. */
async function dropFromSystem(page: Page, file: string): Promise<void> {
  const system = await page.context().newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const)
    await system.send("Input.dispatchDragEvent", { type, x: 300, y: 300, data });
}

test("a file dropped before the page's scripts are there is imported, or refused where nothing takes it", async () => {
  const collection = await newCollection("Early");
  const [file = ""] = onDisk({ "early.md": note("early") });
  const { page, end } = await visit("/plan");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const scripts = "**/assets/*.js";
  await page.route(scripts, async (route) => {
    await held;
    await route.continue();
  });
  for (const path of ["/plan", `/library?collection=${collection}`]) {
    await page.goto(path, { waitUntil: "commit" });
    await page.locator("main[aria-busy]").waitFor();
    // What the browser hasn't painted yet hears of no drop.
    await page.evaluate(
      () => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))),
    );
    await dropFromSystem(page, file);
  }
  const { pathname, search } = new URL(page.url());
  expect(pathname + search).toBe(`/library?collection=${collection}`);
  release();
  await tray(page).getByText("1 imported", { exact: true }).waitFor();
  await page.getByRole("link", { name: "early.md" }).waitFor();
  // Some browsers open such a file beside the page.
  expect(page.context().pages()).toHaveLength(1);
  await end();
});

test("a long name keeps neither a source's nor an import's buttons out of sight, on a phone either", async () => {
  const collection = await newCollection("Long");
  const name = "a rather long name of a manual ".repeat(5);
  const [file = ""] = onDisk({ [`${name}.md`]: note("long") });
  const [nothing = ""] = onDisk({ [`${name}.txt`]: "" });
  const { id } = await api().upload(collection, file);
  await api().settle(id);
  for (const width of [360, 1024]) {
    const { page, end } = await visit(`/library?collection=${collection}&document=${id}&page=1`, {
      viewport: { width, height: 740 },
    });
    await page.getByText("The gate of garden long is locked").waitFor();
    const endOf = async (what: Locator) => {
      const box = await what.boundingBox();
      return (box?.x ?? Number.POSITIVE_INFINITY) + (box?.width ?? 0);
    };
    expect(await endOf(page.getByRole("button", { name: "Close the source" }))).toBeLessThanOrEqual(width);
    await page.getByRole("button", { name: "Close the source" }).click();
    await page.setInputFiles('input[type="file"]', nothing);
    await tray(page).getByRole("button", { name: "Files", exact: true }).click();
    const state = tray(page).getByText("Failed", { exact: true });
    await state.waitFor();
    expect(await endOf(state)).toBeLessThan(await endOf(tray(page)));
    await end();
  }
});

/** Whether two of a page's elements have a point in common. */
async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (!a || !b) throw new Error("One of them isn't shown.");
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

test("the tray leaves the question's field and what is said over it in sight, however wide the page", async () => {
  const collection = await newCollection("Clear");
  const [nothing = ""] = onDisk({ "nothing.txt": "" });
  for (const width of [360, 768, 1440]) {
    const { page, end } = await visit(`/library?collection=${collection}`, {
      viewport: { width, height: 740 },
    });
    await page.setInputFiles('input[type="file"]', nothing);
    await tray(page).locator('[data-import="over"]').getByText("1 failed").waitFor();
    await page.getByRole("link", { name: "Ask" }).click();
    const unfold = tray(page).getByRole("button", { name: "Show the imports" });
    await unfold.waitFor();
    const refusal = { code: "forbidden", detail: "Not you.", request_id: "r-1" };
    await page.route("**/stream", (route) => route.fulfill({ status: 403, json: refusal }));
    await page.fill("#question", "What is locked at nine, and what isn't?\n".repeat(5));
    await page.keyboard.press("Enter");
    const said = page.getByRole("alert").filter({ hasText: "Your question wasn’t sent" });
    await said.getByText("Request r-1").waitFor();
    const field = page.locator("#question");
    expect([await overlap(tray(page), said), await overlap(tray(page), field)]).toEqual([false, false]);
    await unfold.click();
    await tray(page).locator("[data-import]").waitFor();
    expect([await overlap(tray(page), said), await overlap(tray(page), field)]).toEqual([false, false]);
    expect((await tray(page).boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await end(/status of 403/);
  }
});

test("what is deleted has to be named, is gone at once, and leaves a receipt of every store", async () => {
  const collection = await newCollection("Doomed");
  const files = onDisk(Object.fromEntries([1, 2, 3, 4].map((n) => [`note ${n}.md`, note(`doomed ${n}`)])));
  for (const file of files) {
    const { id } = await api().upload(collection, file);
    await api().settle(id);
  }
  const { page, end } = await visit(`/library?collection=${collection}`);
  await page.getByRole("button", { name: "What can be done with note 1.md" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  const dialog = page.getByRole("alertdialog");
  const act = dialog.getByRole("button", { name: "Delete the document" });
  expect(await act.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill("note 1.md");
  await act.click();
  const receipt = page.locator('[data-receipt="complete"]');
  await receipt.waitFor();
  const figures = await receipt.getByRole("row").allInnerTexts();
  expect(figures.slice(1).map((line) => line.split(/\s*\t\s*/))).toEqual([
    ["Vectors", "1", "1", "0"],
    ["Files", "1", "1", "0"],
    ["Database rows", expect.stringMatching(/^[1-9]/), expect.stringMatching(/^[1-9]/), "0"],
  ]);
  await page.getByRole("button", { name: "Close", exact: true }).click();
  expect(await page.getByRole("link", { name: "note 1.md" }).count()).toBe(0);

  await page.getByLabel("Select note 2.md").check();
  await page.getByLabel("Select note 4.md").click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  await page.getByLabel("Select note 3.md").uncheck();
  await page.locator("[data-bulk]").getByRole("button", { name: "Delete…" }).click();
  await dialog.getByRole("textbox").fill("2");
  await dialog.getByRole("button", { name: "Delete 2 documents" }).click();
  await page.locator('[data-receipt="complete"]').getByText("2 of 2 receipts complete").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  expect(await page.locator("tbody[data-status]").allInnerTexts()).toEqual([
    expect.stringContaining("note 3.md"),
  ]);

  await page.getByRole("button", { name: "What can be done with Doomed" }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await dialog.getByRole("textbox").fill("doomed");
  await dialog.getByRole("button", { name: "Delete the collection" }).click();
  await page.locator('[data-receipt="complete"]').waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("link", { name: /^Doomed/ }).waitFor({ state: "detached" });
  await end();
});

test("an act on many documents names those that it couldn't be done to, and leaves them selected", async () => {
  const collection = await newCollection("Reread");
  const files = onDisk(Object.fromEntries([1, 2, 3, 4].map((n) => [`note ${n}.md`, note(`reread ${n}`)])));
  const ids: string[] = [];
  for (const file of files) ids.push((await api().upload(collection, file)).id);
  for (const id of ids) await api().settle(id);
  const { page, end } = await visit(`/library?collection=${collection}`);
  const refuse = (code: string) => ({
    status: 409,
    contentType: "application/problem+json",
    json: { type: "about:blank", title: "", status: 409, code, detail: "", request_id: "r" },
  });
  for (const [n, code] of [
    [1, "conflict"],
    [3, "conflict"],
    [2, "forbidden"],
    [0, "internal"],
  ] as const) {
    await page.route(`**/documents/${ids[n]}/*`, (route) => route.fulfill(refuse(code)));
  }
  await page.getByLabel("Select all that are shown").check();
  await page.getByText("4 selected").waitFor();
  const bulk = page.locator("[data-bulk]");
  await bulk.getByRole("button", { name: "Read again" }).click();
  await bulk.getByText("Held up, and tried again by itself: Something went wrong on our side.").waitFor();
  await bulk.getByText("3 of 4").first().waitFor();
  await bulk.getByRole("button", { name: "Stop" }).click();
  await page.getByText("2 documents stayed as they were").waitFor();
  await page.getByText("4 selected").waitFor();
  await page.unroute(`**/documents/${ids[0]}/*`);
  await bulk.getByRole("button", { name: "Read again" }).click();
  await page.getByText("3 selected").waitFor();
  const [changed, broken] = [page.getByRole("alert").nth(0), page.getByRole("alert").nth(1)];
  await changed.getByText("2 documents stayed as they were").waitFor();
  expect((await changed.getByRole("listitem").allInnerTexts()).toSorted()).toEqual([
    "note 2.md",
    "note 4.md",
  ]);
  await broken.getByText("1 document stayed as it was").waitFor();
  expect(await broken.getByRole("listitem").allInnerTexts()).toEqual(["note 3.md"]);
  expect(await page.getByLabel("Select note 1.md").isChecked()).toBe(false);
  await end(/status of 409/);
});

/** A page of a list of many documents, none of which there is. */
function listed(url: URL, total: number) {
  const from = Number(url.searchParams.get("cursor") ?? "0");
  const data = Array.from({ length: Math.min(100, total - from) }, (_, n) => ({
    id: `00000000-0000-4000-8000-${String(from + n).padStart(12, "0")}`,
    collection_id: url.searchParams.get("collection_id"),
    filename: `${url.searchParams.get("sort")} ${from + n}.pdf`,
    media_type: "application/pdf",
    size_bytes: 1_000,
    status: "ready",
    error_code: null,
    error_message: null,
    warnings: [],
    folder: "",
    pages_total: 3,
    pages_done: 3,
    chunks_total: 9,
    chunks_done: 9,
    created_at: "2026-11-24T10:00:00.000Z",
    updated_at: "2026-11-24T10:00:00.000Z",
  }));
  return { data, next_cursor: from + 100 < total ? String(from + 100) : null };
}

test("thousands of documents are scrolled, sorted and narrowed without drawing or loading them all", async () => {
  const { page, end } = await visit("/plan");
  const asked: URL[] = [];
  await page.route("**/api/v1/documents?*", async (route) => {
    const url = new URL(route.request().url());
    asked.push(url);
    await route.fulfill({ json: listed(url, url.searchParams.has("q") ? 0 : 3_000) });
  });
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("link", { name: "created 0.pdf" }).waitFor();
  const rows = page.locator("tbody[data-status]");
  await page.waitForFunction(() => {
    const scroll = document.querySelector("[data-table-scroll]");
    scroll?.scrollTo(0, scroll.scrollHeight);
    const names = [...document.querySelectorAll("tbody[data-status] a")].map((link) => link.textContent);
    return names.some((name) => Number(/\d+/.exec(name ?? "")?.[0]) >= 299);
  });
  expect(await rows.count()).toBeLessThan(80);
  expect(asked.length).toBeLessThan(25);

  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.getByRole("link", { name: "name 0.pdf" }).waitFor();
  await page.getByRole("columnheader", { name: "Name" }).getByRole("button").click();
  await page.waitForURL(/order=desc/);
  await page.getByRole("button", { name: "Failed", exact: true }).click();
  await page.waitForURL(/state=failed/);
  await page.getByLabel("Search by name").fill("lease");
  await page.getByText("No document matches").waitFor();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
    sort: "name",
    order: "desc",
    state: "failed",
    q: "lease",
  });
  expect(Object.fromEntries(asked.at(-1)?.searchParams ?? [])).toMatchObject({
    sort: "name",
    order: "desc",
    status: "failed",
    q: "lease",
  });
  await page.getByRole("button", { name: "Show all documents" }).click();
  await page.getByRole("link", { name: "name 0.pdf" }).waitFor();
  await end();
});

test("what is chosen while a search is on its way adds to it, and who leaves meanwhile isn't called back", async () => {
  const { page, end } = await visit("/plan");
  let answer = () => {};
  let held = Promise.resolve();
  const hold = () => {
    held = new Promise((resolve) => {
      answer = resolve;
    });
  };
  await page.route("**/api/v1/documents?*", async (route) => {
    await held;
    await route.fulfill({ json: listed(new URL(route.request().url()), 300) });
  });
  await page.getByRole("link", { name: "Library" }).click();
  await page.getByRole("link", { name: "created 0.pdf" }).waitFor();
  const search = page.getByLabel("Search by name");
  const asksFor = (q: string) =>
    page.waitForRequest((request) => new URL(request.url()).searchParams.get("q") === q);

  hold();
  await Promise.all([asksFor("lease"), search.fill("lease")]);
  await page.getByRole("button", { name: "Failed", exact: true }).click();
  answer();
  await page.waitForURL((url) => url.search === "?q=lease&state=failed");

  hold();
  await search.fill("rent");
  await page.getByRole("link", { name: "Usage" }).click();
  answer();
  await page.getByRole("meter").first().waitFor();
  expect(new URL(page.url()).pathname).toBe("/plan");
  await end();
});
