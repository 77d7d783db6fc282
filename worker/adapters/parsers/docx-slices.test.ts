import { expect, test } from "vitest";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { sliceBody } from "./docx-slices.ts";

test("a long body is cut between its children, and the slices together are the body", () => {
  const child = `<w:p a="/"><w:r><w:t>${"x".repeat(90_000)}</w:t><w:br/></w:r></w:p>`;
  const slices = [...sliceBody(`<w:body>${child.repeat(25)}</w:body>`)];
  expect(slices).toHaveLength(3);
  const inner = slices.map((slice) => slice.slice("<w:body>".length, -"</w:body>".length));
  expect(inner.join("")).toBe(child.repeat(25));
});

test("a tag that never ends is passed over once", { timeout: atThisSpeed(5_000) }, () => {
  const source = `<w:body><w:${"p".repeat(1_500_000)}</w:body>`;
  expect([...sliceBody(source)].join("")).toBe(source);
});
