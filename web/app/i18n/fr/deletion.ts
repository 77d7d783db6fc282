import type { FrenchOf } from "../catalogue.ts";
import type { deletion as english } from "../en/deletion.ts";

export const deletion: FrenchOf<typeof english> = {
  type: "Tapez « {{name}} » pour confirmer",
  complete: "Tout est parti : chaque stockage a été relu, et il n’en reste rien",
  purging: "Déjà hors de vue. La suppression se poursuit dans chaque stockage…",
  caption: "Ce qui a été supprimé",
  store: "Où",
  removed: "Supprimés",
  left: "Restants",
  stores: { rows: "Lignes en base", vectors: "Vecteurs de recherche", objects: "Fichiers conservés" },
  id: "Reçu {{id}}",
};
