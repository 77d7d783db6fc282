export type Message = { role: string; content: string };

export type Passage = {
  /** The number to cite it by */
  number: number;
  /** The rest of its first line: file, page, headings */
  label: string;
  text: string;
};

/** What an answerer can know: nothing but the messages. */
export type Prompt = {
  passages: Passage[];
  question: string;
  /** The user's turn before the question, for a follow-up that leans on it */
  previousQuestion: string | null;
  /** What the rules ask for when the passages don't hold the answer; null when they ask for nothing */
  refusal: string | null;
  language: "fr" | "en";
};

// Tags alone on their lines: the rules name them too, in the middle of a sentence.
const BLOCK =
  /^<passages\s+boundary="([^"\s]+)"\s*>[^\S\n]*\n([\s\S]*?)(?:^<\/passages\s+\1\s*>|(?![\s\S]))/m;
const HEAD = /^\[(\d{1,3})\]\s*(.*)$/;
const REFUSAL = /\b(?:reply|answer|respond|réponds|répondez)[^.\n]{0,80}?\b(NO_ANSWER)\b/i;
const LANGUAGE = /\b(?:answer|reply|respond|write) in (french|english)\b/i;
const FRENCH =
  /[àâçéèêîôùû]|\b(?:le|la|les|un|une|des|du|est|sont|qui|que|quel|quelle|quels|quelles|comment|combien|pourquoi|dans)\b|\b[cdjlmnqst]['’]/i;

/** Reads the messages of a chat completion as ../../worker/services/chat/build-prompt.ts writes them, tolerantly. */
export function readPrompt(messages: Message[]): Prompt {
  const users = messages.filter((message) => message.role === "user");
  const rules = messages
    .filter((message) => message.role === "system" || message.role === "developer")
    .map((message) => message.content)
    .join("\n");
  const holder = messages.find((message) => message.role !== "assistant" && BLOCK.test(message.content));
  const instructions = (rules || holder?.content || "").replace(BLOCK, "");
  const question = (users.at(-1)?.content ?? "").replace(BLOCK, "").trim();
  const named = LANGUAGE.exec(instructions)?.[1]?.toLowerCase();
  return {
    passages: holder ? readPassages(holder.content) : [],
    question,
    previousQuestion: users.at(-2)?.content.replace(BLOCK, "").trim() || null,
    refusal: REFUSAL.exec(instructions)?.[1] ?? null,
    language: named === "french" || (named === undefined && FRENCH.test(question)) ? "fr" : "en",
  };
}

function readPassages(content: string): Passage[] {
  const [, boundary = "", body = ""] = BLOCK.exec(content) ?? [];
  const separator = `--- ${boundary} ---`;
  const lines = body.split("\n");
  const hasSeparators = lines.some((line) => line.trim() === separator);
  const passages: Passage[] = [];
  let expectHead = true;
  for (const line of lines) {
    if (line.trim() === separator) {
      expectHead = true;
      continue;
    }
    const head = expectHead || !hasSeparators ? HEAD.exec(line) : null;
    const last = passages.at(-1);
    if (head) {
      passages.push({ number: Number(head[1]), label: head[2] ?? "", text: "" });
      // Only a separator opens the next passage: a document may hold lines that look like `[3] …`.
      expectHead = !hasSeparators;
    } else if (last) {
      last.text += `${line}\n`;
    }
  }
  return passages;
}
