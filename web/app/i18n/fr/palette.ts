import type { FrenchOf } from "../catalogue.ts";
import type { palette as english } from "../en/palette.ts";

export const palette: FrenchOf<typeof english> = {
  title: "Tout trouver, tout faire",
  field: "Documents, assistants, conversations, actions…",
  actions: "Actions",
  pages: "Pages",
  documents: "Documents",
  assistants: "Assistants",
  conversations: "Conversations",
  newConversation: "Nouvelle conversation",
  addDocuments: "Ajouter des documents",
  firstSteps: "Premiers pas",
  theme: "Thème : {{name}}",
  language: "Langue : {{name}}",
  searching: "Recherche…",
  nothing: "Rien ne porte ce nom.",
  found_one: "{{count, number}} résultat",
  found_many: "{{count, number}} de résultats",
  found_other: "{{count, number}} résultats",
  failed: "La recherche n’a pas abouti",
  move: "pour se déplacer",
  choose: "pour ouvrir",
  leave: "pour fermer",
};
