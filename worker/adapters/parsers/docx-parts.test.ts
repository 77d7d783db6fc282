import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { atThisSpeed } from "../../test/machine-speed.ts";
import { readWordParts } from "./docx-parts.ts";
import type { GuardedZip } from "./zip-guard.ts";

const MAIN = "word/document.xml";
const readable = (body: string) => {
  const zip: GuardedZip = { names: () => [MAIN], has: (name) => name === MAIN, read: () => strToU8(body) };
  return readWordParts(zip).parts[MAIN] ?? "";
};

test("start tags without end tags cost linear time", { timeout: atThisSpeed(5_000) }, () => {
  const opens = [
    "<w:r><w:rPr></w:rPr>",
    "<w:r><w:rPr>",
    "<w:rPrChange>",
    "<w:pageBreakBefore/>",
    "<w:p><w:pPr><w:sectPr>",
    "<m:oMath><m:fPr>",
  ];
  for (const open of opens) expect(readable(open.repeat(100_000))).not.toBe("");
});

test("properties and changes of formatting go, marks of deletion stay", () => {
  const source =
    '<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:rPr><w:del/></w:rPr><w:t>b</w:t></w:r></w:p>';
  expect(readable(source)).toBe(
    "<w:p><w:pPr></w:pPr><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:del/></w:rPr><w:t>b</w:t></w:r></w:p>",
  );
});
