import type { Scenario } from "./scenario.ts";
import { readState } from "./state.ts";
import { collectionOf, importFiles, untilFinal, upload } from "./steps.ts";

export const deletingCollection: Scenario<string> = {
  name: "a deleted collection goes with its documents and with the import that was on its way, and the others stay",
  endings: ["death after"],
  alike: true,
  async prepare(at) {
    await upload(at, await collectionOf(at, "Kept"), "kept.md", "# Kept\n\nThis one stays.");
    const id = await collectionOf(at, "Gone");
    await upload(at, id, "gone.md", "# Gone\n\nThis one goes.");
    await untilFinal(at);
    // Its message is still in the queue when the collection is deleted.
    await importFiles(at, id, [new File(["# Late\n\nThis one never comes."], "late.md")]);
    return id;
  },
  async start(at, id) {
    await at.request("DELETE", `/collections/${id}`);
  },
  state: readState,
  clean: {
    documents: [{ filename: "kept.md", status: "ready" }],
    collections: [{ name: "Kept", deleted: false }],
    imports: [],
    objects: [{ key: "kept.md/1/original" }],
    receipts: [
      { subject: "collection", complete: true },
      { subject: "document", part: true, complete: true },
    ],
  },
};
