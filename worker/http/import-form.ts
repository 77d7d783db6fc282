import { AppError } from "../errors.ts";
import type { IncomingFiles } from "../services/imports/import-files.ts";
import type { IncomingFile } from "../services/imports/stage-files.ts";
import { type IncomingForm, readFormParts } from "./form-parts.ts";
import { Id } from "./schemas/fields.ts";

/** Files of one request; more are an archive's business. */
const MAX_FILES = 500;

/** Written as it is documented: validating it would take the whole form into memory first. */
export const FilesForm = {
  type: "object" as const,
  required: ["collection_id", "file"],
  properties: {
    collection_id: { type: "string" as const, format: "uuid" },
    file: {
      type: "array" as const,
      maxItems: MAX_FILES,
      items: { type: "string" as const, format: "binary" },
      description:
        "One or many, read while they are sent, with their folders in their names. One over the limit of a file fails " +
        "alone. A ZIP alone is unpacked, with its folders as labels",
    },
  },
};

/**
 * The files of an import's form, under `file`, while they are sent, and the collection they are for, under
 * `collection_id`, wherever in the form it stands. Reading throws what `readFormParts` does, and `invalid_request`.
 */
export function readImportForm(form: IncomingForm): IncomingFiles {
  let collectionId: string | undefined;
  async function* files(): AsyncGenerator<IncomingFile> {
    let count = 0;
    for await (const part of readFormParts(form, MAX_FILES + 1)) {
      if ("value" in part) {
        if (part.name === "collection_id") collectionId = part.value;
        continue;
      }
      if (part.name !== "file") throw invalid(part.name, "There is no such field.");
      if (++count > MAX_FILES)
        throw invalid("file", `One request may have ${MAX_FILES} files. Pack more as a ZIP.`);
      yield part;
    }
    if (count === 0) throw invalid("file", "A file is required.");
  }
  return {
    files: files(),
    collectionId() {
      const parsed = Id.safeParse(collectionId);
      if (!parsed.success)
        throw invalid("collection_id", parsed.error.issues[0]?.message ?? "A UUID is required.");
      return parsed.data;
    },
  };
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid_request", "Some fields are not valid.", { fields: [{ path, message }] });
}
