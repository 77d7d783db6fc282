import { gzipSync, strToU8, zlibSync } from "fflate";
import { expect, test, vi } from "vitest";
import { buildDeflatedPdf, buildPdf } from "../../../dev/fixtures/build-pdf.ts";
import { readPages } from "../../../dev/fixtures/read-pages.ts";
import { bytesSource } from "./bytes-source.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async (name) => Promise.reject(new Error(`asked for ${name}`)) });

test("content whose checksum is wrong is read all the same", async () => {
  const bytes = buildDeflatedPdf(["BT /F1 12 Tf 20 200 Td (lisible) Tj ET ", " "], 9);
  const end = new TextDecoder("latin1").decode(bytes).indexOf("\nendstream");
  bytes[end - 1] = (bytes[end - 1] ?? 0) ^ 1;
  expect((await readPages(parser, bytes, "a.pdf")).pages[0]?.text).toBe("lisible");
});

test("what others inflate while PDFs are open comes out as ever, and nothing stays behind", async () => {
  const source = bytesSource(await buildPdf({ pages: [[{ text: "word", x: 50, y: 700 }]] }));
  const documents = await Promise.all([1, 2].map(() => parser.open({ source, filename: "a.pdf" })));
  await documents[0]?.close();
  expect(await inflate("gzip", gzipSync(strToU8("a sitemap")))).toBe("a sitemap");
  await Promise.all(documents.map((document) => document.close()));
  // Another file's document may be open in this isolate for a moment still.
  await vi.waitFor(async () =>
    expect(await inflate("deflate", zlibSync(strToU8("anything")))).toBe("anything"),
  );
});

async function inflate(format: "gzip" | "deflate", packed: Uint8Array<ArrayBuffer>): Promise<string> {
  const inflater = new DecompressionStream(format) as ReadableWritablePair<Uint8Array, Uint8Array>;
  return new Response(new Blob([packed]).stream().pipeThrough(inflater)).text();
}
