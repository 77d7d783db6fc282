import { readJson } from "../../api/client.ts";
import type { Conversation, Message } from "../../api/shapes.ts";
import { saveFile } from "../../components/save-file.ts";
import { usePlaceWords } from "../../source/use-place-words.ts";
import { withFootnotes } from "../footnotes.ts";
import { turnOfMessage } from "../turn.ts";

/** Saves a conversation as a Markdown file, each answer with its notes. */
export function useExport(): (conversation: Conversation) => Promise<void> {
  const place = usePlaceWords();
  return async ({ id, assistant_id, title }) => {
    const path = `/chat/${assistant_id}/conversations/${id}`;
    const { messages } = await readJson<{ messages: Message[] }>(path);
    const parts = messages.map(
      (message) => `## ${message.question}\n\n${withFootnotes(turnOfMessage(message), place)}`,
    );
    const text = `# ${title}\n\n${parts.join("\n\n")}\n`;
    saveFile(`${title}.md`, new Blob([text], { type: "text/markdown" }));
  };
}
