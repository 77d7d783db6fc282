import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type ApiClient, ApiError, createApiClient } from "../../dev/client/api.ts";
import type { DocumentJson } from "../../dev/client/shapes.ts";
import { startStack } from "../../dev/stack.ts";
import { say, warn } from "../../dev/terminal.ts";
import { formatReport, type Measured } from "./report.ts";
import { type Expectation, judge, type ReadPage } from "./score.ts";

type Entry = {
  file: string;
  format: string;
  pages: number | null;
  expect: Expectation[];
  absent?: string[];
  expect_error: string | null;
  may_succeed?: boolean;
  bench?: boolean;
};

/**
 * `npm run eval:parse -- DATA`: uploads every file of DATA/documents.jsonl to a fresh local Ancre, as a customer
 * would, and compares what it reads with what is expected. Exits with 1 below the bars.
 */
async function main(data: string | undefined): Promise<number> {
  if (!data) {
    warn("Usage: npm run eval:parse -- DATA (a folder with documents.jsonl)");
    return 1;
  }
  const lines = (await readFile(join(data, "documents.jsonl"), "utf8")).split("\n").filter(Boolean);
  const entries = lines
    .map((line) => JSON.parse(line) as Entry)
    .filter((entry) => entry.file.startsWith("docs/"));
  const stack = await startStack({ dataDir: null, ports: "free", web: false });
  try {
    const api = createApiClient({ url: stack.apiUrl });
    const { id } = await api.json<{ id: string }>("POST", "/collections", { name: "eval:parse" });
    const measured: Measured[] = [];
    for (const entry of entries) {
      measured.push(await measure(api, id, data, entry));
      say(`${measured.length}/${entries.length} ${entry.file}`);
    }
    const { text, passed } = formatReport(measured);
    say(text);
    return passed ? 0 : 1;
  } finally {
    await stack.close();
  }
}

async function measure(api: ApiClient, collectionId: string, data: string, entry: Entry): Promise<Measured> {
  const startedAt = performance.now();
  const document = await readDocument(api, collectionId, join(data, entry.file));
  const seconds = (performance.now() - startedAt) / 1000;
  const pages = document.status === "ready" ? await readPages(api, document) : [];
  const searchable = document.status === "failed" ? await foundBySearch(api, collectionId, document) : false;
  return {
    file: basename(entry.file),
    format: entry.format,
    hostile: entry.file.startsWith("docs/bad/"),
    seconds,
    status: document.status,
    errorCode: document.error_code,
    expectedError: entry.expect_error,
    maySucceed: entry.may_succeed ?? false,
    searchable,
    expectedPages: entry.pages,
    pages: document.pages_total,
    verdicts: entry.expect.map((expected) => judge(expected, pages)),
    present: (entry.absent ?? []).filter((text) => pages.some((page) => page.text.includes(text))),
  };
}

type Read = Pick<DocumentJson, "id" | "filename" | "status" | "error_code" | "pages_total">;

async function readDocument(api: ApiClient, collectionId: string, file: string): Promise<Read> {
  try {
    const { id } = await api.upload(collectionId, file);
    return await api.settle(id);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const filename = basename(file);
    return { id: "", filename, status: "failed", error_code: `http ${error.status}`, pages_total: null };
  }
}

async function readPages(api: ApiClient, document: Read): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let number = 1; number <= (document.pages_total ?? 0); number++) {
    pages.push(await api.page(document.id, number));
  }
  return pages;
}

async function foundBySearch(api: ApiClient, collectionId: string, document: Read): Promise<boolean> {
  const { data } = await api.json<{ data: Array<{ document_id: string }> }>("POST", "/search", {
    query: document.filename,
    collection_ids: [collectionId],
    top_k: 50,
  });
  return data.some((hit) => hit.document_id === document.id);
}

process.exitCode = await main(process.argv[2]);
