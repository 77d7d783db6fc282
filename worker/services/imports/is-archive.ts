/** Bytes in which Office and OpenDocument files say what they are; the former need not do so at once. */
const HEAD_BYTES = 65_536;
const MADE_OF_ZIP = /\[Content_Types\]\.xml|mimetypeapplication\//;
/** The first file's header, or the end of an archive without any (APPNOTE 4.3.7, 4.3.16). */
const ZIP = ["PK\x03\x04", "PK\x05\x06"];

/** Whether a file is an archive of documents, by its bytes: a ZIP that is none of the formats that are one inside. */
export async function isArchive(file: File): Promise<boolean> {
  const head = new TextDecoder("latin1").decode(await file.slice(0, HEAD_BYTES).arrayBuffer());
  return (
    ZIP.some((mark) => head.startsWith(mark)) && !MADE_OF_ZIP.test(head) && !/\.(docx|pptx)$/i.test(file.name)
  );
}
