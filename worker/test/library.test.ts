import { expect, test } from "vitest";
import {
  createLibrary,
  createTenant,
  type DocumentJson,
  ingest,
  type Json,
  type TestTenant,
} from "./harness.ts";

type Listed = { data: Array<DocumentJson & { filename: string }>; next_cursor: string | null };

/** The names of a whole list, page by page. */
async function namesOf(tenant: TestTenant, query: string, limit: number): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = null;
  do {
    const next: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Listed = await tenant.json<Listed>("GET", `/documents?${query}&limit=${limit}${next}`);
    names.push(...page.data.map(({ filename }) => filename));
    cursor = page.next_cursor;
  } while (cursor !== null);
  return names;
}

const paragraphs = (count: number) =>
  Array.from({ length: count }, (_, n) => `# Part ${n + 1}\n\nParagraph ${n + 1} of this note.`).join("\n\n");

test("documents are listed in the order asked for, whole and without repeats whatever the pages' size", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, {
    "Zebra.md": "# One\n\nShort.",
    "écart.md": paragraphs(2),
    "Éclair: 100 %.md": paragraphs(7),
    "alpha.txt": "Just a line of text, longer than the short one.",
    "damaged.pdf": "%PDF-1.7\nno more than its first line",
  });
  const wanted: Record<string, string[]> = {
    "sort=name&order=asc": ["alpha.txt", "damaged.pdf", "écart.md", "Éclair: 100 %.md", "Zebra.md"],
    "sort=name": ["Zebra.md", "Éclair: 100 %.md", "écart.md", "damaged.pdf", "alpha.txt"],
    "sort=created&order=asc": ["Zebra.md", "écart.md", "Éclair: 100 %.md", "alpha.txt", "damaged.pdf"],
    "sort=updated": ["damaged.pdf", "alpha.txt", "Éclair: 100 %.md", "écart.md", "Zebra.md"],
    "sort=size&order=asc": ["Zebra.md", "damaged.pdf", "alpha.txt", "écart.md", "Éclair: 100 %.md"],
  };
  for (const [order, names] of Object.entries(wanted)) {
    for (const limit of [1, 2, 100]) {
      const query = `collection_id=${collectionId}&${order}`;
      expect([order, limit, await namesOf(tenant, query, limit)]).toEqual([order, limit, names]);
    }
  }
  const [first] = await namesOf(tenant, "sort=state&order=asc", 2);
  expect(first).toBe("damaged.pdf");
  expect((await namesOf(tenant, "sort=pages", 1)).at(-1)).toBe("damaged.pdf");
  expect(new Set(await namesOf(tenant, "sort=type", 2)).size).toBe(5);
  expect(await namesOf(tenant, "status=underway", 2)).toEqual([]);
  expect(await namesOf(tenant, "status=failed&sort=size", 2)).toEqual(["damaged.pdf"]);
});

test("a cursor of one order is refused in another that can't read it", async () => {
  const tenant = await createTenant();
  await createLibrary(tenant, { "b.md": "# B\n\nOne.", "a.md": "# A\n\nTwo." });
  const { next_cursor } = await tenant.json<Listed>("GET", "/documents?sort=name&limit=1");
  const refused = await tenant.request("GET", `/documents?sort=size&cursor=${next_cursor}`);
  expect([refused.status, (await refused.json()) as Json]).toMatchObject([422, { code: "invalid_request" }]);
});

/** Each too long to share a chunk with the next. */
const longParts = (count: number) =>
  Array.from(
    { length: count },
    (_, n) => `# Part ${n + 1}\n\n${`Paragraph ${n + 1} of this note. `.repeat(40)}`,
  ).join("\n\n");

type Chunks = {
  version: number;
  next_after: number | null;
  data: Array<{
    ordinal: number;
    heading_path: string[];
    segments: Array<Record<"page" | "start" | "end", number>>;
  }>;
};

test("a document's chunks are spans of its pages, slice by slice or for one page", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, {});
  const { id } = await ingest(tenant, collectionId, "parts.md", longParts(3));
  const all = await tenant.json<Chunks>("GET", `/documents/${id}/chunks`);
  expect(all).toMatchObject({ version: 1, next_after: null });
  const page = await tenant.json<{ text: string }>("GET", `/documents/${id}/pages/2`);
  const ofPage = await tenant.json<Chunks>("GET", `/documents/${id}/chunks?page=2`);
  const segments = ofPage.data.flatMap((chunk) => chunk.segments.filter((segment) => segment.page === 2));
  expect(segments.map(({ start, end }) => page.text.slice(start, end)).join("\n")).toContain(
    "Paragraph 2 of this note.",
  );
  expect(ofPage.data.length).toBeLessThan(all.data.length);
  const first = await tenant.json<Chunks>("GET", `/documents/${id}/chunks?limit=1`);
  const rest = await tenant.json<Chunks>("GET", `/documents/${id}/chunks?after=${first.next_after}`);
  expect([...first.data, ...rest.data]).toEqual(all.data);
  expect((await tenant.json<Chunks>("GET", `/documents/${id}/chunks?version=9`)).data).toEqual([]);
});

test("a report tells how each page begins", async () => {
  const tenant = await createTenant();
  const { documents } = await createLibrary(tenant, { "parts.md": paragraphs(2) });
  const report = await tenant.json<{ data: Array<{ head: string }> }>(
    "GET",
    `/documents/${documents[0]?.id}/report`,
  );
  expect(report.data.map(({ head }) => head.includes("Part"))).toEqual([true, true]);
});
