import type { SubscriptionRecord } from "../records.ts";

export type Language = "fr" | "en";

const EN = {
  banner: "Test mode — this is Ancre's local stand-in for Stripe. No card, no money.",
  checkout: {
    title: "Subscribe",
    perMonth: "per month",
    quantity: "Quantity",
    customer: "Account",
    pay: "Pay (test)",
    back: "Go back",
    note: "Nothing is charged. The button pretends that a payment succeeded.",
    complete: "This payment is complete",
    completeNote: "The subscription has begun. There is nothing left to do here.",
    expired: "This payment page has expired",
    expiredNote: "Start again from Ancre to get a new one.",
    continue: "Continue to Ancre",
  },
  portal: {
    title: "Your subscription",
    none: "There is no subscription yet.",
    status: "Status",
    periodEnd: "Current period ends",
    endsOn: "Ends on",
    ended: "Ended on",
    price: "Price",
    invoice: "Latest invoice",
    paid: "paid",
    open: "to be paid",
    back: "Back to Ancre",
    actions: {
      resume: "Resume the subscription",
      "pay-invoice": "Pay the open invoice",
      "fail-payment": "Let the next payment fail",
      "cancel-later": "Cancel at the end of the period",
      "cancel-now": "Cancel now",
    },
    statuses: {
      active: "Active",
      canceled: "Canceled",
      incomplete: "Incomplete",
      incomplete_expired: "Never paid",
      past_due: "Payment overdue",
      paused: "Paused",
      trialing: "On trial",
      unpaid: "Unpaid",
    } satisfies Record<SubscriptionRecord["status"], string>,
  },
  missing: "This page doesn't exist",
  missingNote: "The link is wrong, or its time is over. Start again from Ancre.",
};

type Words = typeof EN;

const FR: Words = {
  banner: "Mode test : ceci est la doublure locale de Stripe dans Ancre. Ni carte, ni argent.",
  checkout: {
    title: "S’abonner",
    perMonth: "par mois",
    quantity: "Quantité",
    customer: "Compte",
    pay: "Payer (test)",
    back: "Revenir en arrière",
    note: "Rien n’est débité. Le bouton fait comme si un paiement avait réussi.",
    complete: "Ce paiement est terminé",
    completeNote: "L’abonnement a commencé. Il n’y a plus rien à faire ici.",
    expired: "Cette page de paiement a expiré",
    expiredNote: "Recommencez depuis Ancre pour en obtenir une autre.",
    continue: "Continuer vers Ancre",
  },
  portal: {
    title: "Votre abonnement",
    none: "Il n’y a pas encore d’abonnement.",
    status: "État",
    periodEnd: "Fin de la période en cours",
    endsOn: "Prend fin le",
    ended: "Terminé le",
    price: "Prix",
    invoice: "Dernière facture",
    paid: "payée",
    open: "à payer",
    back: "Retour à Ancre",
    actions: {
      resume: "Reprendre l’abonnement",
      "pay-invoice": "Payer la facture ouverte",
      "fail-payment": "Faire échouer le prochain paiement",
      "cancel-later": "Résilier à la fin de la période",
      "cancel-now": "Résilier maintenant",
    },
    statuses: {
      active: "Actif",
      canceled: "Résilié",
      incomplete: "Incomplet",
      incomplete_expired: "Jamais payé",
      past_due: "Paiement en retard",
      paused: "Suspendu",
      trialing: "À l’essai",
      unpaid: "Impayé",
    },
  },
  missing: "Cette page n’existe pas",
  missingNote: "Le lien est faux, ou son temps est passé. Recommencez depuis Ancre.",
};

/** The pages' texts in a language. */
export function wordsIn(language: Language): Words {
  return language === "fr" ? FR : EN;
}

/** French or English: what the session asks for, else what the browser prefers. */
export function chooseLanguage(locale: string | null, acceptLanguage: string | undefined): Language {
  const wishes = [locale ?? "auto", ...byPreference(acceptLanguage ?? "")];
  for (const wish of wishes) {
    if (/^fr\b/i.test(wish)) return "fr";
    if (/^en\b/i.test(wish)) return "en";
  }
  return "en";
}

function byPreference(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(",")
    .map((part) => {
      const [tag = "", ...options] = part.trim().split(/\s*;\s*/);
      const quality = Number(options.find((option) => option.startsWith("q="))?.slice(2) ?? 1);
      return { tag, quality };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}

/** An amount in a currency's smallest unit, as the language writes it. */
export function formatAmount(amount: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(language, { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** A day, as the language writes it. */
export function formatDate(seconds: number, language: Language): string {
  const locale = language === "en" ? "en-GB" : "fr";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long" }).format(seconds * 1000);
}
