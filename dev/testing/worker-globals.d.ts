import type { R2Bucket as PlatformBucket, Queue as PlatformQueue } from "@cloudflare/workers-types";

/** What the Worker's sources name without importing it, for what runs some of them in Node. */
declare global {
  /** A file here is Node's, whose streams aren't the platform's. */
  type R2Bucket = Omit<PlatformBucket, "put"> & {
    put(...args: [key: string, value: unknown, ...rest: unknown[]]): Promise<unknown>;
  };
  type Queue<Body> = PlatformQueue<Body>;
  interface Crypto {
    readonly DigestStream: new (
      algorithm: "SHA-256",
    ) => WritableStream<Uint8Array> & { digest: Promise<ArrayBuffer> };
  }
}
