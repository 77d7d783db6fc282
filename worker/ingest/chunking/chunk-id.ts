import { derivedId } from "../../services/derived-id.ts";

/** A chunk's id: writing the same chunk again meets its own. */
export function chunkId(documentId: string, version: number, ordinal: number): Promise<string> {
  return derivedId(`${documentId}/${version}/${ordinal}`);
}
