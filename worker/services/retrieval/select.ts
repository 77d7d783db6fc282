/** What selection reads of a ranked chunk. */
type Selectable = { document_id: string; text: string; score: number };

/** Words of a shingle, and the share of the smaller text's shingles that makes two texts the same (Broder 1997). */
const SHINGLE_WORDS = 5;
const SAME_TEXT = 0.85;
/** Share of the passages that one document may take while others have something as good to say. */
const DOCUMENT_SHARE = 0.75;
/** What another document's chunk must score, beside the one that it takes the place of. */
const NEARLY_AS_GOOD = 0.8;

/**
 * The `topK` chunks to read, out of many, best first: a text that says again what a better one says is left out (a
 * second copy of a file, a clause repeated on each form), and one document doesn't crowd out the others.
 */
export function selectChunks<T extends Selectable>(ranked: T[], topK: number): T[] {
  return shareOut(withoutCopies(ranked, topK * 3), topK);
}

/** The first `limit` that aren't copies. The same words with other numbers are another text: last year's rate, say. */
function withoutCopies<T extends Selectable>(ranked: T[], limit: number): T[] {
  const kept: T[] = [];
  const withNumbers = new Map<string, Array<() => Set<string>>>();
  for (const chunk of ranked) {
    if (kept.length === limit) break;
    const numbers = chunk.text.match(/\d+/g)?.join(" ") ?? "";
    const others = withNumbers.get(numbers) ?? [];
    const shingles = once(() => shinglesOf(chunk.text));
    if (others.some((other) => overlap(other(), shingles()))) continue;
    withNumbers.set(numbers, [...others, shingles]);
    kept.push(chunk);
  }
  return kept;
}

/** Cutting a text into shingles is what costs, and few texts have another's numbers. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function shinglesOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_WORDS <= words.length; at++) {
    shingles.add(words.slice(at, at + SHINGLE_WORDS).join(" "));
  }
  // A text too short for a shingle is its own.
  return shingles.size > 0 ? shingles : new Set([words.join(" ")]);
}

function overlap(a: Set<string>, b: Set<string>): boolean {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  const least = SAME_TEXT * small.size;
  let found = 0;
  for (const shingle of small) if (large.has(shingle)) found++;
  return found >= least;
}

/** The best `topK`, of which a document that has had its share gives way to one that is nearly as good. */
function shareOut<T extends Selectable>(ranked: T[], topK: number): T[] {
  const share = Math.max(1, Math.ceil(topK * DOCUMENT_SHARE));
  const taken = new Map<string, number>();
  const chosen: T[] = [];
  const queue = [...ranked];
  while (chosen.length < topK) {
    const first = queue[0];
    if (!first) break;
    const withinShare = ({ document_id }: T) => (taken.get(document_id) ?? 0) < share;
    const next = queue.findIndex(
      (chunk) => withinShare(chunk) && chunk.score >= NEARLY_AS_GOOD * first.score,
    );
    const [chunk = first] = queue.splice(Math.max(0, next), 1);
    taken.set(chunk.document_id, (taken.get(chunk.document_id) ?? 0) + 1);
    chosen.push(chunk);
  }
  return chosen;
}
