import { expect, test } from "vitest";
import { doubtOf } from "./test-passage.ts";

test.each([
  ["Les frais ne sont pas remboursables.", "Les frais ne sont pas remboursables, sauf accord écrit."],
  [
    "Les frais sont dus au départ.",
    "Les frais sont dus au départ, mais ils ne sont pas remboursables en cas d’annulation tardive.",
  ],
  [
    "The fee covers meals and drinks.",
    "The fee covers meals and drinks, although it does not include transport to the site.",
  ],
  ["The deposit isn’t refundable.", "The deposit is not refundable."],
  ["The deposit is non-refundable.", "The deposit is not refundable."],
  ["Le travail n’est pas autorisé le lundi.", "Le travail est interdit le lundi."],
  ["Work is not allowed on Mondays.", "Work is forbidden on Mondays."],
  ["Le salarié ne peut être licencié.", "Le salarié ne peut pas être licencié."],
  ["Il n’y a aucun frais de dossier.", "Aucun frais de dossier n’est demandé."],
  ["Le plafond n’est que de 500 euros.", "Le plafond est seulement de 500 euros."],
  ["Il a plus de trois enfants.", "Il a plus de 3 enfants."],
])("“%s” denies what “%s” denies", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe(null);
});

test.each([
  ["The deposit is refundable.", "The deposit is not refundable."],
  ["The deposit cannot be refunded.", "The deposit can be refunded."],
  ["Le dépôt n’est jamais remboursable.", "Le dépôt est remboursable."],
  ["Le dépôt est remboursable.", "Le dépôt n’est plus remboursable."],
  ["Les visiteurs n’entrent pas par la porte nord.", "Les visiteurs entrent par la porte nord."],
  ["Visitors never enter by the main gate.", "Visitors enter by the main gate."],
  ["Visitors enter by the main gate.", "Visitors don’t enter by the main gate."],
  ["Il travaille avec un contrat dans la société.", "Il travaille sans contrat dans la société."],
  ["Le travail est autorisé le dimanche.", "Le travail est interdit le dimanche."],
  ["Revenue decreased by 5% in 2019.", "Revenue increased by 5% in 2019."],
  [
    "Le badge est obligatoire pour les mineurs.",
    "Le badge n’est pas obligatoire pour les mineurs, mais il est obligatoire pour les adultes.",
  ],
  [
    "The fee doesn’t cover meals and drinks.",
    "The fee covers meals and drinks, although it does not include transport to the site.",
  ],
])("“%s” turns “%s” around", (sentence, passage) => {
  expect(doubtOf(sentence, passage)).toBe("negation_differs");
});
