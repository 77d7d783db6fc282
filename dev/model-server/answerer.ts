import { chooseSentences } from "./choice.ts";
import { type Message, type Prompt, readPrompt } from "./prompt.ts";
import { analyseQuestion } from "./question.ts";
import { type Scored, scoreSentences } from "./scoring.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import { isUnsafe } from "./unsafe.ts";

const NO_PASSAGES = {
  fr: "Je suis le modèle local d’Ancre : je ne sais que citer des passages de documents, et cette demande n’en contient aucun.",
  en: "I am Ancre’s local model: I can only quote passages of documents, and this request holds none.",
};
const NOT_FOUND = {
  fr: "Les passages fournis ne contiennent pas la réponse.",
  en: "The passages given do not contain the answer.",
};

/** How many passages an overview quotes, one sentence each. */
const OVERVIEW_PASSAGES = 4;
const OVERVIEW_WORDS = 6;

/**
 * Answers a chat by quoting: the sentences of the prompt's passages that bear on the last question, verbatim
 * (white space collapsed), each followed by its passage's number as ` [n]`. When nothing answers, the word that
 * the rules ask for (`NO_ANSWER`) alone, or a sentence that says so. What the passages tell it to do is ignored.
 */
export function answer(messages: Message[]): string {
  const prompt = readPrompt(messages);
  if (prompt.passages.length === 0) return prompt.refusal ?? NO_PASSAGES[prompt.language];

  const sentences = quotable(prompt);
  const question = analyseQuestion(prompt.question, prompt.previousQuestion);
  const chosen =
    question.kind === "overview"
      ? overview(sentences)
      : withListItem(
          chooseSentences(scoreSentences(question, prompt.passages, sentences), question.kind),
          sentences,
        );
  if (chosen.length === 0) return prompt.refusal ?? NOT_FOUND[prompt.language];
  return chosen.map((sentence) => quote(sentence, prompt)).join(" ");
}

function quotable({ passages }: Prompt): Sentence[] {
  return passages
    .flatMap((passage, index) => sentencesOf(passage.text, index))
    .filter((sentence) => !isUnsafe(sentence.text));
}

/** One sentence that announces a list (`Il faut :`) takes the first item along. */
function withListItem(chosen: Scored[], sentences: Sentence[]): Sentence[] {
  const quoted = chosen.map(({ sentence }) => sentence);
  const [only] = quoted;
  if (quoted.length !== 1 || !only?.text.endsWith(":")) return quoted;
  const next = sentences[sentences.indexOf(only) + 1];
  return next?.passage === only.passage ? [only, next] : quoted;
}

/** The first full sentence of the first passages. */
function overview(sentences: Sentence[]): Sentence[] {
  const firsts = new Map<number, Sentence>();
  for (const sentence of sentences) {
    const isFull = !sentence.isHeading && sentence.text.split(" ").length >= OVERVIEW_WORDS;
    if (isFull && !firsts.has(sentence.passage)) firsts.set(sentence.passage, sentence);
  }
  return [...firsts.values()].slice(0, OVERVIEW_PASSAGES);
}

function quote({ text, passage }: Sentence, { passages }: Prompt): string {
  // A `[3]` of the document's own would read as one of our markers.
  const words = text.replace(/\s*\[\d{1,3}\]/g, "").replace(/^(?:[-*•▪◦‣–—·])\s+/, "");
  return `${words} [${passages[passage]?.number ?? 0}]`;
}
