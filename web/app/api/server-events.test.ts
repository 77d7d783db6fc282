import { expect, test } from "vitest";
import { readServerEvents, type ServerEvent } from "./server-events.ts";

async function read(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of readServerEvents(body)) events.push(event);
  return events;
}

const STREAM =
  ': keep-alive\n\nid: 2.19.0\nevent: delta\ndata: {"text":"Le préavis — 1 mois"}\n\nevent: done\r\ndata: {}\r\n\r\n';

test.each([1, 3, 7, 4096])("events survive chunks of %i bytes", async (size) => {
  expect(await read(STREAM, size)).toEqual([
    { id: "2.19.0", event: "delta", data: { text: "Le préavis — 1 mois" } },
    { event: "done", data: {} },
  ]);
});

test("an event cut off by the end of the stream is dropped", async () => {
  expect(await read('event: delta\ndata: {"text":"whole"}\n\nevent: delta\ndata: {"te', 5)).toHaveLength(1);
});
