import type { ArchiveReader } from "../../ports/archive.ts";
import { listZip } from "./list-zip.ts";
import { openZipFile } from "./open-zip-file.ts";

export const zipReader: ArchiveReader = { list: listZip, open: openZipFile };
