import { parseHTML } from "linkedom/worker";

/** The text of an HTML fragment, tags and scripts gone, entities decoded, `<br>` and blocks as line ends. */
export function htmlText(fragment: string): string {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  document.body.innerHTML = fragment
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, "")
    .replace(/<!--[\s\S]*?(-->|$)/g, "")
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6]|\/summary)\b[^>]*>/gi, (tag) => `${tag}\n`)
    .replace(/<\/t[dh]>\s*/gi, "\t");
  return document.body.textContent ?? "";
}
