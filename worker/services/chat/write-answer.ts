import type { Locale, TenantContext } from "../../context.ts";
import type { Citation, Unanchored, Usage } from "../../db/schema/answer.ts";
import { type AnswerPiece, createAnswerStream } from "../anchors/answer-stream.ts";
import { citeSentence } from "../anchors/cite.ts";
import { contentTerms } from "../anchors/terms.ts";
import type { Passage } from "../retrieval/retrieve.ts";
import { buildPrompt } from "./build-prompt.ts";
import { estimateTokens } from "./estimate-tokens.ts";
import type { ChatEvent, FinishReason } from "./events.ts";
import { createLinkGate } from "./foreign-links.ts";
import type { OpenedQuestion } from "./open-question.ts";
import { createRefusalGate } from "./refusal.ts";

/** Tokens an answer may have. */
const MAX_ANSWER_TOKENS = 1_200;
/** Sentences with fewer content words ("Voici :", "In short:") claim nothing that needs an anchor. */
const MIN_CLAIM_TERMS = 3;

/** What is written so far; filled while the model writes, kept whatever happens to the stream. */
export type AnswerDraft = {
  text: string;
  citations: Citation[];
  unanchored: Unanchored[];
  refused: boolean;
  finishReason: FinishReason;
  usage: Usage;
  /** The model that was asked; null until it is. */
  model: string | null;
  refuse(text: string): void;
};

export function createAnswerDraft(): AnswerDraft {
  return {
    text: "",
    citations: [],
    unanchored: [],
    refused: false,
    finishReason: "stop",
    usage: { embedding_tokens: 0, prompt_tokens: 0, completion_tokens: 0 },
    model: null,
    refuse(text) {
      this.refused = true;
      this.text = text;
    },
  };
}

type Prompt = { opened: OpenedQuestion; passages: Passage[]; language: Locale; question: string };

/** Asks the model and anchors what it writes, sentence by sentence. Leaves `draft.refused` set when it declines. */
export async function* writeAnswer(
  ctx: TenantContext,
  prompt: Prompt,
  draft: AnswerDraft,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent, void> {
  const { opened, passages } = prompt;
  const gate = createRefusalGate();
  const links = createLinkGate([...passages.map(({ text }) => text), prompt.question].join("\n"));
  const stream = createAnswerStream(passages.length);
  const messages = buildPrompt({ ...prompt, ...opened, boundary: crypto.randomUUID().slice(0, 8) });
  draft.model = opened.assistant.model ?? ctx.chat.name;
  draft.usage.prompt_tokens = estimateTokens(messages.map(({ content }) => content).join("\n"));
  draft.usage.estimated = true;
  const deltas = ctx.chat.stream({
    model: opened.assistant.model,
    temperature: opened.assistant.temperature,
    maxTokens: MAX_ANSWER_TOKENS,
    messages,
    signal,
  });
  const publish = function* (pieces: AnswerPiece[]): Generator<ChatEvent> {
    draft.text = stream.text();
    for (const piece of pieces) {
      if (piece.kind === "text") yield { event: "delta", data: { text: piece.text } };
      else yield* anchor(piece.sentence, passages, draft);
    }
  };
  let written = "";
  try {
    for await (const delta of deltas) {
      written += delta.text;
      if (delta.usage) {
        draft.usage.estimated = false;
        draft.usage.prompt_tokens = delta.usage.promptTokens;
        draft.usage.completion_tokens = delta.usage.completionTokens;
      }
      if (delta.finishReason) draft.finishReason = delta.finishReason;
      yield* publish(stream.push(links.push(gate.push(delta.text))));
    }
  } finally {
    if (draft.usage.estimated) draft.usage.completion_tokens = estimateTokens(written);
  }
  draft.refused = gate.refused();
  yield* publish([...stream.push(links.push(gate.rest()) + links.rest()), ...stream.end()]);
}

/** A sentence's citations; one that claims something and has none is put down as unanchored. */
function* anchor(
  sentence: { text: string; range: { start: number; end: number }; sources: number[] },
  passages: Passage[],
  draft: AnswerDraft,
): Generator<ChatEvent> {
  const isClaim = contentTerms(sentence.text).size >= MIN_CLAIM_TERMS;
  const cited = isClaim || sentence.sources.length > 0 ? citeSentence(sentence, passages) : [];
  if (isClaim && cited.length === 0) {
    draft.unanchored.push({ answer_start: sentence.range.start, answer_end: sentence.range.end });
  }
  for (const citation of cited) {
    draft.citations.push(citation);
    yield { event: "citation", data: citation };
  }
}
