// biome-ignore lint/style/noRestrictedImports: workerd has it too (nodejs_compat), and nothing else inflates at once.
import { inflateSync } from "node:zlib";

/** What PDF.js uses of the streams it makes to inflate a page's content. */
type Inflater = {
  writable: { getWriter(): { ready: undefined; write(packed: Uint8Array): Promise<void>; close(): void } };
  readable: Iterable<Uint8Array>;
};

const global = globalThis as unknown as { DecompressionStream: unknown };
const Streaming = DecompressionStream;
/** PDFs that are open in this isolate: what PDF.js finds under a global name can't be told to one alone. */
let open = 0;

/**
 * Lets PDF.js inflate pages in one go while a PDF is open: their few kilobytes take a tenth of the time that a
 * `DecompressionStream` takes to be set up and waited for. Other formats than a PDF's are inflated as ever. Gives back
 * what ends it; calling that again does nothing.
 */
export function inflateAtOnce(): () => void {
  let held = true;
  open += 1;
  global.DecompressionStream = AtOnce;
  return () => {
    if (held) open -= 1;
    held = false;
    if (open === 0) global.DecompressionStream = Streaming;
  };
}

function AtOnce(
  format: ConstructorParameters<typeof DecompressionStream>[0],
): Inflater | DecompressionStream {
  if (format !== "deflate") return new Streaming(format);
  let packed: Uint8Array = new Uint8Array();
  return {
    writable: {
      getWriter: () => ({
        ready: undefined,
        async write(bytes) {
          packed = bytes;
        },
        close() {},
      }),
    },
    readable: {
      // What doesn't inflate throws when it is read, and PDF.js then reads it as far as it goes.
      *[Symbol.iterator]() {
        yield inflateSync(packed);
      },
    },
  };
}
