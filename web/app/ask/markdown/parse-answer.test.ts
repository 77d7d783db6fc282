import { expect, test } from "vitest";
import { type Piece, parseAnswer } from "./parse-answer.ts";

/** The pieces as tags around their text, to be read at a glance. */
function show(pieces: Piece[]): string {
  return pieces
    .map((piece) => {
      if (piece.kind === "leaf") return piece.leaf.text;
      return piece.kind === "element"
        ? `<${piece.name}>${show(piece.children)}</${piece.name}>`
        : `<${piece.kind}>`;
    })
    .join("");
}

test("paragraphs, emphasis, lists, headings, tables, quotes and code are what they are", () => {
  expect(show(parseAnswer("# Rent\n\nIt is **500 €**, *monthly*.\n\n1. one\n2. `two`"))).toBe(
    "<h3>Rent</h3><p>It is <strong>500 €</strong>, <em>monthly</em>.</p><ol><li><p>one</p></li><li><p>two</p></li></ol>",
  );
  expect(show(parseAnswer("| a | b |\n|---|---|\n| 1 | 2 |"))).toBe(
    "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
  );
});

test("links and images keep their words alone, and HTML is text", () => {
  expect(show(parseAnswer("See [the lease](https://evil.test/?q=1) ![x](https://evil.test/p.png)."))).toBe(
    "<p>See the lease x.</p>",
  );
  expect(show(parseAnswer('Hi <img src="https://evil.test/p.png" onerror=alert(1)> there'))).toBe(
    '<p>Hi <img src="https://evil.test/p.png" onerror=alert(1)> there</p>',
  );
  expect(show(parseAnswer("<script>alert(1)</script>"))).toBe("<script>alert(1)</script>");
  expect(show(parseAnswer("<https://evil.test> and [a]\n\n[a]: https://evil.test"))).not.toContain("<a");
});

test("every letter knows where it stands in the Markdown", () => {
  const markdown = "> L’indemnité \\*brute\\* &amp; nette\n> est de **2 mois**.";
  const leaves: { text: string; offsets: number[] }[] = [];
  const walk = (pieces: Piece[]) => {
    for (const piece of pieces) {
      if (piece.kind === "leaf") leaves.push(piece.leaf);
      if (piece.kind === "element") walk(piece.children);
    }
  };
  walk(parseAnswer(markdown));
  expect(leaves.map(({ text }) => text).join("|")).toBe("L’indemnité *brute* & nette\nest de |2 mois|.");
  for (const { text, offsets } of leaves)
    for (const [unit, offset] of offsets.entries())
      expect(markdown[offset]).toBe(text[unit] === "&" ? "&" : text[unit]);
});
