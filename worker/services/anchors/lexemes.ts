/**
 * A word, a number or a sign of a text, with UTF-16 offsets into it. `word` is folded (no case, no accents), `gap` is
 * what stands between the lexeme before and this one.
 */
export type Lexeme = {
  kind: "word" | "number" | "sign";
  start: number;
  end: number;
  raw: string;
  word: string;
  gap: string;
};

/**
 * Thousands may be set apart by spaces or apostrophes; letters that follow digits directly are a word of their own
 * ("14h30", "12M€", "3rd"), digits that follow letters are not ("A4"). Pairs of digits after a zero are a telephone number.
 */
const NUMBER = String.raw`0\d(?:[ .\u00a0\u202f-]\d{2}){3,}(?!\d)|\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*`;
const LEXEME = new RegExp(
  String.raw`${NUMBER}|(?<=\d)[\p{L}\p{M}]+[²³]?|\p{L}[\p{L}\p{M}\p{N}]*|[%‰°€$£¥]`,
  "gu",
);
const WRITTEN_NUMBER = new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${NUMBER})`, "gu");
/** Part of a name that is written short or whole. */
const ABBREVIATED: Record<string, string> = { St: "saint", Ste: "sainte" };
const DIGIT = /^\d/;
const SIGN = /^[%‰°€$£¥]/;

const ASCII = /^[\n -~]*$/;
const ACCENTS = /[\u0300-\u036f]+/g;
const LIGATURE = /[œæ]/;

/** Lower case without accents or ligatures, so that two spellings of a word meet. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (ASCII.test(lower)) return lower;
  const bare = lower.normalize("NFKD").replace(ACCENTS, "");
  return LIGATURE.test(bare) ? bare.replaceAll("œ", "oe").replaceAll("æ", "ae") : bare;
}

/** The lexemes of a text, in order. */
export function lexemes(text: string): Lexeme[] {
  const found: Lexeme[] = [];
  let last = 0;
  LEXEME.lastIndex = 0;
  for (let match = LEXEME.exec(text); match; match = LEXEME.exec(text)) {
    const raw = match[0];
    const start = match.index;
    const end = start + raw.length;
    const kind = DIGIT.test(raw) ? "number" : SIGN.test(raw) ? "sign" : "word";
    const word = kind === "number" ? raw : (ABBREVIATED[raw] ?? fold(raw));
    found.push({ kind, start, end, raw, word, gap: text.slice(last, start) });
    last = end;
  }
  return found;
}

/** The numbers of a text that are written in digits, as they stand there: the lexemes of that kind, found alone. */
export function writtenNumbers(text: string): string[] {
  return text.match(WRITTEN_NUMBER) ?? [];
}
