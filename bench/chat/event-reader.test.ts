import { expect, test } from "vitest";
import { createEventReader } from "./event-reader.ts";

test("events are the same however their text is cut", () => {
  const text =
    'event: delta\ndata: {"text":"é"}\n\n: keep-alive\n\ndata: one\ndata:two\n\nevent: done\ndata: {}\n\n';
  const whole = createEventReader()(text);
  expect(whole).toEqual([
    { event: "delta", data: '{"text":"é"}' },
    { event: "message", data: "one\ntwo" },
    { event: "done", data: "{}" },
  ]);
  const read = createEventReader();
  expect([...text].flatMap((character) => read(character))).toEqual(whole);
});

test("an event without its end isn't told", () => {
  const read = createEventReader();
  expect(read("data: half\n")).toEqual([]);
  expect(read("\n")).toEqual([{ event: "message", data: "half" }]);
});
