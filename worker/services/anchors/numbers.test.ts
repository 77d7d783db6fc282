import { expect, test } from "vitest";
import { doubtOf } from "./test-passage.ts";

test.each([
  ["Le loyer s’élève à 1,250.50 €.", "Le loyer s’élève à 1 250,50 €."],
  ["Le loyer s’élève à 1.250,5 euros.", "Le loyer s’élève à 1250,50 €."],
  ["Le taux est de 15 pour cent.", "Le taux est de 15 %."],
  ["The rate is 15 percent.", "The rate is 15%."],
  ["Le budget atteint 12 millions d’euros.", "Le budget atteint 12 M€."],
  ["The budget reaches €12 million.", "The budget reaches 12 million euros."],
  ["The budget reaches $1.2bn.", "The budget reaches 1,200 million dollars."],
  ["La durée est de 3 mois.", "La durée est de trois mois."],
  ["La prime vaut deux cent cinquante euros.", "La prime vaut 250 €."],
  ["Elle compte quatre-vingt-dix-sept salariés.", "Elle compte 97 salariés."],
  ["The list has twenty-five names.", "The list has 25 names."],
  ["La distance est de 2,5 km.", "La distance est de 2500 m."],
  ["The warranty lasts two years.", "The warranty lasts 24 months."],
  ["La séance commence à 14:30.", "La séance commence à 14h30."],
  ["The session starts at 14:30.", "The session starts at 2:30 p.m."],
  ["Ce château date du 19e siècle.", "Ce château date du XIXe siècle."],
  ["The castle dates from the 19th century.", "The castle dates from the nineteenth century."],
  ["Le délai va de 30 à 60 jours.", "Le délai va de 30 jours à 60 jours."],
  ["Members submit the form within 10 days.", "Members submit the form within ten (10) days."],
  ["Le préavis est de 1 mois.", "Le préavis est d’un mois."],
  ["La prime est de 300 euros.", "Prime (en euros) | 300\nLa prime est de 300, versée en une fois."],
])("“%s” says what “%s” says", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe(null);
});

test.each([
  ["Le loyer s’élève à 1 350,50 euros par mois.", "Le loyer s’élève à 1 250,50 euros par mois."],
  ["Le taux applicable est de 1,5 %.", "Le taux applicable est de 15 %."],
  ["The third chapter explains the method.", "The fourth chapter explains the method."],
  ["Ce château date du XVIIIe siècle.", "Ce château date du XIXe siècle."],
  ["Version 4.1.3 of the tool adds exports.", "Version 4.1.2 of the tool adds exports."],
  ["Le vol de Lyon part à 15h30.", "Le vol de Lyon part à 14h30."],
  // The other number stands elsewhere in the passage, and even in the sentence.
  ["La durée du stage est de 5 mois.", "La durée du stage est de 3 mois. La durée du contrat est de 5 mois."],
  ["The first phase lasts 6 weeks and the last 6.", "The first phase lasts 6 weeks and the last 4."],
])("“%s” has another number than “%s”", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe("number_differs");
});

test.each([
  ["La durée est alors de 3 mois.", "La durée est alors de 3 jours, et de 6 mois ensuite."],
  ["Le loyer mensuel est de 500 $.", "Le loyer mensuel est de 500 €."],
  ["La distance totale est de 5 m.", "La distance totale est de 5 km."],
  ["The unemployment rate fell by 5 points.", "The unemployment rate fell by 5 %."],
  ["Les frais sont de 50 euros par mois.", "Les frais sont de 50 euros par an."],
])("“%s” has another unit than “%s”", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe("unit_differs");
});

test("the number of a list item claims nothing", () => {
  expect(doubtOf("3. Le préavis est d’un mois.", "Le préavis est d’un mois.")).toBe(null);
});
