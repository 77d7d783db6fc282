import { strToU8, zipSync } from "fflate";
import { expect, test } from "vitest";
import { openZip } from "./zip-guard.ts";

const reasonOf = (action: () => unknown): unknown => {
  try {
    action();
    return "no failure";
  } catch (error) {
    return (error as { reason?: string }).reason ?? error;
  }
};

/** Overwrites the size that the central directory claims for the only entry. */
function claim(archive: Uint8Array, size: number): Uint8Array {
  const view = new DataView(archive.buffer, archive.byteOffset);
  const directory = view.getUint32(archive.length - 6, true);
  view.setUint32(directory + 24, size, true);
  return archive;
}

test("an entry comes back as it went in, deflated or stored", () => {
  const text = strToU8("bonjour ".repeat(1000));
  expect(openZip(zipSync({ "a.xml": text })).read("a.xml")).toEqual(text);
  expect(openZip(zipSync({ "a.xml": text }, { level: 0 })).read("a.xml")).toEqual(text);
  expect(openZip(zipSync({ "a.xml": text })).read("b.xml")).toBeNull();
});

test("an archive that claims too much is refused before anything is inflated", () => {
  const bomb = zipSync({ "a.xml": new Uint8Array(20_000_000) });
  expect(reasonOf(() => openZip(bomb))).toBe("too_large");
});

test("a header that lies about its size doesn't get past the counter", () => {
  const bomb = claim(zipSync({ "a.xml": new Uint8Array(20_000_000) }), 1000);
  expect(reasonOf(() => openZip(bomb).read("a.xml"))).toBe("too_large");
});

test("all entries together have a budget", () => {
  const part = new Uint8Array(12_000_000);
  crypto.getRandomValues(part.subarray(0, 65_536));
  for (let at = 65_536; at < part.length; at += 4096) part[at] = at & 0xff;
  const zip = openZip(zipSync({ "a.xml": part, "b.xml": part, "c.xml": part, pad: part.slice(0, 400_000) }));
  zip.read("a.xml");
  zip.read("b.xml");
  expect(reasonOf(() => zip.read("c.xml"))).toBe("too_large");
});

test("names that leave the archive aren't entries", () => {
  const data = strToU8("x");
  const zip = openZip(zipSync({ "../up.xml": data, "/root.xml": data, "a\\b.xml": data, "ok.xml": data }));
  expect(zip.names()).toEqual(["ok.xml"]);
});

test("cut-off archives are corrupt", () => {
  const archive = zipSync({ "a.xml": strToU8("bonjour") });
  expect(reasonOf(() => openZip(archive.slice(0, archive.length / 2)))).toBe("corrupt");
  expect(reasonOf(() => openZip(new Uint8Array(3)))).toBe("corrupt");
});
