import type { FrenchOf } from "../catalogue.ts";
import type { usage as english } from "../en/usage.ts";

export const usage: FrenchOf<typeof english> = {
  title: "Offre et usage",
  planIn: "Offre {{plan}} · {{month}}",
  planNames: { free: "Gratuite", pro: "Pro" },
  metrics: {
    questions: "Questions",
    pages: "Pages lues",
    documents: "Documents",
    storage_bytes: "Stockage",
    assistants: "Assistants",
    members: "Membres",
  },
  stops: {
    questions: "Plus aucune question ne peut être posée",
    pages: "Plus aucune page n’est lue",
    documents: "Plus aucun document ne peut être ajouté",
    storage_bytes: "Plus aucun fichier ne peut être ajouté",
    assistants: "Plus aucun assistant ne peut être créé",
    members: "Plus personne ne peut rejoindre l’espace",
  },
  reliefs: {
    questions: "",
    pages: "",
    documents: "Supprimer des documents libère de la place.",
    storage_bytes: "Supprimer des documents libère de la place.",
    assistants: "Supprimer un assistant libère aussitôt une place.",
    members: "Retirer un membre libère aussitôt une place.",
  },

  thisMonth: "Ce mois‑ci",
  usedOf: "{{used}} sur {{limit}}",
  resets: "repart à zéro le {{date}}",
  heldMembers: "retirer libère une place",
  held: "supprimer libère de la place",
  near: "Limite bientôt atteinte",
  fullUntil: "{{stop}} avant le {{date}}.",
  full: "{{stop}}. {{relief}}",
  proAllowsMore: "L’offre Pro en permet davantage.",
  models: "Les modèles ont traité {{tokens, number}} jetons ce mois‑ci : {{cost}} au tarif public.",

  plans: "Les offres",
  yourPlan: "Votre offre",
  perMonth: "par mois",
  maxFile: "Un fichier, au plus",
  maxImport: "Un import, au plus",
  noCharge: "Sans frais",
  price: "{{sum}} par {{interval}}",
  intervals: { day: "jour", week: "semaine", month: "mois", year: "an" },
  priceUnknown: "Le prix ne peut pas s’afficher pour l’instant",
  testMode: "Mode test : aucun argent réel",

  subscription: "Abonnement",
  freeNow: "Vous êtes à l’offre Gratuite, qui ne coûte rien.",
  proPitch: "L’offre Pro accueille les documents de toute une équipe. Elle se résilie à tout moment.",
  proNow: "Vous êtes à l’offre Pro.",
  proGiven: "L’offre Pro a été ouverte à cet espace sans abonnement : il n’y a rien à payer ni à gérer ici.",
  renews: "Elle se renouvelle le {{date}}.",
  ends: "L’offre Pro prend fin le {{date}}. Tout ce que vous avez reste : ensuite, les limites de l’offre Gratuite valent pour vos ajouts. D’ici là, vous pouvez reprendre l’abonnement.",
  upgrade: "Passer à l’offre Pro",
  manage: "Gérer l’abonnement",
  fixPayment: "Régulariser le paiement",
  leaving: "Ouverture de Stripe…",
  overdueTitle: "Le dernier paiement n’a pas abouti",
  overdueOnPro:
    "L’offre Pro se poursuit quelques jours, le temps que Stripe réessaie. Mettez à jour votre moyen de paiement pour la garder.",
  overdueOnFree:
    "D’ici là, les limites de l’offre Gratuite s’appliquent. Rien n’a été supprimé ; mettez à jour votre moyen de paiement pour retrouver l’offre Pro.",
  managersOnly:
    "Seuls les propriétaires et les administrateurs voient et gèrent l’abonnement. Adressez‑vous à l’un d’eux pour changer d’offre.",

  checkout: {
    canceled: "Rien n’a été acheté. Votre offre reste la même.",
    waiting: "Paiement reçu, l’offre Pro s’active…",
    confirmed: "L’offre Pro est active. Ses limites valent dès maintenant.",
    late: "Stripe n’a pas encore confirmé le paiement. Cela peut prendre quelques minutes ; si vous avez payé, ne payez pas une seconde fois.",
    wait: "Vérifier de nouveau",
    dismiss: "Je n’ai pas payé",
  },

  seePlan: "Voir l’offre et l’usage",
  quota: {
    allows: "{{metric}} : votre offre {{plan}} en permet {{limit}}.",
    allowsMonthly: "{{metric}} : votre offre {{plan}} en permet {{limit}} par mois.",
    used: "Déjà utilisé : {{used}} ; il en faudrait {{requested}} de plus.",
    resets: "Le compte repart à zéro le {{date}}.",
    pro: "L’offre Pro permet {{limit}}.",
  },
};
