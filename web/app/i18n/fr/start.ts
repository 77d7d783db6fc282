import type { FrenchOf } from "../catalogue.ts";
import type { start as english } from "../en/start.ts";

export const start: FrenchOf<typeof english> = {
  title: "Premiers pas",
  lead: "D’un fichier à une réponse vérifiable, en une minute.",
  skip: "Passer",

  nameTitle: "Nommez votre espace",
  nameField: "Nom de l’espace",
  nameSave: "Garder ce nom",
  nameKept: "Il s’appelle {{name}}.",
  nameElsewhere: "Vous êtes dans {{name}}.",

  fileTitle: "Ajoutez un premier document",
  choose: "Choisir un fichier",
  dropHint: "ou déposez‑le n’importe où sur cette page",
  dropNow: "Déposez‑le ici",
  formats: "PDF, DOCX, PPTX, HTML, Markdown ou texte, jusqu’à 50 Mio",
  trySample: "Essayer avec un exemple",
  sampleHint: "Le livret d’une entreprise imaginaire, en une page.",
  oneFile: "« {{name}} » passe en premier. Ajoutez les autres ensuite, dans la bibliothèque.",
  collectionName: "Bibliothèque",
  notSent: "Le fichier n’a pas été pris en charge",
  another: "Choisir un autre fichier",

  readTitle: "Ancre le lit",
  readHint: "Page par page : chaque réponse pourra montrer les mots exacts.",
  sending: "Envoi de {{name}}…",
  queued: "En attente de son tour…",
  opening: "Ouverture de {{name}}…",
  page: "Page {{done, number}} sur {{total, number}}",
  passage: "Passage {{done, number}} sur {{total, number}}",
  read: "{{name}} est lu : {{pages}}.",
  sections_one: "{{count, number}} section",
  sections_many: "{{count, number}} sections",
  sections_other: "{{count, number}} sections",
  failed: "{{name}} n’a pas pu être lu",
  notFollowed: "La lecture ne peut pas être suivie",

  askTitle: "Posez votre première question",
  askHint: "Celles‑ci viennent de ses titres.",
  askOwn: "Votre propre question",
  askOwnHint: "Ou posez la vôtre.",
  about: "Qu’en est-il de « {{heading}} » ?",
  assistantName: "Assistant",
  ask: "Demander",
  askMore: "Demander autre chose",
  stop: "Arrêter",

  doneTitle: "Voilà une réponse que vous pouvez vérifier",
  doneHint:
    "Chaque petit numéro ouvre la page aux mots exacts. Cliquez sur l’un d’eux, ou parcourez‑les avec [ et ].",
  goOn: "Continuer dans Questions",
  toLibrary: "Ajouter d’autres documents",
};
