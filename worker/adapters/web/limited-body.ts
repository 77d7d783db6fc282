import { FetchFailure } from "../../ports/web.ts";

/** A response's body that fails with `FetchFailure`: "too_large" past a number of bytes, "unreachable" when it breaks off. */
export function limitedBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): ReadableStream<Uint8Array> {
  const reader = (body ?? new Blob([]).stream()).getReader();
  let total = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw cause instanceof FetchFailure
          ? cause
          : new FetchFailure("unreachable", `broken off: ${String(cause)}`, { cause });
      });
      if (done) return controller.close();
      total += value.byteLength;
      if (total > maxBytes) {
        await reader.cancel().catch(() => {});
        throw new FetchFailure("too_large", `more than ${maxBytes} bytes`);
      }
      controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
