import fc from "fast-check";
import { expect, test } from "vitest";
import { type AnswerPiece, createAnswerStream } from "./answer-stream.ts";

function run(deltas: string[], sources = 3): { text: string; pieces: AnswerPiece[] } {
  const stream = createAnswerStream(sources);
  const pieces = [...deltas.flatMap((delta) => stream.push(delta)), ...stream.end()];
  return { text: stream.text(), pieces };
}

function sentencesOf(pieces: AnswerPiece[]): Array<[string, number[]]> {
  return pieces.flatMap((piece) =>
    piece.kind === "sentence" ? [[piece.sentence.text, piece.sentence.sources] as [string, number[]]] : [],
  );
}

test("markers leave the text and stay with their sentence, before or after its full stop", () => {
  const { text, pieces } = run([
    "Le préavis est d’un mois [1]. Il court ",
    "dès la notification. [2] Fin [3].",
  ]);
  expect(text).toBe("Le préavis est d’un mois. Il court dès la notification. Fin.");
  expect(sentencesOf(pieces)).toEqual([
    ["Le préavis est d’un mois.", [1]],
    ["Il court dès la notification.", [2]],
    ["Fin.", [3]],
  ]);
});

test("a marker cut in two by the stream is still a marker, and one that names no source is dropped", () => {
  const { text, pieces } = run(["Three days a week [", "1, ", "9]", "[2]."]);
  expect(text).toBe("Three days a week.");
  expect(sentencesOf(pieces)).toEqual([["Three days a week.", [1, 2]]]);
});

test("brackets that are no marker stay in the text", () => {
  expect(run(["See [annex] and a[", "b] [2024 report"]).text).toBe("See [annex] and a[b] [2024 report");
});

test("a sentence comes out before the first letter of the next one", () => {
  const { pieces } = run(["One. [1] Two."]);
  expect(pieces.map((piece) => (piece.kind === "text" ? piece.text : "|"))).toEqual([
    "One.",
    "|",
    " Two.",
    "|",
  ]);
});

test("abbreviations, decimals and French spacing don't end or glue a sentence", () => {
  const { text, pieces } = run(["Selon l’art. 5, M. Dupont paie 3.5 € : est-ce clair ? [2] Oui."]);
  expect(text).toBe("Selon l’art. 5, M. Dupont paie 3.5 € : est-ce clair ? Oui.");
  expect(sentencesOf(pieces).map(([sentence]) => sentence)).toEqual([
    "Selon l’art. 5, M. Dupont paie 3.5 € : est-ce clair ?",
    "Oui.",
  ]);
});

test("a marker before a capital ends a line that has no full stop; one in mid-sentence doesn't", () => {
  const { text, pieces } = run(["Moins de 3 enfants | 1 an [1] Le congé, payé [2] ou non, est un droit."]);
  expect(text).toBe("Moins de 3 enfants | 1 an Le congé, payé ou non, est un droit.");
  expect(sentencesOf(pieces)).toEqual([
    ["Moins de 3 enfants | 1 an", [1]],
    ["Le congé, payé ou non, est un droit.", [2]],
  ]);
});

test("lines of a list are sentences of their own", () => {
  const { pieces } = run(["- premier point [1]\n- second point [2]\n"]);
  expect(sentencesOf(pieces)).toEqual([
    ["- premier point", [1]],
    ["- second point", [2]],
  ]);
});

test("however the stream is cut, the pieces join to the same text and ranges cut the same sentences", () => {
  const answer = "Un [1]. Deux mots [2], puis trois. [3]\n\nQuatre ! (Cinq) [1][2] « Six. » Sept";
  const whole = run([answer]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (sizes) => {
      const deltas: string[] = [];
      for (let at = 0, turn = 0; at < answer.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        deltas.push(answer.slice(at, at + size));
        at += size;
      }
      const cut = run(deltas);
      const joined = cut.pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("");
      expect(joined).toBe(cut.text);
      expect(cut.text).toBe(whole.text);
      expect(sentencesOf(cut.pieces)).toEqual(sentencesOf(whole.pieces));
      for (const piece of cut.pieces) {
        if (piece.kind !== "sentence") continue;
        const { range, text } = piece.sentence;
        expect(cut.text.slice(range.start, range.end)).toBe(text);
      }
    }),
  );
});

test("rows of a table and items of a nested list are sentences with the sources in them", () => {
  const { pieces } = run([
    "| Congé | 3 jours [1] |\n| RTT | 5 jours [2] |\n- premier [1]\n  - second [3]\n    1. troisième [2]",
  ]);
  expect(sentencesOf(pieces)).toEqual([
    ["| Congé | 3 jours |", [1]],
    ["| RTT | 5 jours |", [2]],
    ["- premier", [1]],
    ["- second", [3]],
    ["1. troisième", [2]],
  ]);
});

test("a character outside the basic plane isn't cut in two, however the stream is", () => {
  const { text, pieces } = run(["Bravo \ud83c", "\udf89 [1]. Suite 👩‍👧", " finie [2]."]);
  expect(text).toBe("Bravo 🎉. Suite 👩‍👧 finie.");
  expect(pieces.every((piece) => piece.kind !== "text" || piece.text.isWellFormed())).toBe(true);
  expect(sentencesOf(pieces).map(([, sources]) => sources)).toEqual([[1], [2]]);
});

/** What models write, in any order: words, markers, punctuation, line ends, signs of two code units. */
const FRAGMENT = fc.constantFrom(
  ..."Le| délai| court|.|. |, | [1]|[2]| [1, 3]|[9]|[| [|]|1|\n|\n- |\n  2. |\n\n| | |é| é|🎉| 👩‍👧|« |»| M. Durand| 3,5 %|!| ?|…|(cf|)| art. 5|**| :|"
    .split("|")
    .filter(Boolean),
);

test("any text gives the same pieces however it is cut, and every range cuts its sentence", () => {
  fc.assert(
    fc.property(
      fc.array(FRAGMENT, { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 12 }),
      (fragments, sizes) => {
        const written = fragments.join("");
        const deltas: string[] = [];
        for (let at = 0, turn = 0; at < written.length; turn++) {
          const size = sizes[turn % sizes.length] ?? 1;
          deltas.push(written.slice(at, at + size));
          at += size;
        }
        const cut = run(deltas);
        expect(joined(cut.pieces)).toEqual(joined(run([written]).pieces));
        let end = 0;
        for (const piece of cut.pieces) {
          if (piece.kind !== "sentence") continue;
          const { range, text, sources } = piece.sentence;
          expect(cut.text.slice(range.start, range.end)).toBe(text);
          expect(text).toBe(text.trim());
          expect(range.start).toBeGreaterThanOrEqual(end);
          expect(sources.every((source) => source >= 1 && source <= 3)).toBe(true);
          end = range.end;
        }
        expect(cut.text.replace(/\s/g, "")).toBe(
          sentencesOf(cut.pieces)
            .map(([text]) => text)
            .join("")
            .replace(/\s/g, ""),
        );
      },
    ),
    { numRuns: 500 },
  );
});

/** Pieces with the text between two sentences put together: where deltas end doesn't matter. */
function joined(pieces: AnswerPiece[]): AnswerPiece[] {
  const merged: AnswerPiece[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (piece.kind === "text" && last?.kind === "text") {
      merged[merged.length - 1] = { kind: "text", text: last.text + piece.text };
    } else merged.push(piece);
  }
  return merged;
}
