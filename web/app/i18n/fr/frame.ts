import type { FrenchOf } from "../catalogue.ts";
import type { frame as english } from "../en/frame.ts";

export const frame: FrenchOf<typeof english> = {
  navigation: "Principale",
  skip: "Aller au contenu",
  ask: "Questions",
  library: "Bibliothèque",
  usage: "Usage",
  workspace: "Espace",
  find: "Trouver",
  preferences: "Préférences",
  language: "Langue",
  languages: { en: "English", fr: "Français" },
  theme: "Thème",
  themes: { system: "Comme le système", light: "Clair", dark: "Sombre" },
  offlineTitle: "Vous êtes hors ligne.",
  offline: "Ce que vous écrivez est conservé. Ancre reprend dès que le réseau revient.",
  expiredTitle: "Votre session a expiré.",
  expired: "Rien de ce que vous avez écrit n’est perdu. Reconnectez-vous, puis reprenez où vous en étiez.",
  goOn: "Reprendre",
  signIn: "Se connecter",
  signUp: "Créer un compte",
  signOut: "Se déconnecter",
  account: "Compte",
  noSignInTitle: "Ici, personne ne se connecte",
  noSignIn:
    "Ce déploiement n’a pas de clés d’un fournisseur d’identité : chacun est l’utilisateur de développement.",
  titles: {
    ask: "Ancre — des réponses ancrées dans vos documents",
    start: "Premiers pas — Ancre",
    library: "Bibliothèque — Ancre",
    document: "Document — Ancre",
    usage: "Offre et usage — Ancre",
    signIn: "Connexion — Ancre",
    signUp: "Créer un compte — Ancre",
    notFound: "Introuvable — Ancre",
  },
};
