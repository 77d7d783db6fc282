import type { Messages } from "./en.ts";
import { planFr } from "./plan-fr.ts";
import { quantitiesOf } from "./quantities.ts";

const count = new Intl.NumberFormat("fr");
const { number, money, seconds } = quantitiesOf("fr");
const sizes = ["byte", "kilobyte", "megabyte"] as const;

function some(n: number, one: string, many: string): string {
  return `${count.format(n)} ${n < 2 ? one : many}`;
}

/** Every text of the dashboard in French. */
export const fr: Messages = {
  pageTitle: "Ancre — des réponses ancrées dans vos documents",
  skipToQuestion: "Aller à la question",
  language: "Langue",
  retry: "Réessayer",
  requestId: (id) => `Requête ${id}`,
  loading: "Chargement…",
  notFoundTitle: "Il n’y a rien à cette adresse",
  crashTitle: "La page n’a pas pu s’afficher",
  backHome: "Revenir à Ancre",
  problems: {
    malformed_request: "Cette demande n’a pas pu être lue.",
    unsupported_media_type: "Cette demande n’a pas pu être lue.",
    invalid_request: "Cette demande n’a pas pu être acceptée.",
    unauthenticated: "Vous n’êtes pas connecté, ou votre session a expiré. Connectez-vous, puis réessayez.",
    forbidden: "Votre rôle ne le permet pas. Adressez-vous à un propriétaire de l’espace.",
    tenant_required: "Vous appartenez à plusieurs espaces et aucun n’est choisi.",
    not_found: "Cet élément n’existe plus. Il a peut-être été supprimé.",
    conflict: "Quelque chose a changé entre-temps. Rechargez la page, puis réessayez.",
    idempotency_mismatch:
      "Cette demande a déjà été envoyée avec un autre contenu. Rechargez la page, puis réessayez.",
    rate_limited: "Trop de demandes à la fois. Rien n’est perdu : attendez une minute, puis réessayez.",
    too_large: "Ce fichier est trop volumineux.",
    quota_exceeded: "La limite de votre offre est atteinte.",
    billing_unavailable:
      "Cette installation n’encaisse pas de paiements. L’offre est décidée par qui l’exploite.",
    upstream_unavailable:
      "Le modèle ne répond pas pour l’instant. Rien n’est perdu : réessayez dans un moment.",
    internal: "Un problème est survenu de notre côté. Rien n’a changé chez vous : réessayez.",
    unreachable: "Ancre est injoignable. Vérifiez votre connexion, puis réessayez.",
    interrupted: "La réponse s’est interrompue avant la fin. Ce qui est arrivé est conservé : réessayez.",
  },
  plan: planFr,

  library: "Bibliothèque",
  collection: "Collection",
  newCollectionName: "Bibliothèque",
  chooseFiles: "Choisir des fichiers",
  dropHint: "ou déposez-les n’importe où",
  dropNow: "Déposez pour importer",
  formats: "PDF, DOCX, PPTX, HTML, Markdown ou texte, 50 Mio au plus",
  emptyLibrary: "Rien à lire pour l’instant",
  emptyLibraryHint:
    "Ajoutez un contrat, une notice, un rapport. Ancre le lit page par page ; ensuite, interrogez-le.",
  documentsCount: (n) => some(n, "document", "documents"),
  showMore: "Afficher la suite",
  waitingToSend: "En attente d’envoi",
  sending: "Envoi…",
  queued: "En attente de lecture",
  opening: "Ouverture…",
  reading: (done, total) => `Lecture : page ${count.format(done)} sur ${count.format(total)}`,
  indexing: (done, total) => `Indexation : ${count.format(done)} sur ${some(total, "passage", "passages")}`,
  pages: (n) => some(n, "page", "pages"),
  slides: (n) => some(n, "diapositive", "diapositives"),
  passages: (n) => some(n, "passage", "passages"),
  size(bytes) {
    const power = Math.min(2, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
    return new Intl.NumberFormat("fr", {
      style: "unit",
      unit: sizes[power] ?? "byte",
      unitDisplay: "short",
      maximumFractionDigits: power === 2 ? 1 : 0,
    }).format(bytes / 1000 ** power);
  },
  pagesWithoutText: (n) => `${some(n, "page", "pages")} sans texte, non ${n < 2 ? "lue" : "lues"}`,
  failed: "Non lu",
  notFollowed: "Le suivi de la lecture s’est arrêté",
  refusedUpload: "Non importé",
  dismiss: (name) => `Retirer ${name} de la liste`,
  remove: (name) => `Supprimer ${name}`,
  removeQuestion: (name) => `Supprimer ${name} ?`,
  removeEffect: "Il disparaît aussitôt des listes, des recherches et des prochaines réponses.",
  removeConfirm: "Supprimer",
  cancel: "Annuler",
  readyAnnouncement: (name) => `${name} est prêt`,
  failedAnnouncement: (name) => `${name} n’a pas pu être lu`,

  ask: "Question",
  assistant: "Assistant",
  newAssistantName: "Assistant",
  question: "Votre question",
  questionPlaceholder: "Interrogez vos documents…",
  questionBlocked: "Ajoutez d’abord un document",
  questionWaits: "Posez votre question dès qu’un document est lu",
  send: "Demander",
  stop: "Arrêter",
  newConversation: "Nouvelle conversation",
  emptyThread: "Que voulez-vous savoir ?",
  emptyThreadHint:
    "Chaque phrase de la réponse mène à la page et aux mots exacts sur lesquels elle s’appuie.",
  hasRead: (documents) => `${documents} pour vous répondre`,
  yourQuestion: "Vous avez demandé",
  conversation: "Conversation",
  searching: "Recherche…",
  readingPassages: (n) => `Lecture de ${some(n, "passage", "passages")}…`,
  writing: "Rédaction…",
  stoppedEarly: "Vous avez arrêté avant le début de la réponse.",
  stopped: "Vous avez arrêté cette réponse. Ce qui est écrit est conservé.",
  cutShort: "La réponse a atteint sa longueur maximale.",
  filtered: "Le filtre de contenu du modèle a mis fin à cette réponse.",
  nearestPassages: "Les passages les plus proches",
  refusedHint: "Formulez la question autrement, ou ajoutez le document qui contient la réponse.",
  passagesRead: (n) => `${some(n, "passage lu", "passages lus")}`,
  doubts: {
    not_in_source: "introuvable dans la source",
    number_differs: "un chiffre diffère de la source",
    unit_differs: "une unité diffère de la source",
    date_differs: "une date diffère de la source",
    name_differs: "un nom diffère de la source",
    negation_differs: "la source dit le contraire",
    unanchored: "aucune source ne le dit",
  },
  receipt: {
    title: "Détail",
    tokens: "Jetons",
    tokenSplit: (prompt, completion, embedding) =>
      `${number(prompt)} lus, ${number(completion)} écrits, ${number(embedding)} pour la recherche`,
    estimated: "estimation",
    cost: "Coût",
    costUnknown: "prix de ce modèle inconnu",
    money,
    model: "Modèle",
    time: "Durée",
    steps: {
      preparing: "préparation",
      searching: "recherche",
      waiting: "attente du modèle",
      writing: "rédaction",
      rest: "autre",
    },
    seconds,
    passages: "Passages",
    cited: (cited, total) =>
      `${number(cited)} ${cited < 2 ? "cité" : "cités"} sur ${number(total)} ${total < 2 ? "lu" : "lus"}`,
    notCounted: "Cette question n’est pas décomptée de votre offre.",
  },
  mark: (n, where) => `Source ${n} : ${where}`,

  source: "Source",
  closeSource: "Fermer la source",
  previousAnchor: "Précédente",
  nextAnchor: "Suivante",
  anchorOf: (n, total) => `${n} sur ${total}`,
  place: { page: (n) => `page ${n}`, slide: (n) => `diapositive ${n}` },
  section: (n) => `section ${n}`,
  quoteOnly: "Voici la citation telle que la réponse l’a donnée :",
  passageNotLocated: "Ce passage se poursuit sur une autre page ; il n’est donc pas surligné.",
};
