import { expect, test } from "vitest";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { readInOrder } from "./pdf-columns.ts";
import type { Piece } from "./pdf-pieces.ts";

function piece(text: string, x: number, y: number): Piece {
  const [width, size] = [text.length * 5, 10];
  const run = { text, x, y, width, size, rightToLeft: false, font: "F1", spaced: false };
  return { runs: [run], x0: x, x1: x + width, y, size, chars: text.length };
}

test("a row of more pieces than a table has cells is one line", { timeout: atThisSpeed(5_000) }, () => {
  const wide = Array.from({ length: 30_000 }, (_, index) => piece("a", index * 40, 10));
  const below = Array.from({ length: 30_000 }, (_, index) => piece("b", index * 40, 30));
  const lines = readInOrder([...wide, ...below]).flat();
  expect(lines.map((line) => line.text.length)).toEqual([59_999, 59_999]);
});

test("many rows under a wide one stay quick", { timeout: atThisSpeed(5_000) }, () => {
  const wide = Array.from({ length: 400 }, (_, index) => piece("a", index * 40, 10));
  const below = Array.from({ length: 20_000 }, (_, index) => piece("b", 0, 30 + index * 12));
  expect(readInOrder([...wide, ...below]).flat()).toHaveLength(20_001);
});

test("numbers in a row are not one long list marker", { timeout: atThisSpeed(5_000) }, () => {
  const numbers = Array.from({ length: 40_000 }, (_, index) => piece("1.", index * 20, 10));
  expect(readInOrder(numbers).flat()).toHaveLength(1);
});

test("gutters that several rows share are found between overlapping pieces", () => {
  const rows = [0, 1, 2].flatMap((row) => [
    piece("alpha", 0, row * 12),
    piece("be", 12, row * 12 + 0.1),
    piece("gamma", 100, row * 12),
    piece("delta", 200, row * 12),
  ]);
  expect(
    readInOrder(rows)
      .flat()
      .map((line) => line.text),
  ).toEqual(["alpha\tbe\tgamma\tdelta", "alpha\tbe\tgamma\tdelta", "alpha\tbe\tgamma\tdelta"]);
});
