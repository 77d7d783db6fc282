/** SHA-256 of a text's UTF-8, in hexadecimal. */
export async function sha256Hex(text: string): Promise<string> {
  return toHex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}

/** SHA-256 of what a stream carries, in hexadecimal, without holding it. */
export async function sha256OfStream(stream: ReadableStream<Uint8Array>): Promise<string> {
  const digest = new crypto.DigestStream("SHA-256");
  await stream.pipeTo(digest);
  return toHex(await digest.digest);
}

/** SHA-256 of what is written piece by piece. */
export function openSha256(): {
  write(chunk: Uint8Array): Promise<void>;
  hex(): Promise<string>;
  abort(): Promise<void>;
} {
  const stream = new crypto.DigestStream("SHA-256");
  stream.digest.catch(() => {});
  const writer = stream.getWriter();
  return {
    write: (chunk) => writer.write(chunk),
    async hex() {
      await writer.close();
      return toHex(await stream.digest);
    },
    abort: () => writer.abort(),
  };
}

function toHex(bytes: ArrayBuffer): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
