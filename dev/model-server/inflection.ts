/** What the endings of a regular French verb leave over that `stem` doesn't cut: the past and the future of tales. */
const ER = ["a", "ons", "erent", "era", "eront", "erait"];
const IR = [
  "i",
  "issons",
  "ie",
  "is",
  "it",
  "issent",
  "issait",
  "issaient",
  "issant",
  "irent",
  "ira",
  "iront",
  "irait",
];
/** The same where what is left is too short for `stem` to cut anything. */
const SHORT_ER = ["e", "ee", "ent", "ez", "ait", "aient", "ant", ...ER];
const SHORT_ROOT = 3;
/** Shorter roots are other words: `user` without its ending is `us`. */
const MIN_ROOT = { er: 3, ir: 2 };

/** Irregular forms: of a whole word, or of every word that ends so (`-tenir` → `-tient`, `-tenu`). */
export type IrregularForms = {
  words: Map<string, string[]>;
  endings: Array<[ending: string, forms: string[]]>;
};

/** Reads lines of a word and its forms; one that starts with a hyphen stands for every word with that ending. */
export function readIrregularForms(text: string): IrregularForms {
  const words = new Map<string, string[]>();
  const endings: IrregularForms["endings"] = [];
  for (const line of text.split("\n")) {
    const [lemma = "", ...forms] = line.split(" ");
    if (lemma === "" || lemma === "#") continue;
    if (lemma.startsWith("-")) endings.push([lemma.slice(1), forms.map((form) => form.slice(1))]);
    else words.set(lemma, forms);
  }
  return { words, endings };
}

/** The forms of a French or English word that share its meaning and not its stem. Some that don't exist do no harm. */
export function inflectionsOf(word: string, { words, endings }: IrregularForms): string[] {
  const irregular = endings
    .filter(([ending]) => word.endsWith(ending))
    .flatMap(([ending, forms]) => forms.map((form) => word.slice(0, -ending.length) + form));
  return [...(words.get(word) ?? []), ...irregular, ...regular(word)];
}

function regular(word: string): string[] {
  const root = word.slice(0, -2);
  if (word.endsWith("ir") && root.length >= MIN_ROOT.ir) return IR.map((ending) => root + ending);
  if (!word.endsWith("er") || root.length < MIN_ROOT.er) return [];
  return (root.length <= SHORT_ROOT ? SHORT_ER : ER).map((ending) => root + ending);
}
