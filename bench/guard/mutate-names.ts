import { hash, splice } from "./splice.ts";

/** Capitalised words within a sentence: not its first, not after a full stop, a colon or an opening quote. */
const NAME = /(?<=[\p{Ll}\d,;)] |\p{L}['’]|\()\p{Lu}[\p{L}\p{M}]{2,}(?:[ -]\p{Lu}[\p{L}\p{M}]+)*/gu;
/** Capitalised words that are no names: months and days of the week in English, and ways to address somebody. */
const NO_NAME =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[IVX]+e?|Le|La|Les|Un|Une|The|This|Il|Elle|Mr|Mrs|Mme|Dr)\b/;

/** The proper names that a text has within its sentences, each once. */
export function namesIn(text: string): string[] {
  const found = [...text.matchAll(NAME)].map(([name]) => name);
  return [...new Set(found)].filter((name) => !NO_NAME.test(name));
}

/** Each name changed for another one, and the first word of each name of several words. */
export function mutateNames(sentence: string, names: string[]): string[] {
  const usable = names.filter((name) => !sentence.includes(name) && !NO_NAME.test(name));
  if (usable.length === 0) return [];
  const pick = (seed: string) => usable[hash(seed) % usable.length] ?? "";
  return [...sentence.matchAll(NAME)]
    .filter(([name]) => !NO_NAME.test(name))
    .flatMap((match) => {
      const other = pick(sentence + match[0]);
      if (shareWord(match[0], other)) return [];
      const [first = "", ...rest] = match[0].split(" ");
      const given = pick(`${sentence} ${first}`).split(/[ -]/)[0] ?? "";
      const renamed =
        rest.length > 0 && !shareWord(given, match[0])
          ? [splice(sentence, match, [given, ...rest].join(" "))]
          : [];
      return [splice(sentence, match, other), ...renamed];
    });
}

/** A name made of another's words may name the same thing. */
function shareWord(a: string, b: string): boolean {
  const words = a.toLowerCase().split(/[ -]/);
  return b
    .toLowerCase()
    .split(/[ -]/)
    .some((word) => words.some((other) => other.slice(0, 4) === word.slice(0, 4)));
}
