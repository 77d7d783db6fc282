import type { DocumentParser } from "../../ports/document-parser.ts";
import type { DocumentParserOptions } from "./document-parser.ts";

/** `createDocumentParser`, loaded by its first call (decision 030). */
export function parserOnDemand(options: DocumentParserOptions): DocumentParser {
  return {
    async open(file) {
      const { createDocumentParser } = await import("./document-parser.ts");
      return createDocumentParser(options).open(file);
    },
  };
}
