import { ParseFailure } from "../../ports/document-parser.ts";

/** Name of the stream that holds an encrypted OOXML package ([MS-OFFCRYPTO] 2.3.4.4), in UTF-16LE. */
const ENCRYPTED_PACKAGE = "EncryptedPackage";

/**
 * The failure for an OLE compound file: "encrypted" for a password-protected DOCX or PPTX, "unsupported" for the
 * binary formats of Word and PowerPoint 97.
 */
export function compoundFileFailure(bytes: Uint8Array): ParseFailure {
  const wanted = [...ENCRYPTED_PACKAGE].flatMap((character) => [character.charCodeAt(0), 0]);
  // Directory sectors may lie anywhere; entries are aligned to 128 bytes ([MS-CFB] 2.6.1).
  for (let at = 0; at + wanted.length <= bytes.length; at += 128) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) {
      return new ParseFailure("encrypted", "OOXML package protected by a password");
    }
  }
  return new ParseFailure("unsupported", "OLE compound file: Word or PowerPoint 97");
}
