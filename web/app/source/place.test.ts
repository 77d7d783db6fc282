import { expect, test } from "vitest";
import { isSameBesidesSource, readPlace, withPlace } from "./place.ts";

const PLACE = { documentId: "d", version: 2, page: 12, span: { start: 40, end: 91 }, chunkId: null };

test("a place survives its way through an address, and what else stands there stays", () => {
  const search = withPlace(new URLSearchParams("collection=c"), PLACE);
  expect(search.get("collection")).toBe("c");
  expect(readPlace(new URLSearchParams(search.toString()))).toEqual(PLACE);
  expect(withPlace(search, null).toString()).toBe("collection=c");
});

test("an address that was written by hand shows what can be made of it", () => {
  expect(readPlace(new URLSearchParams("document=d&page=-3&span=x-9&version=zero"))).toEqual({
    documentId: "d",
    version: null,
    page: 1,
    span: null,
    chunkId: null,
  });
  expect(readPlace(new URLSearchParams("page=2"))).toBeNull();
});

test("addresses that differ in the source alone are of the same page", () => {
  const at = (path: string) => new URL(path, "http://ancre.test");
  expect(isSameBesidesSource(at("/ask/a?document=d&page=2"), at("/ask/a"))).toBe(true);
  expect(isSameBesidesSource(at("/library?collection=a"), at("/library?collection=b"))).toBe(false);
});
