/** One sentence, list item or table row of a passage, its white space collapsed, otherwise verbatim. */
export type Sentence = {
  text: string;
  /** Of the passages given, from 0 */
  passage: number;
  /** Within its passage, from 0 */
  position: number;
  /** A short line without closing punctuation: it says what follows is about, and answers nothing itself */
  isHeading: boolean;
};

const SEGMENTER = new Intl.Segmenter("fr", { granularity: "sentence" });

const LIST_ITEM = /^\s*(?:[-*•▪◦‣–—·]|\d{1,3}[.)]|[a-z][.)]|\|)\s+/i;
const TABLE_ROW = /\t|\s\|\s|^\||\s{3,}\S/;
const CLOSED = /[.!?…:;»"”)\]]\s*$/;
const ABBREVIATION =
  /(?:^|[\s(«"'’])(?:\p{Lu}|M|MM|Mr|Mrs|Ms|Mme|Mlle|Dr|Prof|Me|St|Ste|Sr|Jr|art|Art|al|cf|Cf|chap|ch|p|pp|no|n|nos|vol|fig|Fig|env|ex|av|apr|J\.-C|e\.g|i\.e|vs|Inc|Ltd|Co|Corp|U\.S|approx|c|ca|tel|tél)\.\s*$/u;
const LIST_ABBREVIATION = /\betc\.\s*$/;

const PAGE_NUMBER = /^(?:page\s*)?[\d\s/|.–-]+(?:(?:sur|of|de)\s*\d+)?$/i;
const HEADING_WORDS = 12;

/** Cuts a passage into what can be quoted; page numbers and other scraps are left out. */
export function sentencesOf(text: string, passage: number): Sentence[] {
  const sentences: Sentence[] = [];
  for (const block of blocksOf(text)) {
    const isHeading = looksLikeHeading(block);
    for (const piece of isHeading ? [block] : segment(block)) {
      const clean = piece
        .replace(/^\s*#{1,6}\s+/, "")
        .replace(/\s+/g, " ")
        .trim();
      if (isScrap(clean)) continue;
      sentences.push({ text: clean, passage, position: sentences.length, isHeading });
    }
  }
  return sentences;
}

/** Paragraphs, list items and table rows; lines that a PDF broke in mid-sentence are joined again. */
function blocksOf(text: string): string[] {
  const blocks: string[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (trimmed === "") {
      open = false;
      continue;
    }
    const last = blocks.at(-1);
    const stands = LIST_ITEM.test(line) || TABLE_ROW.test(line.trim()) || /^#{1,6}\s/.test(trimmed);
    if (open && !stands && last !== undefined && continues(last, trimmed)) {
      blocks[blocks.length - 1] = `${last} ${trimmed}`;
    } else {
      blocks.push(trimmed);
    }
    open = !/^#{1,6}\s/.test(trimmed) && !TABLE_ROW.test(trimmed);
  }
  return blocks;
}

function continues(previous: string, line: string): boolean {
  if (/^[\p{Ll}(«"“]/u.test(line)) return true;
  return !CLOSED.test(previous) && previous.length > 60;
}

function looksLikeHeading(block: string): boolean {
  if (/^#{1,6}\s/.test(block)) return true;
  if (LIST_ITEM.test(block) || TABLE_ROW.test(block) || /\d\s*[€%$]|\d{4}/.test(block)) return false;
  return !CLOSED.test(block) && block.split(/\s+/).length <= HEADING_WORDS && /^[\p{Lu}\d]/u.test(block);
}

function segment(block: string): string[] {
  const pieces: string[] = [];
  for (const { segment: piece } of SEGMENTER.segment(block)) {
    const last = pieces.at(-1);
    const joins =
      last !== undefined &&
      (ABBREVIATION.test(last) ||
        /^\s*[\p{Ll},;)\]»]/u.test(piece) ||
        (LIST_ABBREVIATION.test(last) && !/^\s*\p{Lu}/u.test(piece)) ||
        // The segmenter takes the `1.` of a numbered line for a sentence.
        /^\s*(?:\d{1,3}|[a-z])[.)]\s*$/i.test(last));
    if (joins) pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
}

function isScrap(text: string): boolean {
  return PAGE_NUMBER.test(text) || (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < 3;
}
