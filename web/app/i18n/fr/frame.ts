import type { FrenchOf } from "../catalogue.ts";
import type { frame as english } from "../en/frame.ts";

export const frame: FrenchOf<typeof english> = {
  navigation: "Principale",
  skip: "Aller au contenu",
  ask: "Questions",
  library: "Bibliothèque",
  assistants: "Assistants",
  usage: "Usage",
  settings: "Réglages",
  workspace: "Espace",
  preferences: "Préférences",
  language: "Langue",
  languages: { en: "English", fr: "Français" },
  theme: "Thème",
  themes: { system: "Comme le système", light: "Clair", dark: "Sombre" },
  offlineTitle: "Vous êtes hors ligne.",
  offline: "Ce que vous écrivez est conservé. Ancre reprend dès que le réseau revient.",
  expiredTitle: "Votre session a expiré.",
  expired:
    "Rien de ce que vous avez écrit n’est perdu. Reconnectez-vous dans un autre onglet, puis reprenez ici.",
  goOn: "Reprendre",
  titles: {
    ask: "Ancre — des réponses ancrées dans vos documents",
    library: "Bibliothèque — Ancre",
    assistants: "Assistants — Ancre",
    usage: "Offre et usage — Ancre",
    settings: "Réglages — Ancre",
    notFound: "Introuvable — Ancre",
  },
};
