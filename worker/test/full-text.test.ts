import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { openDatabase } from "../db/client.ts";
import { createLibrary, createTenant } from "./harness.ts";

const app = () => openDatabase(env.DATABASE_URL, env.NEON_FETCH_ENDPOINT).$client;

test("which chunks hold a word is told of the tenant's own alone, whosever collection is named", async () => {
  const [mine, other] = [await createTenant(), await createTenant()];
  const text = { "note.md": "# Note\n\nThe gardener prunes every hedge in autumn.\n" };
  const [library, foreign] = [await createLibrary(mine, text), await createLibrary(other, text)];
  const collections = `{${library.collectionId},${foreign.collectionId}}`;
  const sql = app();
  const holding = sql`
    select lexeme, document_id from chunks_holding(${collections}, '{garden,hedg,absent,"it''s \\\\ odd"}')
    order by lexeme`;
  const [, found] = await sql.transaction([
    sql`select set_config('app.tenant_id', ${mine.id}, true)`,
    holding,
  ]);
  const document_id = library.documents[0]?.id;
  expect(found).toEqual([
    { lexeme: "garden", document_id },
    { lexeme: "hedg", document_id },
  ]);
  expect(await holding).toEqual([]);
});

test("full text goes by the index of words, and doesn't read the tenant's chunks", async () => {
  const tenant = await createTenant();
  const { collectionId } = await createLibrary(tenant, {
    "note.md": "# Note\n\nThe gardener prunes every hedge in autumn.\n",
  });
  const sql = app();
  const scans = sql`
    select pg_stat_get_xact_numscans('chunks_lexemes'::regclass)::int as words,
      pg_stat_get_xact_numscans('chunks_collection'::regclass)::int as chunks,
      pg_stat_get_xact_numscans('chunks'::regclass)::int as everything`;
  const [, before, , after] = await sql.transaction([
    sql`select set_config('app.tenant_id', ${tenant.id}, true)`,
    scans,
    sql`select * from chunks_holding(${`{${collectionId}}`}, '{garden,hedg}')`,
    scans,
  ]);
  expect(after).toEqual([{ ...before?.[0], words: before?.[0]?.words + 2 }]);
});

test("a word weighs by how rare it is in the collections asked for, not by how often it stands in others", async () => {
  const tenant = await createTenant();
  const notes = (word: string) =>
    Object.fromEntries(
      ["Alpha", "Beta", "Gamma"].map((name) => [
        `${name}.md`,
        `${name} describes the ${word} of the harbour.\n`,
      ]),
    );
  const asked = await createLibrary(tenant, {
    ...notes("crane"),
    "pilot.md": "Delta describes the pilot of the harbour.\n",
  });
  await createLibrary(tenant, notes("pilot"));
  const { data } = await tenant.json<{ data: Array<{ filename: string }> }>("POST", "/search", {
    query: "crane pilot",
    collection_ids: [asked.collectionId],
  });
  expect(data[0]?.filename).toBe("pilot.md");
});
