import type { FrenchOf } from "../catalogue.ts";
import type { settings as english } from "../en/settings.ts";

export const settings: FrenchOf<typeof english> = {
  title: "Réglages",
  sections: {
    profile: "Vous",
    workspace: "Espace",
    members: "Membres",
    keys: "Clés d’API",
    audit: "Journal d’audit",
    data: "Exporter et supprimer",
  },
  roles: { owner: "Propriétaire", admin: "Administrateur", member: "Membre" },
  unnamed: "Nom inconnu ici",
  save: "Enregistrer",
  saved: "Enregistré",

  profile: {
    you: "Qui vous êtes",
    name: "Nom",
    email: "E-mail",
    role: "Votre rôle ici",
    id: "Votre identifiant",
    unknown: "inconnu ici",
    kept: "Votre nom et votre e-mail sont tenus là où vous vous connectez ; modifiez‑les là-bas.",
    look: "L’apparence d’Ancre",
    onDevice: "Retenu dans ce navigateur.",
  },

  workspace: {
    name: "Nom de l’espace",
    nameHint: "Tous ceux qui en font partie le voient.",
    ofOrganization:
      "Cet espace porte le nom de son organisation. Renommez l’organisation là où vous vous connectez.",
    managersOnly: "Seuls les propriétaires et les administrateurs renomment l’espace.",
    id: "Identifiant de l’espace",
    idHint: "Pour les programmes qui en ont plusieurs : ils le nomment dans l’en-tête X-Tenant-Id.",
    created: "Créé le",
    plan: "Offre",
    seePlan: "Voir l’offre et l’usage",
  },

  members: {
    count_one: "{{count, number}} membre",
    count_many: "{{count, number}} membres",
    count_other: "{{count, number}} membres",
    you: "vous",
    since: "depuis le {{date}}",
    noSeat: "plus de place dans l’offre : ne peut pas entrer",
    personal:
      "Vous avez fondé cet espace ici, et il n’est qu’à vous : on ne peut y inviter personne. Pour travailler à plusieurs, créez une organisation là où vous vous connectez ; elle aura son propre espace.",
    organization:
      "On invite, on donne un rôle et on retire quelqu’un dans votre organisation, là où vous vous connectez (Clerk), pas ici. Ce qui y change se voit ici en quelques instants.",
    rolesTitle: "Ce que permet chaque rôle",
    rights: {
      member:
        "Pose des questions, ajoute et supprime des documents, renomme des collections, voit l’usage et les membres.",
      admin:
        "En plus : supprime des collections, modifie les assistants, crée des clés d’API, renomme, paie et exporte.",
      owner: "En plus : lit le journal d’audit et supprime l’espace.",
    },
  },

  keys: {
    intro:
      "Avec une clé d’API, vos programmes interrogent, cherchent et ajoutent des documents. Elle agit pour l’espace, pas en votre nom.",
    new: "Nouvelle clé d’API",
    none: "Pas encore de clé d’API",
    noneHint:
      "Créez‑en une : vous aurez une ligne à coller dans un terminal, et sa réponse une seconde après.",
    managersOnly: "Seuls les propriétaires et les administrateurs voient et créent des clés d’API.",
    name: "Nom",
    nameHint: "Là où elle servira : « Site web », « CRM »…",
    scopes: "Ce qu’elle permet",
    scopeNames: { chat: "Interroger", read: "Lire", write: "Écrire" },
    scopeHints: {
      chat: "Interroger les assistants, et relire ses propres conversations.",
      read: "Consulter les documents et y chercher.",
      write: "Tout ce que permet la lecture, et ajouter, modifier et supprimer.",
    },
    assistants: "Quels assistants elle interroge",
    allAssistants: "Tous, y compris les prochains",
    someAssistants: "Seulement ceux‑ci",
    someNeedChat:
      "Une clé limitée à certains assistants ne peut qu’interroger : lire lui montrerait tous les documents.",
    expires: "Jusqu’à quand elle vaut",
    expiries: { never: "Jusqu’à sa révocation", month: "30 jours", quarter: "90 jours", year: "1 an" },
    create: "Créer la clé",
    createdTitle: "« {{name}} » est créée. Copiez‑la maintenant",
    createdHint: "Elle ne s’affiche que cette fois : Ancre n’en garde qu’une empreinte.",
    key: "La clé",
    copyKey: "Copier la clé",
    tryIt: "Essayez‑la dans un terminal",
    copyCurl: "Copier la ligne",
    withAssistant: "En interrogeant",
    question: "Quel est le délai de préavis ?",
    done: "Je l’ai copiée",
    list: "Clés",
    used: "dernier usage {{when}}",
    unused: "jamais utilisée",
    created: "créée {{when}}",
    until: "jusqu’au {{when}}",
    allAsked: "tous les assistants",
    deletedAssistant: "un assistant supprimé",
    revoke: "Révoquer",
    revokeTitle: "Révoquer « {{name}} » ?",
    revokeEffect:
      "La prochaine requête qui l’emploie sera refusée, où que ce soit. Elle ne pourra pas être rétablie.",
    revokeConfirm: "Révoquer la clé",
    ended_one: "{{count, number}} clé qui ne vaut plus",
    ended_many: "{{count, number}} clés qui ne valent plus",
    ended_other: "{{count, number}} clés qui ne valent plus",
    revoked: "révoquée {{when}}",
    expired: "expirée {{when}}",
  },

  audit: {
    intro:
      "Ce qui a été fait et qui compte pour la sécurité de l’espace. Personne ne peut modifier ni retirer une entrée.",
    ownersOnly: "Seuls les propriétaires lisent le journal d’audit.",
    filter: "Afficher",
    everything: "Tout",
    empty: "Rien de tel n’a encore été fait.",
    when: "Quand",
    who: "Qui",
    what: "Quoi",
    systems: { ingest: "Ancre lui-même", clerk: "Là où vous vous connectez", stripe: "Stripe" },
    key: "Clé d’API « {{name}} »",
    unknownKey: "une clé d’API",
    you: "Vous",
    fields: {
      name: "nom",
      description: "description",
      collection_ids: "collections",
      system_prompt: "consignes",
      model: "modèle",
      temperature: "température",
      top_k: "passages lus",
      policy: "règle de réponse",
      language: "langue",
      greeting: "accueil",
      suggested_questions: "questions proposées",
    },
    actions: {
      tenant: {
        created: "Espace créé",
        renamed: "Espace renommé",
        closed: "Espace supprimé",
        exported: "Tout a été exporté",
      },
      member: { joined: "Membre arrivé", role_changed: "Rôle modifié", removed: "Membre retiré" },
      api_key: { created: "Clé d’API créée", revoked: "Clé d’API révoquée" },
      collection: { deleted: "Collection supprimée" },
      document: { deleted: "Document supprimé" },
      assistant: {
        created: "Assistant créé",
        changed: "Assistant modifié",
        deleted: "Assistant supprimé",
      },
      billing: {
        checkout_opened: "Page de paiement ouverte",
        portal_opened: "Page d’abonnement ouverte",
        plan_changed: "Offre changée",
      },
    },
  },

  export: {
    title: "Tout exporter",
    hint: "Un ZIP avec les fichiers d’origine, le texte qu’Ancre y a lu, les collections, les assistants, les conversations et l’usage, en fichiers simples que d’autres programmes lisent. Il arrive au fil de l’eau : un grand espace prend du temps, et rien n’en reste chez nous.",
    act: "Télécharger le ZIP",
    managersOnly: "Seuls les propriétaires et les administrateurs exportent l’espace.",
  },
  erase: {
    title: "Supprimer l’espace",
    hint: "Aussitôt plus personne n’entre, les clés d’API cessent et l’abonnement est résilié. Puis tout est supprimé de chaque stockage, chacun est relu, et un reçu dit ce qui a été supprimé. C’est sans retour.",
    act: "Supprimer cet espace…",
    ownersOnly: "Seul un propriétaire supprime l’espace.",
    dialogTitle: "Supprimer « {{name}} » ?",
    effects: {
      content: "Tous les documents, leur texte et leurs vecteurs, collections, assistants et conversations",
      access: "Toutes les clés d’API et l’accès de chacun",
      paying: "L’abonnement, qui cesse aussitôt",
    },
    stays: "Il reste une fiche vide et le reçu, sans aucun contenu.",
    confirm: "Supprimer l’espace pour de bon",
    doneTitle: "L’espace est supprimé",
    doneHint:
      "Plus personne ne peut y entrer. Qui y travaillait encore peut écrire pendant une demi-heure : la preuve qu’il n’en reste rien vient ensuite. Cette adresse reste à vous, revenez‑y.",
    goOn: "Continuer vers Ancre",
  },
};
