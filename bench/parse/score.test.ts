import { expect, test } from "vitest";
import { judge } from "./score.ts";

const PAGES = [
  { number: 1, kind: "page", text: "Un texte cou-\npé ici." },
  { number: 2, kind: "page", text: "La suite\u200b du texte." },
];

test("a phrase on its page is a hit; on another page it is a miss", () => {
  expect(judge({ page: 2, text: "La suite du" }, PAGES)).toMatchObject({ strict: true, tight: true });
  expect(judge({ page: 1, text: "La suite du" }, PAGES)).toMatchObject({ tight: false, foundOn: [2] });
});

test("hyphenation is forgiven tightly, not strictly", () => {
  expect(judge({ page: 1, text: "coupé" }, PAGES)).toMatchObject({ strict: false, tight: true });
});

test("a document without physical pages is searched whole", () => {
  expect(judge({ page: null, text: "ici. La suite" }, PAGES)).toMatchObject({ strict: true });
});
