import type { ParseWarning } from "../../ports/document-parser.ts";

/** What earlier slices warned of and what this one does; the pages of one kind of warning come together. */
export function mergeWarnings(before: ParseWarning[], now: ParseWarning[]): ParseWarning[] {
  const merged = new Map(before.map((warning) => [warning.code, warning]));
  for (const warning of now) {
    const known = merged.get(warning.code);
    const pages = new Set([...(known?.pages ?? []), ...(warning.pages ?? [])]);
    merged.set(warning.code, {
      ...warning,
      ...(pages.size > 0 ? { pages: [...pages].sort((a, b) => a - b) } : {}),
    });
  }
  return [...merged.values()];
}
