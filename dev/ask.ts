import { existsSync } from "node:fs";
import { basename } from "node:path";
import { askQuestion } from "./ask/ask-question.ts";
import { ingestFiles } from "./ask/ingest-files.ts";
import { terminalWords } from "./ask/words.ts";
import { createApiClient } from "./client/api.ts";
import { startStack } from "./stack.ts";
import { say, warn } from "./terminal.ts";

/** Exit codes of `npm run ask`: an answer, a failure with its reason, an honest refusal. */
const EXIT = { answered: 0, failed: 1, refused: 3 } as const;

const words = terminalWords(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || "");

/** The main job without a browser: starts what it needs, reads the files, streams the answer with its anchors. */
async function main(args: string[]): Promise<number> {
  const files = args.slice(0, -1);
  const question = args.at(-1);
  const missing = files.find((file) => !existsSync(file));
  if (!question || files.length === 0 || existsSync(question)) {
    warn(words.usage);
    return EXIT.failed;
  }
  if (missing) {
    warn(words.noFile(missing));
    return EXIT.failed;
  }
  say(words.starting);
  const stack = await startStack({ dataDir: null, ports: "free", web: false });
  try {
    const api = createApiClient({ url: stack.apiUrl, language: words.language });
    const collection = await api.json<{ id: string }>("POST", "/collections", {
      name: basename(files[0] ?? ""),
    });
    const failures = await ingestFiles(api, collection.id, files, words);
    if (failures === files.length) return EXIT.failed;
    const assistant = await api.json<{ id: string }>("POST", "/assistants", {
      name: "ask",
      collection_ids: [collection.id],
    });
    const { refused } = await askQuestion(api, assistant.id, question, words);
    return refused ? EXIT.refused : EXIT.answered;
  } finally {
    await stack.close();
  }
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  warn(error instanceof Error ? error.message : String(error));
  return EXIT.failed;
});
