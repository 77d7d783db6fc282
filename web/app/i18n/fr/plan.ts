import type { FrenchOf } from "../catalogue.ts";
import type { plan as english } from "../en/plan.ts";

export const plan: FrenchOf<typeof english> = {
  history: "Les 90 derniers jours",
  empty: "Rien n’a été utilisé ces 90 derniers jours.",
  show: "Ce qui est affiché",
  metrics: { questions: "Questions", pages: "Pages", documents: "Documents", tokens: "Jetons", cost: "Coût" },
  view: "Sous forme de",
  chart: "Graphique",
  table: "Tableau",
  csv: "Télécharger en CSV",
  csvName: "Usage d’Ancre du {{from}} au {{to}}",
  day: "Jour",
  chartOf: "{{metric}}, jour par jour",
  total: "{{total}} en tout",
  busiest: "le plus le {{day}} : {{amount}}",
  ofDay: "{{day}} : {{amount}}",
  note: "Les jours vont de minuit à minuit UTC. Le coût est au tarif public.",
  unpriced_one: "{{count, number}} appel n’est pas compté dans le coût : le prix de son modèle est inconnu.",
  unpriced_many:
    "{{count, number}} d’appels ne sont pas comptés dans le coût : le prix de leur modèle est inconnu.",
  unpriced_other:
    "{{count, number}} appels ne sont pas comptés dans le coût : le prix de leur modèle est inconnu.",

  limits: "Limites de l’offre",
  nearMonthly:
    "{{metric}} : {{share}} des {{limit}} de ce mois sont utilisés. Le compte repart à zéro le {{date}}.",
  nearHeld: "{{metric}} : {{share}} des {{limit}} de votre offre sont utilisés.",
  goesOn: {
    questions: "Vos documents restent lus et consultables.",
    pages: "Ce qui est lu peut toujours être interrogé.",
    documents: "Ceux qui sont là peuvent être interrogés et remplacés.",
    storage_bytes: "Ce qui est là peut toujours être interrogé.",
    assistants: "Ceux que vous avez continuent de répondre.",
    members: "Rien ne change pour ceux qui sont là.",
  },
  see: "Voir l’offre et l’usage",
  hide: "Masquer",
};
