import { gzipSync, strToU8 } from "fflate";
import { expect, inject, test } from "vitest";
import { asOwner, createTenant } from "./harness.ts";
import { entriesOf, newCollection, outcomesOf, runImport, untilFinal } from "./import-harness.ts";

declare module "vitest" {
  interface ProvidedContext {
    sites: { home: string; away: string };
  }
}

const { home, away } = inject("sites");

type Seen = { path: string; headers: Record<string, string>; at: number };

/** A place of its own for one test on a site. */
function placeOn(site: string) {
  const root = `/${crypto.randomUUID()}`;
  return {
    url: (path: string) => `${site}${root}${path}`,
    async put(path: string, content: string | Uint8Array, type = "text/html; charset=utf-8") {
      const response = await fetch(`${site}${root}${path}`, {
        method: "PUT",
        headers: { "Content-Type": type },
        body: content,
      });
      expect(response.status).toBe(204);
      return `${site}${root}${path}`;
    },
    async seen(): Promise<Seen[]> {
      return (await fetch(`${site}/seen?under=${root}`)).json();
    },
    /** The last part of each path that was asked for, in order. */
    async asked(): Promise<string[]> {
      return (await this.seen()).map(({ path }) => path.slice(root.length));
    },
  };
}

const page = (title: string, text: string) =>
  `<!doctype html><html><head><title>${title}</title></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`;

const sitemap = (...addresses: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${addresses
    .map((address) => `<url><loc>${address.replaceAll("&", "&amp;")}</loc></url>`)
    .join("")}</urlset>`;

test("addresses are documents named by their pages; each refusal is its own entry's", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  const urls = [
    await site.put("/menu", page("Menu d&eacute;jeuner &amp; d&icirc;ner", "The soup is made of leeks.")),
    await site.put("/notes.txt", "The gate closes at nine.", "text/plain"),
    `${home}/redirect?to=${encodeURIComponent(await site.put("/moved", page("Moved", "This has moved here.")))}`,
    `${home}/redirect?to=${encodeURIComponent("http://169.254.169.254/latest/meta-data/")}`,
    `${home}/redirect?to=${encodeURIComponent("http://[::ffff:127.0.0.1]/")}`,
    `${home}/redirect?to=${encodeURIComponent("http://inside.example/")}`,
    "http://half-inside.example/",
    "http://nowhere.example/",
    "http://10.0.0.1/",
    "http://user:pass@example.com/",
    "ftp://example.com/",
    "not an address",
    `${home}/status?code=404`,
    await site.put("/data.json", "{}", "application/json"),
    await site.put("/photo", crypto.getRandomValues(new Uint8Array(5_000)), "application/octet-stream"),
    `${site.url("/menu")}#part`,
    site.url("/menu"),
  ];
  const imported = await runImport(tenant, { collection_id: collectionId, urls });
  expect(imported).toMatchObject({ kind: "urls", state: "done" });
  const outcomes = await entriesOf(tenant, imported.id);
  expect(outcomes.map(({ state, error_code }) => [state, error_code].filter(Boolean).join(" "))).toEqual([
    "ready",
    "ready",
    "ready",
    "failed address_refused",
    "failed address_refused",
    "failed address_refused",
    "failed address_refused",
    "failed name_not_found",
    "failed address_refused",
    "failed address_refused",
    "failed address_refused",
    "failed address_invalid",
    "failed http_refused",
    "skipped unsupported",
    "skipped unsupported",
    "duplicate",
    "skipped repeated",
  ]);
  const documents = await Promise.all(
    outcomes.slice(0, 3).map(({ document_id }) => tenant.json("GET", `/documents/${document_id}`)),
  );
  expect(documents).toMatchObject([
    { filename: "Menu déjeuner & dîner.html", source_url: site.url("/menu"), media_type: "text/html" },
    { filename: "notes.txt", source_url: site.url("/notes.txt") },
    { filename: "Moved.html", source_url: site.url("/moved") },
  ]);
  for (const { headers } of await site.seen()) {
    expect(headers["user-agent"]).toMatch(/^Ancre\//);
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("authorization");
  }
});

test("an address whose server is down for a moment is tried again; one that never ends is cut off", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  const flaky = (await site.put("/once", "Back in a moment.", "text/plain")).replace(home, `${home}/flaky`);
  const urls = [flaky, `${home}/endless`, await site.put("/fine", "All is well.", "text/plain")];
  const imported = await runImport(tenant, { collection_id: collectionId, urls });
  const outcomes = await entriesOf(tenant, imported.id);
  expect(outcomes.map(({ state, error_code }) => error_code ?? state)).toEqual([
    "ready",
    "too_large",
    "ready",
  ]);
});

