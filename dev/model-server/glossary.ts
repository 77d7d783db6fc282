import { readFileSync } from "node:fs";
import { inflectionsOf, readIrregularForms } from "./inflection.ts";
import { isStopWord, stem, wordsOf } from "./words.ts";

const FILES = [
  "administration",
  "technical",
  "everyday-life",
  "stories",
  "general",
  "people",
  "home-and-food",
  "body-and-health",
  "nature",
  "city-and-transport",
  "work-and-law",
  "government",
  "education-and-science",
  "technology",
  "industry",
  "arts-and-history",
  "sports",
  "measures",
  "places",
  "adjectives",
  "verbs",
  "abstract",
  "adverbs",
  "learned-words",
];

/** Stems, one or two joined by a space, to the numbers of the families they belong to. */
const FAMILIES = readFamilies();

const PAIR_STARTS = new Set([...FAMILIES.keys()].flatMap((key) => key.split(" ").slice(0, -1)));

/** Whether some entry of two words starts with this stem, so that the next word is worth a look. */
export function startsPair(stemmed: string): boolean {
  return PAIR_STARTS.has(stemmed);
}

/** The families of a stem, French and English together: `conge`, `vacanc`, `holiday` share one. */
export function familiesOf(stemmed: string): readonly number[] {
  return FAMILIES.get(stemmed) ?? [];
}

/** The families of every stem and of every two that follow each other (`mot passe`), each family once. */
export function familiesIn(stems: string[]): Set<number> {
  const found = new Set<number>();
  stems.forEach((current, i) => {
    for (const family of familiesOf(current)) found.add(family);
    if (!startsPair(current)) return;
    for (const family of familiesOf(`${current} ${stems[i + 1]}`)) found.add(family);
  });
  return found;
}

function readFamilies(): Map<string, number[]> {
  const families = new Map<string, number[]>();
  const irregular = readIrregularForms(readGlossaryFile("forms"));
  const lines = FILES.flatMap((file) => readGlossaryFile(file).split("\n")).filter((line) =>
    line.includes("|"),
  );
  lines.forEach((line, family) => {
    for (const entry of line.startsWith("#") ? [] : line.split(/[\s|]+/)) {
      addEntry(families, entry, family);
      for (const form of inflectionsOf(entry, irregular)) addEntry(families, form, family);
    }
  });
  return families;
}

function readGlossaryFile(name: string): string {
  return readFileSync(new URL(`glossary/${name}.txt`, import.meta.url), "utf8");
}

function addEntry(families: Map<string, number[]>, entry: string, family: number): void {
  const words = wordsOf(entry.replaceAll("_", " "));
  // `set_up` without its `up` would be any set.
  if (words.length === 0 || words.length > 2 || words.some(isStopWord)) return;
  const key = words.map(stem).join(" ");
  const known = families.get(key) ?? [];
  if (!known.includes(family)) families.set(key, [...known, family]);
}
