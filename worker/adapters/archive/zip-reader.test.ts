import { strToU8, type Zippable, zipSync } from "fflate";
import { expect, test } from "vitest";
import type { ArchivedFile, ByteSource } from "../../ports/archive.ts";
import { zipReader } from "./zip-reader.ts";

/** An archive as R2 would give it out, and how many bytes were asked for. */
function sourceOf(bytes: Uint8Array): ByteSource & { asked: number } {
  const source = {
    size: bytes.length,
    asked: 0,
    async read(offset: number, length: number) {
      source.asked += length;
      return new Blob([bytes.slice(offset, offset + length)]).stream();
    },
  };
  return source;
}

async function list(bytes: Uint8Array): Promise<ArchivedFile[]> {
  return zipReader.list(sourceOf(bytes));
}

async function contents(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  const source = sourceOf(bytes);
  const file = (await zipReader.list(source)).find((found) => found.path === path);
  if (!file) throw new Error(`no ${path}`);
  const { body } = await zipReader.open(source, file);
  return new Uint8Array(await new Response(body).arrayBuffer());
}

async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => "no failure",
    (error: { reason?: string }) => error.reason ?? error,
  );
}

/** Overwrites 32 bits of the n-th directory entry; 20: packed size, 24: size, 42: offset, 16: checksum. */
function claim(archive: Uint8Array, nth: number, field: number, value: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  let at = view.getUint32(archive.length - 6, true);
  for (let index = 0; index < nth; index++) {
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  view.setUint32(at + field, value, true);
  return archive;
}

/** Sets a flag or method, 16 bits of the n-th entry. */
function mark(archive: Uint8Array, field: number, value: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  view.setUint16(view.getUint32(archive.length - 6, true) + field, value, true);
  return archive;
}

const NOISE = crypto.getRandomValues(new Uint8Array(65_536));
const noise = (bytes: number) => Uint8Array.from({ length: bytes }, (_, at) => NOISE[at % 65_521] ?? 0);

test("files come back as they went in, deflated or stored, from the ranges they lie in alone", async () => {
  const files: Zippable = {
    "a/b.txt": strToU8("bonjour ".repeat(10_000)),
    "stored.bin": [noise(300_000), { level: 0 }],
    "empty.txt": new Uint8Array(),
    "folder/": new Uint8Array(),
  };
  const archive = zipSync(files);
  const source = sourceOf(archive);
  const listed = await zipReader.list(source);
  expect(listed.map(({ path, size_bytes }) => [path, size_bytes])).toEqual([
    ["a/b.txt", 80_000],
    ["stored.bin", 300_000],
    ["empty.txt", 0],
  ]);
  expect(source.asked).toBeLessThan(150_000);
  expect(await contents(archive, "a/b.txt")).toEqual(strToU8("bonjour ".repeat(10_000)));
  expect(await contents(archive, "stored.bin")).toEqual(noise(300_000));
  expect(await contents(archive, "empty.txt")).toEqual(new Uint8Array());
  const [first] = listed;
  source.asked = 0;
  if (first) await new Response((await zipReader.open(source, first)).body).arrayBuffer();
  expect(source.asked).toBeLessThan(2_000);
});

test("what a file begins with is known before the rest of it is inflated", async () => {
  const source = sourceOf(zipSync({ "a.txt": strToU8("word ".repeat(2_000_000)) }));
  const [file] = await zipReader.list(source);
  if (!file) throw new Error("no file");
  const { head, body } = await zipReader.open(source, file);
  expect(head.byteLength).toBeGreaterThanOrEqual(4_096);
  expect(head.byteLength).toBeLessThan(5_000_000);
  await body.cancel();
});

test("names in UTF-8 are read with and without the flag that says so", async () => {
  const archive = zipSync({ "été/ça.md": strToU8("x") });
  expect((await list(archive)).map(({ path }) => path)).toEqual(["été/ça.md"]);
  expect((await list(mark(archive, 8, 0))).map(({ path }) => path)).toEqual(["été/ça.md"]);
});

test("an archive behind other bytes, as one that unpacks itself, is read", async () => {
  const archive = zipSync({ "a.txt": strToU8("bonjour") });
  const whole = new Uint8Array(5_000 + archive.length);
  whole.set(archive, 5_000);
  expect(await contents(whole, "a.txt")).toEqual(strToU8("bonjour"));
});

test("a bomb is refused by what it claims, before anything is inflated", async () => {
  expect(await reasonOf(list(zipSync({ "a.txt": new Uint8Array(20_000_000) })))).toBe("archive_hostile");
  const archive = zipSync({ a: noise(60_000), b: noise(60_000), c: noise(60_000) });
  for (const nth of [0, 1, 2]) claim(archive, nth, 24, 0xfffffff0);
  expect(await reasonOf(list(archive))).toBe("archive_hostile");
});

test("a file that inflates beyond its claim is cut off there", async () => {
  const archive = claim(zipSync({ "a.txt": new Uint8Array(50_000_000) }), 0, 24, 1_000);
  const source = sourceOf(archive);
  const [file] = await zipReader.list(source);
  if (!file) throw new Error("no file");
  expect(await reasonOf(zipReader.open(source, file))).toBe("corrupt");
});

test("files that lie over each other are refused, and so are files outside", async () => {
  const twice = claim(zipSync({ a: noise(5_000), b: noise(5_000) }), 1, 42, 0);
  expect(await reasonOf(list(twice))).toBe("archive_hostile");
  const nested = claim(zipSync({ a: noise(5_000), b: noise(5_000) }), 0, 20, 9_000);
  expect(await reasonOf(list(nested))).toBe("archive_hostile");
  const outside = claim(zipSync({ a: noise(5_000) }), 0, 42, 5_000_000);
  expect(await reasonOf(list(outside))).toMatch(/^archive_/);
});

test("more files than a person packs are refused, by their number or by a directory of any length", async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, n) => [`${n}`, new Uint8Array()]));
  expect(await reasonOf(list(zipSync(many, { level: 0 })))).toBe("archive_hostile");
  const archive = zipSync({ a: noise(9_000_000) }, { level: 0 });
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  view.setUint32(archive.length - 10, 8_900_000, true);
  view.setUint32(archive.length - 6, 100, true);
  expect(await reasonOf(list(archive))).toMatch(/^archive_/);
});

