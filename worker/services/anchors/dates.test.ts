import { expect, test } from "vitest";
import { doubtOf } from "./test-passage.ts";

test.each([
  ["Le contrat débute le 3 mars 2024.", "Le contrat débute le 03/03/2024."],
  ["Le contrat débute le 3 mars 2024.", "Le contrat débute le 2024-03-03."],
  ["The contract starts on March 3, 2024.", "The contract starts on 3 March 2024."],
  ["The contract starts on 15 March 2024.", "The contract starts on 03/15/2024."],
  ["Le contrat débute le 1 janvier 2023.", "Le contrat débute le 1er janvier 2023."],
  ["Le contrat débute en mars 2024.", "Le contrat débute le 3 mars 2024."],
  ["Le contrat débute en 2024.", "Le contrat débute le 3 mars 2024."],
  ["Le stage a lieu du 3 mars au 5 mars 2024.", "Le stage a lieu du 3 au 5 mars 2024."],
  ["Le stage débute le 3 mars 2024.", "En 2024, le stage débute le 3 mars."],
  ["The shop is closed on Mondays.", "The shop is closed on Mondays and Tuesdays."],
])("“%s” says what “%s” says", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe(null);
});

test.each([
  ["Le contrat débute le 3 mai 2024.", "Le contrat débute le 3 mars 2024."],
  ["Le contrat débute le 4 mars 2024.", "Le contrat débute le 3 mars 2024."],
  ["Le contrat débute le 2024-03-04.", "Le contrat débute le 3 mars 2024."],
  ["Le contrat débute en mars 2023.", "Le contrat débute le 3 mars 2024."],
  ["La mairie a été construite en 2021.", "La mairie a été construite en 2019, et rénovée en 2021."],
  ["The shop is closed on Tuesday.", "The shop is closed on Monday."],
])("“%s” has another date than “%s”", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe("date_differs");
});
