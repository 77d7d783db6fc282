import type { ApiClient } from "../client/api.ts";
import type { CitationJson } from "../client/shapes.ts";
import { say } from "../terminal.ts";
import { write } from "./live-line.ts";
import type { Words } from "./words.ts";

/** Streams an answer to the terminal, each sentence followed by its anchors' numbers, then lists the anchors. */
export async function askQuestion(
  api: ApiClient,
  assistantId: string,
  question: string,
  words: Words,
): Promise<{ refused: boolean }> {
  const anchors = new Map<string, { number: number; citation: CitationJson }>();
  let refused: boolean | undefined;
  write("\n");
  for await (const { event, data } of api.events("POST", `/chat/${assistantId}/stream`, {
    message: question,
  })) {
    if (event === "delta") write((data as { text: string }).text);
    if (event === "citation") write(` [${numberOf(data as CitationJson, anchors)}]`);
    if (event === "done") refused = (data as { refused: boolean }).refused;
    if (event === "error") throw new Error((data as { detail: string }).detail);
  }
  if (refused === undefined) throw new Error("The answer was cut before its end.");
  say("");
  if (anchors.size > 0) say(`\n${words.anchors}`);
  for (const { number, citation } of anchors.values()) {
    const doubt = citation.reason ? `  (${words.unverified}: ${words.doubt(citation.reason)})` : "";
    const quote = words.quote(citation.quote.replace(/\s+/g, " "));
    say(`[${number}] ${citation.filename}, ${words.place(citation)} — ${quote}${doubt}`);
  }
  return { refused };
}

/** Two sentences resting on the same words share a number. */
function numberOf(
  citation: CitationJson,
  anchors: Map<string, { number: number; citation: CitationJson }>,
): number {
  const { document_id, page, char_start, char_end } = citation;
  const key = [document_id, page, char_start, char_end].join(":");
  const known = anchors.get(key) ?? { number: anchors.size + 1, citation };
  anchors.set(key, known);
  return known.number;
}
