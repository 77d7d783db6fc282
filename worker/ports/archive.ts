/** A stored file that is read by range. */
export type ByteSource = {
  size: number;
  /** `length` bytes from `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<ReadableStream<Uint8Array>>;
};

/** Where an archive keeps one file, and what its directory claims of it. Sizes are in bytes. */
export type ArchivedFile = {
  /** The path as it is written there: nothing to be trusted. */
  path: string;
  offset: number;
  packed_bytes: number;
  /** Reading stops there: a directory that claims less than there is lies. */
  size_bytes: number;
  crc32: number;
  method: number;
  encrypted: boolean;
  /** False for links, which have a path for content. */
  regular: boolean;
};

export type ArchiveFailureReason = "archive_corrupt" | "archive_hostile" | "corrupt" | "encrypted";

/** What an archive, or a file in it, can't be read for. */
export class ArchiveFailure extends Error {
  override readonly name = "ArchiveFailure";
  readonly reason: ArchiveFailureReason;
  constructor(reason: ArchiveFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A file's first bytes, some thousands if it has so many, and all of it. */
export type OpenedFile = { head: Uint8Array; body: ReadableStream<Uint8Array> };

/** Reads archives without ever holding one. */
export interface ArchiveReader {
  /**
   * Its files in the directory's order, without folders. Throws `ArchiveFailure` "archive_corrupt", or
   * "archive_hostile" for more than a person packs: entries, bytes, ratio, or entries that lie over each other.
   */
  list(source: ByteSource): Promise<ArchivedFile[]>;
  /**
   * A file, inflated as it is asked for. This and the stream fail with `ArchiveFailure`: "encrypted", or "corrupt" when
   * more or fewer or others come than the directory says.
   */
  open(source: ByteSource, file: Omit<ArchivedFile, "path">): Promise<OpenedFile>;
}
