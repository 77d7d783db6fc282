const ENDS_IN_HYPHEN = /([\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])[-\u2010]$/u;
const STARTS_WITH_WORD = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*/gu;

/** After "micro-" a conjunction means a suspended compound ("micro- et macro-économie"): nothing is joined. */
const CONJUNCTIONS = new Set(["et", "ou", "and", "or", "und", "oder", "y", "o", "e", "to"]);
/** Second halves that French and English write after a real hyphen. */
const HYPHENATED_ENDINGS = new Set(
  "je tu il ils elle elles on nous vous ce moi toi lui leur leurs le la les y en ci là même mêmes être t à-dire up off in out based like".split(
    " ",
  ),
);
/** First halves that French and English write before a real hyphen. */
const HYPHENATED_BEGINNINGS = new Set(
  "peut est celui celle ceux celles non ex vice sous demi semi mi self well long short high low end real vis dit sont ont fait faut doit".split(
    " ",
  ),
);

/**
 * Joins lines whose last word is cut by a hyphen; other lines stay as they are.
 *
 * The hyphen goes unless it looks real, in this order: a conjunction follows → lines stay apart; the second half
 * isn't lower case ("Saint-/Denis", "COVID-/19") → kept; the text spells the word elsewhere → as it is spelled
 * there; either half holds another hyphen ("c'est-/à-dire") → kept; a half is in the closed lists above
 * ("peut-/être", "a-t-/il") → kept; otherwise dropped.
 */
export function joinHyphenatedLines(lines: readonly string[]): string[] {
  const joined: string[] = [];
  const spelled = lazyWords(lines);
  // The line being joined stays in parts with its last word at hand, since it may grow by every line there is.
  let parts: string[] = [];
  let tail = "";
  for (const line of lines) {
    const seam = parts.length === 0 ? null : hyphenSeam(tail, line, spelled);
    if (seam === null) {
      if (parts.length > 0) joined.push(parts.join(""));
      parts = [line];
      tail = line.slice(-LONGEST_WORD);
      continue;
    }
    if (seam === "") {
      parts.push((parts.pop() ?? "").slice(0, -1));
      tail = tail.slice(0, -1);
    }
    parts.push(line);
    tail = (tail + line.slice(-LONGEST_WORD)).slice(-LONGEST_WORD);
  }
  if (parts.length > 0) joined.push(parts.join(""));
  return joined;
}

/**
 * What stands between two lines: "-" (the hyphen is part of the word), "" (it was only typesetting), or null when
 * the lines are not one cut word. `spelled` tells whether the surrounding text has a word, in lower case.
 */
export function hyphenSeam(line: string, next: string, spelled: (word: string) => boolean): "-" | "" | null {
  const end = line.slice(-LONGEST_WORD);
  const left = end.endsWith("-") || end.endsWith("\u2010") ? ENDS_IN_HYPHEN.exec(end)?.[1] : undefined;
  const right = left === undefined ? undefined : STARTS_WITH_WORD.exec(next.slice(0, LONGEST_WORD))?.[0];
  if (left === undefined || right === undefined) return null;
  const ending = right.toLowerCase();
  if (CONJUNCTIONS.has(ending)) return null;
  if (!/^\p{Ll}/u.test(right) || !/\p{Ll}$/u.test(left)) return "-";
  const beginning = left.toLowerCase();
  if (spelled(beginning + ending)) return "";
  if (spelled(`${beginning}-${ending}`)) return "-";
  if (beginning.includes("-") || ending.includes("-")) return "-";
  return HYPHENATED_ENDINGS.has(ending) || HYPHENATED_BEGINNINGS.has(beginning) ? "-" : "";
}

/** UTF-16 units looked at on either side of a line end; no word is longer, and a line can be 1 MB. */
export const LONGEST_WORD = 80;

/** A test for the words of `lines`, built on first use: most texts hyphenate nothing. */
export function lazyWords(lines: readonly string[]): (word: string) => boolean {
  let words: Set<string> | undefined;
  return (word) => {
    words ??= new Set(lines.flatMap((line) => line.toLowerCase().match(WORD) ?? []));
    return words.has(word);
  };
}