test("an encrypted file, an unknown method and a wrong checksum fail that file alone", async () => {
  const fresh = () => zipSync({ "a.txt": strToU8("bonjour ".repeat(100)), "b.txt": strToU8("salut") });
  for (const [archive, reason] of [
    [mark(fresh(), 8, 1), "encrypted"],
    [mark(fresh(), 10, 93), "corrupt"],
    [claim(fresh(), 0, 16, 7), "corrupt"],
    [claim(fresh(), 0, 24, 801), "corrupt"],
    [claim(fresh(), 0, 24, 799), "corrupt"],
  ] as const) {
    expect(await reasonOf(contents(archive, "a.txt"))).toBe(reason);
    expect(await contents(archive, "b.txt")).toEqual(strToU8("salut"));
  }
});

test("what is cut off, empty or no archive is corrupt; a store that doesn't answer is not the archive's fault", async () => {
  const archive = zipSync({ "a.txt": strToU8("bonjour") });
  for (const bytes of [archive.slice(0, -10), new Uint8Array(), new Uint8Array(3), noise(100_000)]) {
    expect(await reasonOf(list(bytes))).toMatch(/^archive_/);
  }
  expect(await reasonOf(contents(archive.slice(20), "a.txt"))).toMatch(/^(archive_)?corrupt|hostile/);
  const broken = { size: 1_000, read: () => Promise.reject(new TypeError("no answer")) };
  expect(await reasonOf(zipReader.list(broken))).toBeInstanceOf(TypeError);
});
