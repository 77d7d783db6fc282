import type { Metric, PlanName } from "../api/shapes.ts";
import type { PlanMessages } from "./plan-en.ts";
import { quantitiesOf } from "./quantities.ts";

const { number, bytes, money, date, day, month, compact, percent } = quantitiesOf("fr");

const planNames: Record<PlanName, string> = { free: "Gratuite", pro: "Pro" };

const metrics: Record<Metric, string> = {
  questions: "Questions",
  pages: "Pages lues",
  documents: "Documents",
  storage_bytes: "Stockage",
  assistants: "Assistants",
  members: "Membres",
};

const stops: Record<Metric, string> = {
  questions: "Plus aucune question ne peut être posée",
  pages: "Plus aucune page n’est lue",
  documents: "Plus aucun document ne peut être ajouté",
  storage_bytes: "Plus aucun fichier ne peut être ajouté",
  assistants: "Plus aucun assistant ne peut être créé",
  members: "Plus personne ne peut rejoindre l’espace",
};

const reliefs: Record<Metric, string> = {
  questions: "",
  pages: "",
  documents: "Supprimer des documents libère de la place.",
  storage_bytes: "Supprimer des documents libère de la place.",
  assistants: "Supprimer un assistant libère aussitôt une place.",
  members: "Retirer un membre libère aussitôt une place.",
};

const intervals: Record<string, string> = { day: "jour", week: "semaine", month: "mois", year: "an" };

function isMetric(name: string): name is Metric {
  return name in metrics;
}

function amount(metric: Metric, n: number): string {
  return metric === "storage_bytes" ? bytes(n) : number(n);
}

/** The page about plan and usage in French. */
export const planFr: PlanMessages = {
  title: "Offre et usage",
  link: "Offre et usage",
  skip: "Aller au contenu",
  planNames,
  metrics,
  amount,
  bytes,
  compact,
  day,
  money,
  planIn: (plan, moment) => `Offre ${planNames[plan]} · ${month(moment)}`,

  usage: "Usage",
  usedOf: (metric, used, limit) => `${amount(metric, used)} sur ${amount(metric, limit)}`,
  share: percent,
  resets: (moment) => `repart à zéro le ${date(moment)}`,
  held: (metric) => (metric === "members" ? "retirer libère une place" : "supprimer libère de la place"),
  near: "Limite bientôt atteinte",
  full: (metric, resetsAt, canUpgrade) => {
    const until = resetsAt ? ` avant le ${date(resetsAt)}.` : `. ${reliefs[metric]}`;
    return `${stops[metric]}${until}${canUpgrade ? " L’offre Pro en permet davantage." : ""}`;
  },
  models: (tokens, cost) =>
    `Les modèles ont traité ${number(tokens)} jetons ce mois-ci : ${cost} au tarif public.`,

  plans: "Les offres",
  yourPlan: "Votre offre",
  perMonth: "par mois",
  maxFile: "Un fichier, au plus",
  maxImport: "Un import, au plus",
  free: "Sans frais",
  price: ({ amount: sum, currency, interval }) =>
    `${money(sum, currency)} par ${intervals[interval] ?? interval}`,
  priceUnknown: "Le prix ne peut pas s’afficher pour l’instant",
  testMode: "Mode test : aucun argent réel",

  subscription: "Abonnement",
  freeNow: "Vous êtes à l’offre Gratuite, qui ne coûte rien.",
  proPitch: "L’offre Pro accueille les documents de toute une équipe. Elle se résilie à tout moment.",
  proNow: "Vous êtes à l’offre Pro.",
  proGiven: "L’offre Pro a été ouverte à cet espace sans abonnement : il n’y a rien à payer ni à gérer ici.",
  renews: (moment) => `Elle se renouvelle le ${date(moment)}.`,
  ends: (moment) =>
    `L’offre Pro prend fin le ${date(moment)}. Tout ce que vous avez reste : ensuite, les limites de l’offre Gratuite valent pour vos ajouts. D’ici là, vous pouvez reprendre l’abonnement.`,
  upgrade: "Passer à l’offre Pro",
  manage: "Gérer l’abonnement",
  fixPayment: "Régulariser le paiement",
  leaving: "Ouverture de Stripe…",
  overdueTitle: "Le dernier paiement n’a pas abouti",
  overdue: (plan) =>
    plan === "pro"
      ? "L’offre Pro se poursuit quelques jours, le temps que Stripe réessaie. Mettez à jour votre moyen de paiement pour la garder."
      : "D’ici là, les limites de l’offre Gratuite s’appliquent. Rien n’a été supprimé ; mettez à jour votre moyen de paiement pour retrouver l’offre Pro.",
  managersOnly:
    "Seuls les propriétaires et les administrateurs voient et gèrent l’abonnement. Adressez-vous à l’un d’eux pour changer d’offre.",

  checkout: {
    canceled: "Rien n’a été acheté. Votre offre reste la même.",
    waiting: "Paiement reçu, l’offre Pro s’active…",
    confirmed: "L’offre Pro est active. Ses limites valent dès maintenant.",
    late: "Stripe n’a pas encore confirmé le paiement. Cela peut prendre quelques minutes ; si vous avez payé, ne payez pas une seconde fois.",
    wait: "Vérifier de nouveau",
    dismiss: "Je n’ai pas payé",
  },

  history: "Les 30 derniers jours",
  historyEmpty: "Rien n’a été utilisé ces 30 derniers jours.",
  columns: { day: "Jour", questions: "Questions", pages: "Pages", tokens: "Jetons", cost: "Coût" },
  historyNote: "Les jours vont de minuit à minuit UTC ; les jours sans usage sont omis.",

  seePlan: "Voir l’offre et l’usage",
  quota({ metric, plan, used, requested, limit, resets_at, upgrade }) {
    if (!isMetric(metric)) return null;
    const name = plan === "pro" ? planNames.pro : planNames.free;
    return [
      `${metrics[metric]} : votre offre ${name} en permet ${amount(metric, limit)}${resets_at ? " par mois" : ""}.`,
      `Déjà utilisé : ${amount(metric, used)} ; il en faudrait ${amount(metric, requested)} de plus.`,
      resets_at ? `Le compte repart à zéro le ${date(resets_at)}.` : reliefs[metric],
      upgrade ? `L’offre Pro permet ${amount(metric, upgrade.limit)}.` : "",
    ]
      .filter(Boolean)
      .join(" ");
  },
};