test("a site's import takes what its sitemaps list, robots.txt allows and its own origin holds", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  const other = placeOn(away);
  const names = ["one", "two", "three"];
  for (const name of names) await site.put(`/${name}`, page(`Page ${name}`, `This is page ${name}.`));
  await site.put("/private/secret", page("Secret", "Not for robots."));
  await site.put("/q?a=1&b=2", page("Query", "A page with a query."));
  await other.put("/elsewhere", page("Elsewhere", "On another site."));
  const packed = gzipSync(strToU8(sitemap(site.url("/three"), site.url("/one"), site.url("/q?a=1&b=2"))));
  await site.put(
    "/a.xml",
    sitemap(site.url("/one#top"), site.url("/two"), site.url("/private/secret"), other.url("/elsewhere")),
  );
  await site.put("/b.xml.gz", packed, "application/gzip");
  await site.put("/broken.xml", "no list of anything", "text/xml");
  const index = ["/a.xml", "/broken.xml", "/b.xml.gz"].map(
    (path) => `<sitemap><loc>${site.url(path)}</loc></sitemap>`,
  );
  await site.put("/index.xml", `<sitemapindex>${index.join("")}</sitemapindex>`, "application/xml");
  const imported = await runImport(tenant, { collection_id: collectionId, sitemap: site.url("/index.xml") });
  expect(imported).toMatchObject({ kind: "sitemap", source: site.url("/index.xml"), state: "done" });
  expect(await outcomesOf(tenant, imported.id)).toEqual({
    [site.url("/one")]: "ready",
    [site.url("/two")]: "ready",
    [site.url("/private/secret")]: "skipped robots_disallowed",
    [other.url("/elsewhere")]: "skipped off_site",
    [site.url("/broken.xml")]: "failed sitemap_unreadable",
    [site.url("/three")]: "ready",
    [site.url("/q?a=1&b=2")]: "ready",
  });
  expect(await site.asked()).not.toContain("/private/secret");
  expect(await other.asked()).toEqual([]);
});

test("other sites are taken when that is asked for, at the pace that their robots.txt asks for", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  const other = placeOn(away);
  await other.put("/x", page("X", "Page x of another site."));
  await other.put("/y", page("Y", "Page y of another site."));
  await site.put("/sitemap.xml", sitemap(other.url("/x"), other.url("/y")), "application/xml");
  const imported = await runImport(tenant, {
    collection_id: collectionId,
    sitemap: site.url("/sitemap.xml"),
    other_origins: true,
  });
  expect(imported).toMatchObject({ state: "done", counts: { ready: 2 } });
  const [x, y] = await other.seen();
  expect((y?.at ?? 0) - (x?.at ?? 0)).toBeGreaterThanOrEqual(1_000);
});

test("no more pages are taken than were asked for, and a page that leads off the site is not followed", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  const there = await placeOn(away).put("/there", page("There", "Elsewhere."));
  const leading = `${home}/redirect?to=${encodeURIComponent(there)}`;
  const many = Array.from({ length: 50 }, (_, n) => site.url(`/${n}`));
  await site.put("/sitemap.xml", sitemap(leading, ...many), "application/xml");
  const imported = await runImport(tenant, {
    collection_id: collectionId,
    sitemap: site.url("/sitemap.xml"),
    max_pages: 3,
  });
  expect(await outcomesOf(tenant, imported.id)).toEqual({
    [leading]: "skipped off_site",
    [site.url("/0")]: "failed http_refused",
    [site.url("/1")]: "failed http_refused",
  });
});

test("a sitemap that can't be had ends the import with the reason", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  const doctype =
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>';
  for (const [address, reason] of [
    [await site.put("/page.xml", page("No sitemap", "This is a page.")), "sitemap_unreadable"],
    [await site.put("/entities.xml", doctype, "text/xml"), "sitemap_unreadable"],
    [await site.put("/empty.xml", sitemap(), "text/xml"), "sitemap_empty"],
    [await site.put("/bomb.xml.gz", gzipSync(new Uint8Array(30_000_000)), "application/gzip"), "too_large"],
    [site.url("/missing.xml"), "http_refused"],
    [site.url("/private/sitemap.xml"), "robots_disallowed"],
    ["http://10.0.0.1/sitemap.xml", "address_refused"],
  ]) {
    const imported = await runImport(tenant, { collection_id: collectionId, sitemap: address });
    expect({ address, ...imported }).toMatchObject({ address, state: "failed", error_code: reason });
    expect(imported.error_message).toMatch(/\.$/);
  }
});

test("an import that failed of a silent site is tried again on demand", async () => {
  const tenant = await createTenant();
  const collectionId = await newCollection(tenant);
  const site = placeOn(home);
  await site.put("/a", page("A", "The only page."));
  const address = await site.put("/sitemap.xml", sitemap(site.url("/a")), "application/xml");
  const imported = await runImport(tenant, { collection_id: collectionId, sitemap: site.url("/none.xml") });
  await asOwner()`update imports set error_code = 'unreachable', source = ${address},
    options = options || jsonb_build_object('sitemaps', jsonb_build_array(${address}::text)) where id = ${imported.id}`;
  await tenant.json("POST", `/imports/${imported.id}/retry`);
  expect(await untilFinal(tenant, imported.id)).toMatchObject({ state: "done", counts: { ready: 1 } });
});
