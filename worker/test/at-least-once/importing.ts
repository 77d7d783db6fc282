import { strToU8, zipSync } from "fflate";
import type { Scenario } from "./scenario.ts";
import { readState } from "./state.ts";
import { collectionOf, importFiles } from "./steps.ts";

const ARCHIVE = zipSync({
  "house/cellar.md": strToU8("# Cellar\n\nThe cellar is kept at twelve degrees all year round."),
  "house/photo.md": new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46]),
});

export const importing: Scenario<string> = {
  name: "an imported archive's files become documents, what is none is told, and nothing is kept of the archive",
  endings: ["after", "death after"],
  alike: true,
  prepare: (at) => collectionOf(at),
  async start(at, collectionId) {
    await importFiles(at, collectionId, [new File([ARCHIVE], "house.zip")]);
  },
  /**
   * Asked twice by a client that wasn't answered there are two imports, of which one finds the documents of the other; and
   * a request cut off between R2 and Postgres leaves an archive that nothing leads to (decision 024).
   */
  async state(at) {
    const { objects, imports, ...state } = await readState(at);
    const ends = new Set(imports.map((row) => JSON.stringify(row)));
    return {
      ...state,
      imports: [...ends].map((row) => JSON.parse(row) as unknown),
      objects: objects.filter(({ key }) => !key.startsWith("nobody's import/")),
    };
  },
  clean: {
    documents: [{ filename: "cellar.md", folder: "house", status: "ready" }],
    imports: [
      {
        state: "done",
        entries: [
          { name: "cellar.md", document: "cellar.md" },
          { name: "photo.md", document: null, error_code: "unsupported" },
        ],
      },
    ],
    objects: [{ key: "cellar.md/1/original" }],
  },
};
