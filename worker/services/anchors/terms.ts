/** Words that carry no claim of their own, French and English, accents folded. */
const STOP_WORDS = new Set(
  `a ai ainsi al alors an and any are as at au aux avec be been but by c ca can ce ceci cela ces cet cette ceux
  ci comme d dans de des do does donc du elle elles en est et etre eu for from had has have he her his i il ils
  in into is it its j je l la le les leur leurs lui m ma mais me mes mon n ne ni nos notre nous of on ont or ou
  par pas peut plus pour qu que qui s sa sans se ses si so son sont sur t ta te that the their them there these
  they this to tu un une under us vos votre vous was we were when which who will with y you your`.split(
    /\s+/,
  ),
);

/** Letters kept of a word: inflections of French and English live in its end. Shorter words stay whole. */
const STEM_LETTERS = 6;

/** A number as a reader sees it, its thousands' spaces and its decimal sign included. */
const NUMBER = /\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)*/g;

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
  for (const [word] of fold(text).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (/^\p{N}/u.test(word)) terms.add(word);
    else if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(word)) {
      for (let at = 0; at < Math.max(1, word.length - 1); at++) terms.add(word.slice(at, at + 2));
    } else if (!STOP_WORDS.has(word)) terms.add(word.slice(0, STEM_LETTERS));
  }
  return terms;
}

/** The numbers of a text, however they are written: "1 250,5" and "1,250.5" are the same one. */
export function numbersIn(text: string): Set<string> {
  return new Set([...text.matchAll(NUMBER)].map(([number]) => canonicalNumber(number)));
}

function canonicalNumber(written: string): string {
  const joined = written.replace(/[ \u00a0\u202f]/g, "");
  const grouped = joined.replace(/[.,](?=\d{3}(?:[.,]|$))/g, "").replace(",", ".");
  return grouped.replace(/^0+(?=\d)/, "");
}
