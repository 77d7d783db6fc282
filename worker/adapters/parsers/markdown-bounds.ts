const MARK = /[ \t]*(?:(>)|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))/y;
const RULE = /^ {0,3}([-*_])[ \t]*(?:\1[ \t]*){2,}$/;

/** UTF-16 units of the longest line. */
export function longestLine(source: string): number {
  let longest = 0;
  for (const [start, end] of lineSpans(source)) longest = Math.max(longest, end - start);
  return longest;
}

/**
 * Upper bound of lists and quotations inside each other. Only their marks count, since indentation alone nests
 * nothing: quote marks by line, list marks by the columns of the items still open.
 */
export function deepestNesting(source: string): number {
  let deepest = 0;
  const open: number[] = [];
  for (const [start, end] of lineSpans(source)) {
    const line = source.slice(start, end);
    if (RULE.test(line)) continue;
    let quotes = 0;
    MARK.lastIndex = 0;
    for (let mark = MARK.exec(line); mark; mark = MARK.exec(line)) {
      if (mark[1]) quotes += 1;
      else {
        const column = mark.index + mark[0].search(/\S/);
        while ((open.at(-1) ?? -1) >= column) open.pop();
        open.push(column);
      }
    }
    deepest = Math.max(deepest, quotes + open.length);
  }
  return deepest;
}

function* lineSpans(source: string): Generator<[start: number, end: number]> {
  for (let start = 0; start < source.length; ) {
    const newline = source.indexOf("\n", start);
    const end = newline === -1 ? source.length : newline;
    yield [start, end];
    start = end + 1;
  }
}
