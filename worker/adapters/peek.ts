/** The first bytes of a stream, at least `bytes` of them if it has so many, and a stream of all of it. */
export async function peek(
  stream: ReadableStream<Uint8Array>,
  bytes: number,
): Promise<{ head: Uint8Array; whole: ReadableStream<Uint8Array> }> {
  const reader = stream.getReader();
  const read: Uint8Array[] = [];
  let total = 0;
  let ended = false;
  while (total < bytes && !ended) {
    const { done, value } = await reader.read();
    ended = done;
    if (value) {
      read.push(value);
      total += value.byteLength;
    }
  }
  const head = new Uint8Array(total);
  let at = 0;
  for (const piece of read) {
    head.set(piece, at);
    at += piece.byteLength;
  }
  const whole = new ReadableStream<Uint8Array>({
    start(controller) {
      if (total > 0) controller.enqueue(head);
      if (ended) controller.close();
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { head, whole };
}
