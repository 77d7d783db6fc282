/** UTF-16 units of body XML given to mammoth at once: its trees take some 30 times as much memory. */
const SLICE_CHARS = 1_000_000;

/**
 * Cuts a Word body into documents of bounded size, between two children of the body. Reading them one after the
 * other gives the same text as reading the whole.
 */
export function* sliceBody(source: string): Generator<string> {
  const open = /<w:body\b[^<>]*>/.exec(source);
  const end = source.lastIndexOf("</w:body>");
  if (!open || end < 0 || source.length <= SLICE_CHARS) {
    yield source;
    return;
  }
  const head = source.slice(0, open.index + open[0].length);
  const tail = source.slice(end);
  let start = head.length;
  for (const seam of childEnds(source, head.length, end)) {
    if (seam - start < SLICE_CHARS) continue;
    yield head + source.slice(start, seam) + tail;
    start = seam;
  }
  if (start < end) yield head + source.slice(start, end) + tail;
}

/** The offsets at which children of the body end. */
function* childEnds(source: string, from: number, to: number): Generator<number> {
  const tags = /<(\/?)[\w:.-][^<>]*>/g;
  tags.lastIndex = from;
  let depth = 0;
  for (let tag = tags.exec(source); tag && tags.lastIndex <= to; tag = tags.exec(source)) {
    if (tag[1]) depth -= 1;
    else if (!tag[0].endsWith("/>")) depth += 1;
    if (depth === 0) yield tags.lastIndex;
  }
}
