import type { FrenchOf } from "../catalogue.ts";
import type { problems as english } from "../en/problems.ts";

export const problems: FrenchOf<typeof english> = {
  malformed_request: "Cette demande n’a pas pu être lue.",
  unsupported_media_type: "Cette demande n’a pas pu être lue.",
  invalid_request: "Cette demande n’a pas pu être acceptée.",
  unauthenticated: "Vous n’êtes pas connecté, ou votre session a expiré. Connectez‑vous, puis réessayez.",
  forbidden: "Votre rôle ne le permet pas. Adressez‑vous à un propriétaire de l’espace.",
  tenant_required: "Vous appartenez à plusieurs espaces et aucun n’est choisi.",
  not_found: "Cet élément n’existe plus. Il a peut-être été supprimé.",
  conflict: "Quelque chose a changé entre-temps. Rechargez la page, puis réessayez.",
  idempotency_mismatch:
    "Cette demande a déjà été envoyée avec un autre contenu. Rechargez la page, puis réessayez.",
  rate_limited: "Trop de demandes à la fois. Rien n’est perdu : attendez une minute, puis réessayez.",
  too_large: "Ce fichier est trop volumineux.",
  quota_exceeded: "La limite de votre offre est atteinte.",
  billing_unavailable:
    "Cette installation n’encaisse pas de paiements. L’offre est décidée par qui l’exploite.",
  upstream_unavailable:
    "Le modèle ne répond pas pour l’instant. Rien n’est perdu : réessayez dans un moment.",
  internal: "Un problème est survenu de notre côté. Rien n’a changé chez vous : réessayez.",
  unreachable: "Ancre est injoignable. Vérifiez votre connexion, puis réessayez.",
  interrupted: "La réponse s’est interrompue avant la fin. Ce qui est arrivé est conservé : réessayez.",
};
