import type { R2MultipartUpload, R2UploadedPart } from "@cloudflare/workers-types";
import type { FileStore } from "../../context.ts";

/** Bytes of a part but the last, and of what is stored at once; R2 takes no less than 5 MiB. */
const PART_BYTES = 8 * 1024 * 1024;

export type PartWriter = {
  write(chunk: Uint8Array): Promise<void>;
  /** The object is there once this is done. */
  finish(): Promise<void>;
  /** Leaves nothing in the store. */
  abort(): Promise<void>;
};

/** Writes an object of unknown length while it holds one part of it; a small one is put at once. */
export function openPartWriter(files: FileStore, key: string): PartWriter {
  let upload: R2MultipartUpload | undefined;
  const parts: R2UploadedPart[] = [];
  let held: Uint8Array[] = [];
  let size = 0;

  const takeHeld = () => {
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const chunk of held) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    held = [];
    size = 0;
    return bytes;
  };
  const sendPart = async () => {
    upload ??= await files.createMultipartUpload(key);
    parts.push(await upload.uploadPart(parts.length + 1, takeHeld()));
  };

  return {
    async write(chunk) {
      for (let rest = chunk; rest.length > 0; ) {
        // All parts but the last must be of the same size.
        const fitting = rest.subarray(0, PART_BYTES - size);
        held.push(fitting);
        size += fitting.length;
        rest = rest.subarray(fitting.length);
        if (size === PART_BYTES) await sendPart();
      }
    },
    async finish() {
      if (!upload) {
        await files.put(key, takeHeld());
        return;
      }
      if (size > 0) await sendPart();
      await upload.complete(parts);
    },
    async abort() {
      await upload?.abort();
      // Completing may have failed on the way back.
      await files.delete(key);
    },
  };
}
