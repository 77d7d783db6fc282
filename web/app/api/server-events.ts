import { ApiProblem } from "./problem.ts";

/** `id`: what the API is told of when the stream is to go on after this event. */
export type ServerEvent = { id?: string; event: string; data: unknown };

/**
 * Reads server-sent events as they come, however the network cuts them; comments are passed over. Throws `ApiProblem`
 * "interrupted" when the connection is lost.
 */
export async function* readServerEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const reader = body.getReader();
  const read = () =>
    reader.read().catch(() => {
      throw new ApiProblem("interrupted");
    });
  const decoder = new TextDecoder();
  let buffer = "";
  try {
    for (let chunk = await read(); !chunk.done; chunk = await read()) {
      buffer = `${buffer}${decoder.decode(chunk.value, { stream: true })}`.replaceAll("\r\n", "\n");
      const blocks = buffer.split("\n\n");
      buffer = blocks.pop() ?? "";
      for (const block of blocks) {
        const event = parseBlock(block);
        if (event) yield event;
      }
    }
  } finally {
    // Leaving early tells the API that nobody listens any more; after a failure there is nothing to tell.
    await reader.cancel().catch(() => undefined);
  }
}

function parseBlock(block: string): ServerEvent | null {
  let event = "message";
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value = ""] = /^(\w+):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") event = value;
    else if (field === "id") id = value;
    else if (field === "data") data.push(value);
  }
  if (data.length === 0) return null;
  return { ...(id === undefined ? {} : { id }), event, data: JSON.parse(data.join("\n")) };
}
