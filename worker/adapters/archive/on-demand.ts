import type { ArchiveReader } from "../../ports/archive.ts";

/** `zipReader`, loaded by its first call: an isolate that only answers questions never does (decision 030). */
export const archivesOnDemand: ArchiveReader = {
  list: async (...args) => (await import("./zip-reader.ts")).zipReader.list(...args),
  open: async (...args) => (await import("./zip-reader.ts")).zipReader.open(...args),
};
