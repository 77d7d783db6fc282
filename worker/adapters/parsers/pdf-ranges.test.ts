import { strFromU8, strToU8 } from "fflate";
import { expect, test, vi } from "vitest";
import { bookText, buildBookPdf } from "../../../dev/fixtures/build-book-pdf.ts";
import { buildDeflatedPdf, buildPdf } from "../../../dev/fixtures/build-pdf.ts";
import { failureReason } from "../../../dev/fixtures/read-pages.ts";
import type { FileSource } from "../../ports/document-parser.ts";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { bytesSource } from "./bytes-source.ts";
import { createDocumentParser } from "./document-parser.ts";

const parser = createDocumentParser({ cmap: async (name) => Promise.reject(new Error(`asked for ${name}`)) });
const MIB = 2 ** 20;

/** A source that keeps count of what is read. */
function counted(bytes: Uint8Array): FileSource & { reads: number; bytes: number; longest: number } {
  const inner = bytesSource(bytes);
  return {
    size: inner.size,
    reads: 0,
    bytes: 0,
    longest: 0,
    async read(start, end) {
      this.reads += 1;
      this.bytes += end - start;
      this.longest = Math.max(this.longest, end - start);
      return inner.read(start, end);
    },
  };
}

async function readFrom(source: FileSource, from: number, count: number): Promise<string[]> {
  const document = await parser.open({ source, filename: "a.pdf" });
  const texts: string[] = [];
  try {
    for await (const page of document.pages(from)) if (texts.push(page.text) === count) break;
  } finally {
    await document.close();
  }
  return texts;
}

const texts = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => bookText(from + index));

test("some pages of a long PDF cost a small part of it, wherever they are", async () => {
  const file = buildBookPdf({ pages: 400, pictureBytes: 30_000, fanout: 20 });
  for (const from of [1, 201, 391]) {
    const source = counted(file);
    expect(await readFrom(source, from, 10)).toEqual(texts(from, 10));
    expect(source.bytes).toBeLessThan(file.length / 4);
    expect(source.reads).toBeLessThan(20);
  }
});

test("of a small PDF its head is read, then all of it at once", async () => {
  const source = counted(buildBookPdf({ pages: 40, pictureBytes: 30_000, fanout: 10 }));
  expect(await readFrom(source, 1, 40)).toEqual(texts(1, 40));
  expect(source.reads).toBe(2);
});

test("what PDF.js set aside for a file's length is given back when the file is closed", async () => {
  const file = buildBookPdf({ pages: 4, pictureBytes: 1_100_000, fanout: 20 });
  const given: { length: number; start: string; left: number }[] = [];
  const transfer = ArrayBuffer.prototype.transfer;
  const spy = vi.spyOn(ArrayBuffer.prototype, "transfer").mockImplementation(function (
    this: ArrayBuffer,
    length,
  ) {
    const before = { length: this.byteLength, start: strFromU8(new Uint8Array(this, 0, 5)) };
    const moved = transfer.call(this, length);
    given.push({ ...before, left: this.byteLength + moved.byteLength });
    return moved;
  });
  const clone = vi.spyOn(globalThis, "structuredClone");
  try {
    expect(await readFrom(counted(file), 1, 4)).toEqual(texts(1, 4));
    const copied = clone.mock.calls.filter(([message]) =>
      Object.values((message as { data?: object }).data ?? {}).some((value) => value instanceof ArrayBuffer),
    );
    expect(copied).toEqual([]);
  } finally {
    spy.mockRestore();
    clone.mockRestore();
  }
  expect(given).toEqual([{ length: file.length, start: "%PDF-", left: 0 }]);
});

test("a PDF whose pages all hang from the root is read in few parts, none of them large", async () => {
  const file = buildBookPdf({ pages: 300, pictureBytes: 30_000 });
  const source = counted(file);
  expect(await readFrom(source, 295, 6)).toEqual(texts(295, 6));
  expect(source.reads).toBeLessThan(30);
  expect(source.longest).toBeLessThan(2 * MIB);
});

test("a PDF that lost its table of objects is repaired from parts of it", {
  timeout: atThisSpeed(20_000),
}, async () => {
  const file = buildBookPdf({ pages: 200, pictureBytes: 100_000, fanout: 20, tableless: true });
  const source = counted(file);
  expect(await readFrom(source, 199, 2)).toEqual(texts(199, 2));
  expect(source.bytes).toBeLessThan(1.5 * file.length);
  expect(source.longest).toBeLessThan(2 * MIB);
});

test("a PDF over 50 MiB is refused before it is opened", async () => {
  const head = new TextEncoder().encode("%PDF-1.7\n");
  const source: FileSource = {
    size: 50 * MIB + 1,
    async read(start, end) {
      expect(end).toBeLessThanOrEqual(65_536);
      const bytes = new Uint8Array(end - start);
      bytes.set(head);
      return bytes;
    },
  };
  expect(await failureReason(parser.open({ source, filename: "a.pdf" }))).toBe("too_large");
});

test("what the source fails with is not taken for a broken file", async () => {
  const file = buildBookPdf({ pages: 40, pictureBytes: 110_000, fanout: 10 });
  const inner = bytesSource(file);
  const away = new Error("the store is away");
  for (const left of [0, 1, 2, 4]) {
    let reads = left;
    const source: FileSource = {
      size: inner.size,
      async read(start, end) {
        reads -= 1;
        if (reads < 0) throw away;
        return inner.read(start, end);
      },
    };
    await expect(readFrom(source, 1, 40)).rejects.toBe(away);
  }
});

test("a stream that inflates without end is found behind whatever stands before it", {
  timeout: atThisSpeed(20_000),
}, async () => {
  const bomb = buildDeflatedPdf(["BT ", " ".repeat(1_000_000)], 60);
  const asText = strFromU8(bomb, true);
  const changed = (text: string) => strToU8(text, true);
  const reason = (bytes: Uint8Array) => failureReason(readFrom(counted(bytes), 1, 1));
  expect(await reason(changed(asText.replace(">>\nstream\n", ">>\n% stream\nstream\n")))).toBe("too_large");
  expect(await reason(changed(asText.replace(">>\nstream\n", ">>\nstream  and more\n")))).toBe("too_large");
  expect(await reason(changed(asText.replace(">>\nstream\n", ">> /Image\nstream\n")))).toBe("too_large");
  // So long that it is read by range.
  expect(await reason(changed(asText.replace("\n", `\n%${"x".repeat(5 * MIB)}\n`)))).toBe("too_large");
});

test("only a page whose image stands alone is called scanned", async () => {
  const word = [{ text: "word", x: 50, y: 700 }];
  const document = await parser.open({
    source: bytesSource(await buildPdf({ pages: [word, []], pictures: [1, 2, 3] })),
    filename: "a.pdf",
  });
  const found = [];
  for await (const { report } of document.pages(1)) found.push([report.characters, report.scanned]);
  await document.close();
  expect(found).toEqual([
    [4, false],
    [0, true],
    [0, true],
  ]);
  expect(document.warnings()).toMatchObject([{ code: "page_without_text", pages: [2, 3] }]);
});
