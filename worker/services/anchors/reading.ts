import { type CalendarDate, readDate } from "./dates.ts";
import { lexemes } from "./lexemes.ts";
import { type NameKind, nameKind } from "./names.ts";
import { readDenials } from "./negation.ts";
import { type Quantity, yearOf } from "./numbers.ts";
import { readQuantity } from "./read-quantity.ts";
import { isStopWord, termKeys } from "./terms.ts";

/** A word, quantity or date of a text. Words that carry a claim have `keys`; offsets are UTF-16. */
export type Token = {
  start: number;
  end: number;
  raw: string;
  word: string;
  keys: string[];
  name: NameKind | null;
  quantity: Quantity | null;
  dates: CalendarDate[] | null;
  /** What stands before it, after the lexeme before. */
  gap: string;
};

/** A text as the guard compares it. Denying words are no tokens: a denial stands between two, at these indexes. */
export type Reading = { tokens: Token[]; denials: number[][] };

/** "1.", "2)", "-": the mark of a list item, which claims nothing. */
const ITEM_MARK = /^\s*(?:[-–—•*]\s+|#+\s+)?(?:\d{1,2}[.)]\s+)?/;

/** What introduces a claim without being part of it: an answer to the question, a reference to the source. */
const REPLY = /^(?:oui|non|yes|no)\s*[,.:;]\s+/i;
const FRAME =
  /^(?:(?:selon|d[’']apr[eè]s|comme l[’']indique)\s+(?:le|la|les|ce|cette|l[’']|ces|un)?\s*(?:document|texte|passage|source|extrait|article|rapport|page|auteur)s?(?:\s+(?:fourni|cit[eé]|source)e?s?)?\s*,\s*|(?:according to|as stated in|based on|per|as per)\s+(?:the|this|these)?\s*(?:provided\s+)?(?:document|text|passage|source|excerpt|article|report|page|author)s?\s*,\s*|(?:le|ce) (?:document|texte|passage) (?:indique|pr[eé]cise|mentionne|[eé]nonce|dit|affirme) qu(?:e\s+|[’'])|the (?:document|text|passage|source) (?:states|says|indicates|mentions|notes|specifies) that\s+)/i;

/** Reads a sentence of an answer: without its list mark and without what introduces it. */
export function readClaim(text: string): Reading {
  const mark = ITEM_MARK.exec(text)?.[0].length ?? 0;
  const reply = REPLY.exec(text.slice(mark))?.[0].length ?? 0;
  const frame = FRAME.exec(text.slice(mark + reply))?.[0].length ?? 0;
  return readText(text.slice(mark + reply + frame));
}

/** Reads a sentence of a passage. Offsets of its tokens count from `offset`. */
export function readText(text: string, offset = 0): Reading {
  const all = lexemes(text);
  const { denials, markers } = readDenials(all);
  const tokens: Token[] = [];
  const tokensBefore: number[] = [];
  for (let at = 0; at < all.length; ) {
    const first = all[at];
    if (!first) break;
    tokensBefore[at] = tokens.length;
    if (markers.has(at)) {
      at++;
      continue;
    }
    const date = readDate(all, at);
    const quantity = date ? null : readQuantity(all, at);
    const next = date?.next ?? quantity?.next ?? at + 1;
    for (let index = at; index < next; index++) tokensBefore[index] = tokens.length;
    const last = all[next - 1] ?? first;
    tokens.push({
      start: offset + first.start,
      end: offset + last.end,
      raw: text.slice(first.start, last.end),
      word: first.word,
      keys: date || quantity || first.kind === "sign" || isStopWord(first.word) ? [] : termKeys(first.word),
      name: date || quantity ? null : nameKind(all, at),
      quantity: quantity?.quantity ?? null,
      dates: date?.dates ?? null,
      gap: first.gap,
    });
    at = next;
  }
  shareAcrossRanges(tokens);
  return {
    tokens,
    denials: denials.map(({ at }) => at.map((index) => tokensBefore[index] ?? tokens.length)),
  };
}

/** Puts readings one after the other, as a quote of several sentences or an answer's several quotes. */
export function joinReadings(readings: Reading[]): Reading {
  const tokens: Token[] = [];
  const denials: number[][] = [];
  for (const reading of readings) {
    for (const at of reading.denials) denials.push(at.map((index) => index + tokens.length));
    tokens.push(...reading.tokens);
  }
  return { tokens, denials };
}

/** Whether a token states a number, a date or a unit. */
export function isFact({ quantity, dates }: Token): boolean {
  return quantity !== null || dates !== null;
}

/** "3 à 5 ans", "du 3 au 5 mars": the first number means what the second says. */
function shareAcrossRanges(tokens: Token[]): void {
  for (let at = tokens.length - 1; at > 0; at--) {
    const last = tokens[at];
    if (!last || !isFact(last)) continue;
    const link = tokens[at - 1];
    const linked =
      link !== undefined && /^(?:a|au|et|ou|to|and|or|le|les|the)$/.test(link.word) && !isFact(link);
    const skipped = linked && /^(?:le|les|the)$/.test(link.word) ? 3 : linked ? 2 : 1;
    const first = tokens[at - skipped];
    if (!first?.quantity || first.quantity.dimension !== null || first.quantity.code !== null) continue;
    const [value = 0] = first.quantity.values;
    // "ten (10) days": the same number twice.
    const isRepeated = last.gap === " (" && first.quantity.values.includes(numberIn(last));
    if (skipped === 1 && !isRepeated && !/^\s?[-–—‑]\s?$/.test(last.gap)) continue;
    if (last.dates) {
      const [date] = last.dates;
      if (!date?.month || date.day === null || !Number.isInteger(value) || value < 1 || value > 31) continue;
      first.dates = [{ ...date, day: value }];
      first.quantity = null;
    } else if (last.quantity?.dimension && yearOf(first.quantity) === null) {
      const { factor, scale, dimension } = last.quantity;
      const values = first.quantity.values.flatMap((each) => [each * factor, each * factor * scale]);
      first.quantity = { ...first.quantity, values, dimension, factor };
    }
  }
}

/** The number that a quantity was read from, without its unit. */
function numberIn({ quantity }: Token): number {
  return (quantity?.values[0] ?? 0) / ((quantity?.factor ?? 1) * (quantity?.scale ?? 1));
}
