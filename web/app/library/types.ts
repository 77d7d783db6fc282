/** What a reader calls a media type. */
export type TypeName = "pdf" | "docx" | "pptx" | "html" | "markdown" | "text";

export function typeName(mediaType: string): TypeName {
  if (mediaType === "application/pdf") return "pdf";
  if (mediaType.endsWith("wordprocessingml.document")) return "docx";
  if (mediaType.endsWith("presentation")) return "pptx";
  if (mediaType === "text/html") return "html";
  return mediaType === "text/markdown" ? "markdown" : "text";
}
