/** From a match of `open`, a global pattern, to the end of the first `close` after it. */
export type XmlSpan = {
  open: RegExp;
  close: string | ((open: RegExpExecArray) => string);
  /** UTF-16 units; longer spans stay as they are. */
  most: number;
};

/**
 * Replaces spans of XML source. Where each end tag comes next is remembered, so that a file of start tags without
 * end costs linear time, as long as `close` gives a handful of different strings.
 */
export function replaceSpans(source: string, span: XmlSpan, replace: (found: string) => string): string {
  const { open, close, most } = span;
  const next = new Map<string, number>();
  const kept: string[] = [];
  let from = 0;
  open.lastIndex = 0;
  for (let start = open.exec(source); start; start = open.exec(source)) {
    const closing = typeof close === "string" ? close : close(start);
    let at = next.get(closing) ?? -1;
    if (at < open.lastIndex) {
      at = source.indexOf(closing, open.lastIndex);
      if (at === -1) at = Number.POSITIVE_INFINITY;
      next.set(closing, at);
    }
    const end = at + closing.length;
    if (end - start.index > most) continue;
    kept.push(source.slice(from, start.index), replace(source.slice(start.index, end)));
    from = end;
    open.lastIndex = end;
  }
  kept.push(source.slice(from));
  return kept.join("");
}
