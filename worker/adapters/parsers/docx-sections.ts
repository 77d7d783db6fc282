const TAG = /<(\/?)w:(p|sectPr|type)(?=[\s/>])([^<>]*)>/g;

/**
 * Ends the last page of each section with an explicit page break. A section's own properties stand in its last
 * paragraph and say how it starts (ECMA-376 part 1, 17.6.22), so the next section's tell whether this one ends its
 * page: it does unless that is "continuous".
 */
export function withSectionBreaks(source: string): string {
  const { ends, continuous } = sectionsOf(source);
  const parts: string[] = [];
  let from = 0;
  ends.forEach((end, index) => {
    if (continuous[index + 1]) return;
    parts.push(source.slice(from, end), '<w:r><w:br w:type="page"/></w:r>');
    from = end;
  });
  parts.push(source.slice(from));
  return parts.join("");
}

/** For each section, where the paragraph that ends it ends (the last has none) and whether it starts on a page begun. */
function sectionsOf(source: string): { ends: number[]; continuous: boolean[] } {
  const ends: number[] = [];
  const continuous: boolean[] = [];
  const closing: boolean[] = [];
  let inProperties = false;
  for (const { 0: tag, 1: close, 2: name, 3: attributes = "", index } of source.matchAll(TAG)) {
    const empty = tag.endsWith("/>");
    if (name === "p") {
      if (close && closing.pop()) ends.push(index);
      else if (!close && !empty) closing.push(false);
    } else if (name === "sectPr") {
      inProperties = !close && !empty;
      if (close) continue;
      continuous.push(false);
      if (closing.length > 0) closing[closing.length - 1] = true;
    } else if (inProperties && /w:val="continuous"/.test(attributes)) {
      continuous[continuous.length - 1] = true;
    }
  }
  return { ends, continuous };
}
