import { SPACE } from "./digits.ts";
import type { Lexeme } from "./lexemes.ts";
import { symbolOf, type Unit, unitOf } from "./units.ts";

/** What may stand between a number and its unit: "3 months", "a 3-month", "12 millions d'euros". */
const BEFORE_UNIT = /^(?:[ \u00a0\u202f\u2009]*|-|['’]|\) )$/;

/** The unit that follows a number: one sign or word, or a few that go together. */
export function readUnit(all: Lexeme[], at: number): { unit: Unit; next: number } | null {
  let index = at;
  const linked = all[index];
  if (linked && /^(?:d|de|of)$/.test(linked.word) && SPACE.test(linked.gap)) index++;
  const lexeme = all[index];
  if (!lexeme || !BEFORE_UNIT.test(lexeme.gap)) return null;
  const second = all[index + 1];
  const pair = second && SPACE.test(second.gap) ? `${lexeme.word} ${second.word}` : lexeme.word;
  if (/^(?:pour cent|per cent|pour cents)$/.test(pair)) {
    return { unit: { dimension: "percent", factor: 1 }, next: index + 2 };
  }
  if (/^(?:percentage points?)$/.test(pair))
    return { unit: { dimension: "point", factor: 1 }, next: index + 2 };
  const cubed = /^(square|cubic) (.+)$/.exec(pair);
  const found = cubed
    ? unitOf(cubed[2] ?? "")
    : (unitOf(lexeme.word) ?? (index === at ? symbolOf(lexeme.raw) : undefined));
  if (!found) return null;
  let next = index + (cubed ? 2 : 1);
  let unit: Unit = found;
  const after = second && SPACE.test(second.gap) ? second.word : "";
  const power = cubed
    ? cubed[1] === "square"
      ? 2
      : 3
    : /^carree?s?$/.test(after)
      ? 2
      : /^cubes?$/.test(after)
        ? 3
        : 1;
  if (found.dimension === "length" && power > 1) {
    unit = { dimension: power === 2 ? "area" : "volume", factor: found.factor ** power };
    next = index + 2;
  } else if (found.dimension === "degree" && /^[cf]$/.test(after)) {
    unit = { dimension: `degree${after}`, factor: 1 };
    next = index + 2;
  }
  const per = all[next];
  if (per && per.gap === "/" && per.kind === "word") {
    unit = { dimension: `${unit.dimension}/${per.word.charAt(0)}`, factor: unit.factor };
    next++;
  }
  return { unit, next };
}
