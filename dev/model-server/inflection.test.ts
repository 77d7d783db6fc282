import { expect, test } from "vitest";
import { inflectionsOf, readIrregularForms } from "./inflection.ts";

const IRREGULAR = readIrregularForms("# comment\n-tenir -tient -tenu\ngo went gone");

test("an irregular ending serves every word that ends so, an irregular word itself alone", () => {
  expect(inflectionsOf("obtenir", IRREGULAR)).toEqual(expect.arrayContaining(["obtient", "obtenu"]));
  expect(inflectionsOf("go", IRREGULAR)).toEqual(["went", "gone"]);
  expect(inflectionsOf("cargo", IRREGULAR)).toEqual([]);
});

test("regular French verbs have the tenses of tales, and short ones the common ones too", () => {
  expect(inflectionsOf("adopter", IRREGULAR)).toContain("adopterent");
  expect(inflectionsOf("voter", IRREGULAR)).toContain("votait");
  expect(inflectionsOf("finir", IRREGULAR)).toContain("finissaient");
  expect(inflectionsOf("fer", IRREGULAR)).toEqual([]);
});
