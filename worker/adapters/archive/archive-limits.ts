import { type ArchivedFile, ArchiveFailure } from "../../ports/archive.ts";

/** Files of one archive; a share of 10,000 documents is more than any plan but the largest takes in. */
export const MAX_FILES = 10_000;
/** Bytes of a directory: 10,000 files with long names and many extra fields take a third. */
export const MAX_DIRECTORY_BYTES = 8_000_000;
/** Bytes that all files together may claim: ten times the largest archive. */
const MAX_CLAIMED_BYTES = 10 * 2 ** 30;
/** Claimed over packed bytes; text seldom passes 20, bombs start at several hundred. */
const MAX_RATIO = 200;
/** Bytes that may be claimed before the ratio matters: small repetitive files compress without limit. */
const RATIO_FREE_BYTES = 10_000_000;
/** Bytes of a file's own header, at least (APPNOTE 4.3.7). */
const LOCAL_HEADER_BYTES = 30;

/**
 * Refuses an archive by what its directory claims. What it really inflates to is bounded by that, since reading a file
 * stops at its claim. Throws `ArchiveFailure` "archive_hostile".
 */
export function refuseHostile(files: ArchivedFile[], archiveBytes: number): void {
  const claimed = files.reduce((sum, file) => sum + file.size_bytes, 0);
  const packed = files.reduce((sum, file) => sum + file.packed_bytes, 0);
  if (claimed > MAX_CLAIMED_BYTES) throw hostile(`claims ${claimed} bytes`);
  if (claimed > RATIO_FREE_BYTES && claimed > packed * MAX_RATIO)
    throw hostile(`ratio of ${claimed}/${packed}`);
  refuseOverlaps(files, archiveBytes);
}

/** Files that share bytes are how a small archive holds petabytes (Fifield, "A better zip bomb", 2019). */
function refuseOverlaps(files: ArchivedFile[], archiveBytes: number): void {
  let end = 0;
  for (const file of files.toSorted((a, b) => a.offset - b.offset)) {
    if (file.offset < end) throw hostile("files overlap");
    end = file.offset + LOCAL_HEADER_BYTES + file.packed_bytes;
  }
  if (end > archiveBytes) throw hostile("files end behind the archive");
}

function hostile(why: string): ArchiveFailure {
  return new ArchiveFailure("archive_hostile", `the archive ${why}`);
}
