/** A stretch of text, UTF-16 offsets. */
export type TextRange = { start: number; end: number };

/** A full stop after one of these, or after a single capital, ends an abbreviation rather than a sentence. */
const ABBREVIATION =
  /(?:^|[\s(«"“'’])(?:[A-ZÀ-Ý]|M|MM|Mme|Mlle|Me|Dr|Pr|St|Ste|art|al|réf|cf|p|pp|n|no|vol|fig|éd|chap|env|ex|tél|Mr|Mrs|Ms|Jr|Sr|vs|etc|e\.g|i\.e|Inc|Ltd|Co|No|Nos|approx|dept|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|janv|févr|avr|juil|déc)\.\s*$/u;

/** "1." or "2)" at the start of a line is the number of what follows. */
const ITEM_NUMBER = /^\s*(?:\d{1,2}|[a-z])[.)]\s*$/i;

const segmenter = new Intl.Segmenter("fr", { granularity: "sentence" });

/**
 * Sentences of a text, without the white space around them. A line end always ends one: canonical text keeps
 * a paragraph or a table row on its own line. Unicode's rules (UAX #29) cut; abbreviations are put together again.
 */
export function sentences(text: string): TextRange[] {
  const found: TextRange[] = [];
  for (const line of text.matchAll(/[^\n]+/g)) {
    let start = line.index;
    let end = start;
    for (const { segment } of segmenter.segment(line[0])) {
      end += segment.length;
      const open = text.slice(start, end);
      if (ABBREVIATION.test(open.slice(-12)) || ITEM_NUMBER.test(open)) continue;
      push(found, text, start, end);
      start = end;
    }
    push(found, text, start, end);
  }
  return found;
}

function push(found: TextRange[], text: string, start: number, end: number): void {
  const slice = text.slice(start, end);
  const from = start + slice.length - slice.trimStart().length;
  const to = start + slice.trimEnd().length;
  if (from < to) found.push({ start: from, end: to });
}
