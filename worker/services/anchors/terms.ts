import { numberWord } from "./number-words.ts";

/** Words that carry no claim of their own, French and English, accents folded. */
const STOP_WORDS = new Set(
  `a ai ainsi al alors an and any are as at au aux avec be been but by c ca ce ceci cela ces cet cette ceux
  ci comme d dans de des do does donc du elle elles en est et etre eu for from had has have he her his i il ils
  in into is it its j je l la le les leur leurs lui m ma mais me mes mon n nos notre nous of on ont or ou
  par pour qu que qui s sa se ses si so son sont sur t ta te that the their them there these
  they this to tu un une under us vos votre vous was we were when which who will with y you your`.split(
    /\s+/,
  ),
);

/** Words that turn a claim into its contrary. "Ne" alone doesn't: French writes it where nothing is denied. */
const NEGATIONS = new Set(
  `pas jamais aucun aucune nul nulle ni sans not no never none neither nor without cannot don doesn didn isn aren
  wasn weren won`.split(/\s+/),
);

/** Letters kept of a word: inflections of French and English live in its end. Shorter words stay whole. */
const STEM_LETTERS = 6;

/** A number as a reader sees it: thousands set apart by spaces, and its decimal sign. */
const NUMBER = /(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,]\d+)*/g;

/** "1.", "2)": the number of a list item, which claims nothing. */
const ITEM_NUMBER = /^\s*\d{1,2}[.)]\s+/;

/** Lower case without accents or ligatures, so that two spellings of a word meet. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/œ/gi, "oe")
    .replace(/æ/gi, "ae")
    .toLowerCase();
}

/** The stems of a text's content words, each once. Scripts without spaces count by pairs of characters. */
export function contentTerms(text: string): Set<string> {
  const terms = new Set<string>();
  for (const word of words(text)) {
    if (/^\p{N}/u.test(word)) terms.add(word);
    else if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)) {
      for (let at = 0; at < Math.max(1, word.length - 1); at++) terms.add(word.slice(at, at + 2));
    } else if (!STOP_WORDS.has(word) && !NEGATIONS.has(word) && word !== "ne" && word !== "t") {
      terms.add(numberWord(word) ?? word.slice(0, STEM_LETTERS));
    }
  }
  return terms;
}

/** The numbers of a text, however they are written: "1 250,5", "1,250.50" and "three"/"3" are the same ones. */
export function numbersIn(text: string): Set<string> {
  const digits = [...text.replace(ITEM_NUMBER, "").matchAll(NUMBER)].map(([number]) =>
    canonicalNumber(number),
  );
  const spelled = words(text).flatMap((word) => numberWord(word) ?? []);
  return new Set([...digits, ...spelled]);
}

/** Whether a text denies something. */
export function isNegated(text: string): boolean {
  return words(text).some((word) => NEGATIONS.has(word));
}

function words(text: string): string[] {
  return [...fold(text).matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word);
}

/** Without grouping, with a point before the decimals, and without the zeros that say nothing. */
function canonicalNumber(written: string): string {
  const joined = written.replace(/[ \u00a0\u202f]/g, "");
  const grouped = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?![\d])/.test(joined)
    ? joined.replace(/[.,](?=\d{3}(?!\d))/g, "")
    : joined;
  const plain = grouped.replace(",", ".").replace(/^0+(?=\d)/, "");
  return plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
}
