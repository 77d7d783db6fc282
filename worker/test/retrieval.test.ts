import { expect, test } from "vitest";
import type { SearchHit } from "../services/retrieval/search.ts";
import { asOwner, createLibrary, createTenant, type TestTenant } from "./harness.ts";

function find(tenant: TestTenant, query: string, more: Record<string, unknown> = {}) {
  return tenant.json<{ data: SearchHit[] }>("POST", "/search", { query, ...more }).then(({ data }) => data);
}

test.each([
  ["absence", "elided after l’"],
  ["opposition", "elided after d'"],
  ["accordee", "written without its accents"],
  ["ACCORDÉES", "inflected, in capitals"],
  ["cœur", "with its ligature"],
  ["coeur", "without its ligature"],
])("French full text finds %s, %s", async (word) => {
  const tenant = await createTenant();
  await createLibrary(tenant, {
    "aide.md": "L’aide est accordée qu’en l’absence d'opposition ; c’est le cœur du dispositif.\n",
  });
  expect((await find(tenant, word))[0]?.lexical_score).toBeGreaterThan(0);
});

test.each([
  ["meeting", "The committee meets on Mondays."],
  ["companies", "Each company keeps a register."],
])("English full text finds %s in %s", async (word, text) => {
  const tenant = await createTenant();
  await createLibrary(tenant, { "text.md": `${text} It is what the rules of the house say to everybody.\n` });
  expect((await find(tenant, word))[0]?.lexical_score).toBeGreaterThan(0);
});

test("a text in another language is found by its own words", async () => {
  const tenant = await createTenant();
  await createLibrary(tenant, {
    "hausordnung.txt":
      "Die Waschküche darf sonntags nicht benutzt werden. Fahrräder gehören in den Keller.\n",
  });
  expect((await find(tenant, "Waschküche"))[0]?.lexical_score).toBeGreaterThan(0);
});

test("a second copy of a file doesn't take another passage's place", async () => {
  const tenant = await createTenant();
  const notice = "# Notice\n\nThe notice period is three months for managers, and one month for others.\n";
  await createLibrary(tenant, {
    "contract.md": notice,
    "copy.md": notice,
    "older.md": notice.replace("three", "3").replace("one", "2"),
  });
  const hits = await find(tenant, "What is the notice period for managers?", { top_k: 2 });
  const files = hits.map(({ filename }) => filename);
  expect(files).toHaveLength(2);
  expect(files).toContain("older.md");
});

test("neighbouring chunks come as one passage, scored by each leg, where the page says", async () => {
  const tenant = await createTenant();
  const paragraph = (topic: string) =>
    `The ${topic} of the lighthouse ${"is kept with care by its crew ".repeat(24)}.`;
  const { documents } = await createLibrary(tenant, {
    "lighthouse.txt": [paragraph("lamp"), paragraph("stair"), paragraph("boat")].join("\n"),
  });
  const [hit, ...others] = await find(tenant, "lighthouse lamp, stair and boat");
  expect(others).toEqual([]);
  expect(hit).toMatchObject({ document_id: documents[0]?.id, score: expect.any(Number) });
  expect(hit?.lexical_score).toBeGreaterThan(0);
  expect(hit?.dense_score).toBeGreaterThan(0);
  const { text } = await tenant.json<{ text: string }>("GET", `/documents/${hit?.document_id}/pages/1`);
  expect(text.slice(hit?.char_start, hit?.char_end)).toBe(hit?.text);
});

test("a citation is followed to the version it cites, whatever came after", async () => {
  const tenant = await createTenant();
  const { assistantId, documents } = await createLibrary(tenant, {
    "bail.md": "Le préavis du locataire est de trois mois.\n",
  });
  const id = documents[0]?.id;
  const { citations } = await tenant.json<{
    citations: Array<{ version: number; page: number; char_start: number; char_end: number; quote: string }>;
  }>("POST", `/chat/${assistantId}`, { message: "Quel est le préavis du locataire ?" });
  const sql = asOwner();
  await sql`insert into document_pages (tenant_id, document_id, version, number, kind, text)
    values (${tenant.id}, ${id}, 2, 1, 'section', 'Le préavis du bailleur est de six mois.')`;
  await sql`update documents set version = 2, published_version = 2 where id = ${id}`;
  const [citation] = citations;
  const page = (version: string) =>
    tenant.json<{ text: string }>("GET", `/documents/${id}/pages/${citation?.page}${version}`);
  const cited = await page(`?version=${citation?.version}`);
  expect(cited.text.slice(citation?.char_start, citation?.char_end)).toBe(citation?.quote);
  expect((await page("")).text).toContain("bailleur");
});
