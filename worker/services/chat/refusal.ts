import type { Locale } from "../../context.ts";
import { NO_ANSWER } from "./build-prompt.ts";

const REFUSAL: Record<Locale, string> = {
  fr: "Je n’ai pas trouvé la réponse dans les documents de cet assistant.",
  en: "I couldn’t find the answer in this assistant’s documents.",
};

/** What the reader sees when the passages don't hold the answer. */
export function refusalText(language: Locale): string {
  return REFUSAL[language];
}

/**
 * Holds back the beginning of the model's text until it is known whether it says `NO_ANSWER`. `push` gives the
 * text that may be shown; `refused` is settled once anything was shown or the stream ended.
 */
export function createRefusalGate() {
  let held = "";
  let open = false;
  return {
    push(delta: string): string {
      if (open) return delta;
      held += delta;
      const start = bare(held);
      if (start.startsWith(NO_ANSWER) || NO_ANSWER.startsWith(start)) return "";
      open = true;
      return held;
    },
    refused: () => !open && bare(held).startsWith(NO_ANSWER),
    /** What is still held at the end of a stream that was no refusal. */
    rest: () => (open || bare(held).startsWith(NO_ANSWER) ? "" : held),
  };
}

/** What a model wrote without the quotes or emphasis that some put around the word, in capitals. */
function bare(text: string): string {
  return text.replace(/^[\s"'*`«“[(]+/, "").toUpperCase();
}
