import type { Scenario } from "./scenario.ts";
import { readState } from "./state.ts";
import { collectionOf, replace, untilFinal, upload } from "./steps.ts";

const edition = (name: string) =>
  `# Cellar\n\nThe ${name} edition keeps the cellar cool.\n\n# Attic\n\nThe ${name} edition keeps the attic warm.`;

export const restoring: Scenario<string> = {
  name: "the version before is read again, and nothing is left of the update that was on its way",
  endings: ["death after"],
  async prepare(at) {
    const { id } = await upload(at, await collectionOf(at), "note.md", edition("first"));
    await untilFinal(at);
    await replace(at, String(id), edition("second"));
    await untilFinal(at);
    await replace(at, String(id), edition("third"));
    // Its pages and chunks are there, its vectors aren't.
    at.arm({ at: /embeddings/, ending: "before" });
    await at.deliver(at.queue.splice(0, 1));
    return String(id);
  },
  async start(at, id) {
    await at.request("POST", `/documents/${id}/versions/1/restore`);
  },
  state: readState,
  clean: {
    documents: [{ status: "ready", published_version: 1 }],
    versions: [{ state: "complete" }, { state: "complete" }, { state: "failed" }],
  },
};
