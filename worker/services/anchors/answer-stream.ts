import { sentences, type TextRange } from "./sentences.ts";

/** A finished sentence of the answer: its text without markers, its range, and the sources it cites. */
export type AnswerSentence = { text: string; range: TextRange; sources: number[] };

export type AnswerPiece = { kind: "text"; text: string } | { kind: "sentence"; sentence: AnswerSentence };

export type AnswerStream = {
  /** Everything given out so far, without markers. */
  text(): string;
  push(delta: string): AnswerPiece[];
  end(): AnswerPiece[];
};

/** `[2]` or `[1, 3]`: what the prompt asks for. The second pattern is one that may still become a marker. */
const MARKER = /^\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]/;
const UNFINISHED_MARKER = /^\[[\s\d,;]*$/;
/** The first half of a surrogate pair whose other half is still to come. */
const HALF_CHARACTER = /^[\ud800-\udbff]$/;
/** How a sentence begins: after a marker it ends the one before, full stop or not. */
const OPENING = /[\p{Lu}«“"•–—-]/u;
/** What UAX #29 lets a sentence end with. Without one the tail is one sentence, and needn't be cut to know it. */
const SENTENCE_END = /[\p{Sentence_Terminal}.\u2024\ufe52\uff0e\n\r\u0085\u2028\u2029]/u;
const CLOSING_PUNCTUATION = /[.,;:!?…)\]»”]/;

/**
 * Takes the model's text as it comes and gives back the answer without its markers, cut into sentences, each with
 * the sources it cites. A marker belongs to the sentence that it stands in or follows; a number that is no source
 * (1 to `sourceCount`) is dropped. A sentence comes out when the next one begins, before its first letter.
 */
export function createAnswerStream(sourceCount: number): AnswerStream {
  let pending = "";
  let answer = "";
  /** White space read but not given out: what follows decides whether it stays. */
  let gap = "";
  let gapHoldsMarker = false;
  let sentenceStart = 0;
  let markers: Array<{ at: number; source: number }> = [];
  let pieces: AnswerPiece[] = [];

  function emitText(text: string): void {
    const last = pieces.at(-1);
    if (last?.kind === "text") last.text += text;
    else pieces.push({ kind: "text", text });
  }

  function takeMarker(marker: string): void {
    gapHoldsMarker = true;
    for (const [number] of marker.matchAll(/\d+/g)) {
      const source = Number(number);
      if (source >= 1 && source <= sourceCount) markers.push({ at: answer.length, source });
    }
  }

  function takeCharacter(character: string): void {
    if (/\s/.test(character)) {
      gap += character;
      return;
    }
    let kept = answer ? gap : "";
    if (gapHoldsMarker && kept) {
      kept = CLOSING_PUNCTUATION.test(character) ? "" : gap.includes("\n") ? gap.replace(/^ +/, "") : " ";
    }
    if (kept && gapHoldsMarker && OPENING.test(character)) closeAll(kept.length);
    else if (kept) closeSentences(kept + character);
    answer += kept + character;
    emitText(kept + character);
    gap = "";
    gapHoldsMarker = false;
  }

  /** `next` is what is about to be written; the sentence it belongs to stays open. */
  function closeSentences(next: string): void {
    const tail = answer.slice(sentenceStart) + next;
    if (!SENTENCE_END.test(tail)) return;
    const ranges = sentences(tail);
    const open = ranges.pop();
    close(ranges, open?.start ?? 0);
  }

  /** A line without a full stop ends with its marker all the same; `gapLength` is what parts it from the next. */
  function closeAll(gapLength: number): void {
    const tail = answer.slice(sentenceStart);
    close(sentences(tail), tail.length + gapLength);
  }

  /** Gives these sentences out; the next one starts at `nextStart`. Offsets count from `sentenceStart`. */
  function close(ranges: TextRange[], nextStart: number): void {
    for (const [index, { start, end }] of ranges.entries()) {
      const range = { start: sentenceStart + start, end: sentenceStart + end };
      const following = sentenceStart + (ranges[index + 1]?.start ?? nextStart);
      const cited = markers.filter(({ at }) => at <= following).map(({ source }) => source);
      markers = markers.filter(({ at }) => at > following);
      const text = answer.slice(range.start, range.end);
      pieces.push({ kind: "sentence", sentence: { text, range, sources: [...new Set(cited)] } });
    }
    sentenceStart += nextStart;
  }

  function drain(): AnswerPiece[] {
    const drained = pieces;
    pieces = [];
    return drained;
  }

  return {
    text: () => answer,
    push(delta) {
      pending += delta;
      while (pending && !UNFINISHED_MARKER.test(pending) && !HALF_CHARACTER.test(pending)) {
        const marker = MARKER.exec(pending)?.[0];
        const character = String.fromCodePoint(pending.codePointAt(0) ?? 0);
        if (marker) takeMarker(marker);
        else takeCharacter(character);
        pending = pending.slice(marker?.length ?? character.length);
      }
      return drain();
    },
    end() {
      for (const character of pending) takeCharacter(character);
      pending = "";
      closeAll(0);
      return drain();
    },
  };
}
