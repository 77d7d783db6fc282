/**
 * Loads what the Worker imports at first use. Here, unlike in a bundle, such an import is a request for a file, and two
 * of the Worker's requests that wait for the same one can't share it.
 */
await Promise.all([
  import("../app.ts"),
  import("../background.ts"),
  import("openai/client"),
  import("stripe"),
  import("@clerk/backend"),
  import("@clerk/backend/webhooks"),
  import("../adapters/archive/zip-reader.ts"),
  import("../adapters/web/web-reader.ts"),
  import("../adapters/parsers/document-parser.ts"),
  import("../adapters/parsers/pdf.ts"),
  import("../adapters/parsers/html.ts"),
  import("../adapters/parsers/markdown.ts"),
  import("../adapters/parsers/plain-text.ts"),
  import("../adapters/parsers/pptx.ts"),
  import("../adapters/parsers/docx.ts"),
]);

export {};
