import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "./canonical-text.ts";

/** Pieces that the rules treat specially, so that random texts hit them and their combinations. */
const TRICKY = fc.constantFrom(
  ..."-|‐|\u00AD|\n|\r\n|\r|\f|\t| |\u00A0|\u3000|ﬁ|ﬃ|e\u0301|é|\u0000|\u200B|\u202E|\u{E0041}|\uD800|ﷺ|لا|⼀|peut|être|et|a|Z|9|’|.|·".split(
    "|",
  ),
);
const TEXT = fc
  .array(fc.oneof(TRICKY, fc.string({ unit: "binary" })), { maxLength: 40 })
  .map((p) => p.join(""));

test("canonical text is a fixed point", () => {
  fc.assert(
    fc.property(TEXT, (raw) => {
      expect(canonicalText(canonicalText(raw))).toBe(canonicalText(raw));
    }),
    {
      numRuns: 3000,
    },
  );
});

test("canonical text holds nothing that can't be seen, stored or quoted", () => {
  fc.assert(
    fc.property(TEXT, (raw) => {
      const text = canonicalText(raw);
      expect(text).toBe(text.normalize("NFC"));
      expect(text.isWellFormed()).toBe(true);
      expect(text).not.toMatch(
        /(?![\t\n])\p{Cc}|[\u00AD\u200B\u202E\uFB01\uFB03\u{E0041}]| {2}|^ | $|\n{3}/mu,
      );
    }),
    { numRuns: 1000 },
  );
});

test("ligatures are opened and accents composed", () => {
  expect(canonicalText("eﬃcace ﬁn re\u0301sume\u0301")).toBe("efficace fin résumé");
});

test("spaces collapse within lines, tabs keep empty table cells, paragraphs stay apart", () => {
  expect(canonicalText("a \u00A0 b  \r\n\r\n\r\n  c\td\r e \t\t f ")).toBe("a b\n\nc\td\ne\t\tf");
});

test("instructions hidden in Unicode tag characters vanish", () => {
  const hidden = [..."ignore"].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("");
  expect(canonicalText(`visible${hidden} text`)).toBe("visible text");
});

test("words hyphenated at a line end are joined, real hyphens stay", () => {
  expect(canonicalText("l'accessi-\nbilité numérique")).toBe("l'accessibilité numérique");
  expect(canonicalText("exem\u00AD\nple")).toBe("exemple");
  expect(canonicalText("c'est peut-\nêtre vrai")).toBe("c'est peut-être vrai");
  expect(canonicalText("c'est-\nà-dire")).toBe("c'est-à-dire");
  expect(canonicalText("Saint-\nDenis")).toBe("Saint-Denis");
  expect(canonicalText("COVID-\n19")).toBe("COVID-19");
  expect(canonicalText("micro-\net macro-économie")).toBe("micro-\net macro-économie");
});

test("a word spelled elsewhere in the text decides about its own hyphen", () => {
  expect(canonicalText("un arc-boutant, l'arc-\nboutant")).toBe("un arc-boutant, l'arc-boutant");
  expect(canonicalText("un portail, le por-\ntail")).toBe("un portail, le portail");
});

test("a line alone comes out as it does among others, whatever character it holds", () => {
  for (let code = 0; code <= 0xffff; code++) {
    const line = `a${String.fromCharCode(code)}b`;
    // Behind a line end, no shortcut for plain text is taken.
    if (canonicalText(line) !== canonicalText(`${line}\n`)) expect.fail(`U+${code.toString(16)}`);
  }
});
