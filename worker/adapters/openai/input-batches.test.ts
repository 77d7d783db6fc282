import fc from "fast-check";
import { expect, test } from "vitest";
import { CHUNK_SIZES } from "../../ingest/chunking/chunk-pages.ts";
import { inputBatches } from "./input-batches.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

test("no request passes any limit in bytes, which tokens never outnumber, and none of the texts is lost or moved", () => {
  const limits = { inputs: 5, requestTokens: 200, inputTokens: 60 };
  const texts = fc.array(fc.string({ unit: "binary", minLength: 1, maxLength: 90 }), { maxLength: 40 });
  fc.assert(
    fc.property(texts, (inputs) => {
      const requests = [...inputBatches(inputs, limits)];
      for (const request of requests) {
        expect(request.length).toBeGreaterThan(0);
        expect(request.length).toBeLessThanOrEqual(limits.inputs);
        expect(bytes(request.join(""))).toBeLessThanOrEqual(limits.requestTokens);
      }
      const sent = requests.flat();
      expect(sent).toHaveLength(inputs.length);
      for (const [index, input] of inputs.entries()) {
        const piece = sent[index] ?? "";
        expect(input.startsWith(piece)).toBe(true);
        expect(piece.isWellFormed() || !input.isWellFormed()).toBe(true);
        if (bytes(input) <= limits.inputTokens) expect(piece).toBe(input);
        else expect(bytes(piece)).toBeGreaterThan(limits.inputTokens - 4);
      }
    }),
  );
});

test("a chunk in any script is sent whole under OpenAI's limit of one input, with headings of half its own length", () => {
  const openAi = { inputs: 2_048, requestTokens: 300_000, inputTokens: 8_192 };
  for (const letter of ["a", "é", "語", "𒀀"]) {
    const text = letter.repeat((CHUNK_SIZES.max * 1.5) / letter.length);
    expect([...inputBatches([text], openAi)]).toEqual([[text]]);
  }
});
