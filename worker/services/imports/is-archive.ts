/** Bytes in which Office and OpenDocument files say what they are; the former need not do so at once. */
export const HEAD_BYTES = 65_536;
const MADE_OF_ZIP = /\[Content_Types\]\.xml|mimetypeapplication\//;
/** The first file's header, or the end of an archive without any (APPNOTE 4.3.7, 4.3.16). */
const ZIP = ["PK\x03\x04", "PK\x05\x06"];

/** Whether a file is an archive of documents, by its first bytes: a ZIP that is none of the formats that are one inside. */
export function isArchive(filename: string, head: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(head.subarray(0, HEAD_BYTES));
  return (
    ZIP.some((mark) => text.startsWith(mark)) && !MADE_OF_ZIP.test(text) && !/\.(docx|pptx)$/i.test(filename)
  );
}
