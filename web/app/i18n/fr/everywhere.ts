import type { FrenchOf } from "../catalogue.ts";
import type { everywhere as english } from "../en/everywhere.ts";

export const everywhere: FrenchOf<typeof english> = {
  brand: "Ancre",
  retry: "Réessayer",
  cancel: "Annuler",
  close: "Fermer",
  requestId: "Requête {{id}}",
  loading: "Chargement…",
  showMore: "Afficher la suite",
  notFoundTitle: "Il n’y a rien à cette adresse",
  notFoundHint: "La page a peut-être changé de place, ou le lien est incomplet.",
  crashTitle: "La page n’a pas pu s’afficher",
  backHome: "Revenir à Ancre",
  documents_one: "{{count, number}} document",
  documents_many: "{{count, number}} documents",
  documents_other: "{{count, number}} documents",
  passages_one: "{{count, number}} passage",
  passages_many: "{{count, number}} passages",
  passages_other: "{{count, number}} passages",
  pages_one: "{{count, number}} page",
  pages_many: "{{count, number}} pages",
  pages_other: "{{count, number}} pages",
  slides_one: "{{count, number}} diapositive",
  slides_many: "{{count, number}} diapositives",
  slides_other: "{{count, number}} diapositives",
};
