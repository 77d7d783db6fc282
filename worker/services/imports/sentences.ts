import type { Locale } from "../../context.ts";
import type { ImportReason } from "./failure.ts";

/** What the user reads of an entry or an import: what happened, and what to do. */
const SENTENCES: Record<ImportReason, Record<Locale, string>> = {
  address_invalid: {
    en: "This is not a web address. Check it, with its http:// or https://.",
    fr: "Ce n’est pas une adresse web. Vérifiez-la, sans oublier http:// ou https://.",
  },
  address_refused: {
    en: "This address isn't on the public web, or has a port or password in it. Upload the file instead.",
    fr: "Cette adresse n’est pas sur le web public, ou contient un port ou un mot de passe. Importez plutôt le fichier.",
  },
  name_not_found: {
    en: "There is no site of this name. Check the address.",
    fr: "Aucun site ne porte ce nom. Vérifiez l’adresse.",
  },
  too_many_redirects: {
    en: "This address leads from one to the next without end. Give the last one.",
    fr: "Cette adresse renvoie sans fin vers une autre. Indiquez l’adresse finale.",
  },
  http_refused: {
    en: "The site doesn't give this page out: it is gone or needs signing in. Open it and upload what you see.",
    fr: "Le site ne fournit pas cette page : elle a disparu ou demande une connexion. Ouvrez-la, puis importez son contenu.",
  },
  unreachable: {
    en: "The site didn't answer. Try again later.",
    fr: "Le site n’a pas répondu. Réessayez plus tard.",
  },
  too_large: {
    en: "This file is larger than your plan allows for one. Split it.",
    fr: "Ce fichier dépasse la taille autorisée par votre offre. Découpez-le.",
  },
  unsupported: {
    en: "This type of file isn't supported. PDF, DOCX, PPTX, HTML, Markdown and text are.",
    fr: "Ce type de fichier n’est pas pris en charge : seuls PDF, DOCX, PPTX, HTML, Markdown et texte le sont.",
  },
  off_site: {
    en: "This page lies on another site than the sitemap. Allow other sites to import it.",
    fr: "Cette page se trouve sur un autre site que le plan du site. Autorisez les autres sites pour l’importer.",
  },
  robots_disallowed: {
    en: "The site asks robots not to read this page (robots.txt). Import its address by itself if you may.",
    fr: "Le site demande aux robots de ne pas lire cette page (robots.txt). Si vous en avez le droit, importez son adresse seule.",
  },
  sitemap_unreadable: {
    en: "This is no sitemap that can be read. Check the address; it usually ends in sitemap.xml.",
    fr: "Ce plan de site est illisible. Vérifiez l’adresse : elle se termine en général par sitemap.xml.",
  },
  sitemap_empty: {
    en: "The sitemap lists no page. Check the address.",
    fr: "Le plan du site ne contient aucune page. Vérifiez l’adresse.",
  },
  archive_corrupt: {
    en: "The archive is damaged or no ZIP. Make it again and upload it.",
    fr: "L’archive est endommagée ou n’est pas un ZIP. Recréez-la, puis importez-la.",
  },
  archive_hostile: {
    en: "The archive claims more files or bytes than can be. Split it into smaller ones.",
    fr: "L’archive annonce trop de fichiers ou de données. Découpez-la en plusieurs.",
  },
  archive_empty: {
    en: "The archive holds no file. Check it and upload it again.",
    fr: "L’archive ne contient aucun fichier. Vérifiez-la, puis importez-la à nouveau.",
  },
  archive_missing: {
    en: "The stored archive is gone. Upload it again.",
    fr: "L’archive stockée a disparu. Importez-la à nouveau.",
  },
  file_missing: {
    en: "The stored file is gone. Upload it again.",
    fr: "Le fichier stocké a disparu. Importez-le à nouveau.",
  },
  corrupt: {
    en: "This file is damaged inside of the archive. Pack it again.",
    fr: "Ce fichier est endommagé dans l’archive. Recompressez-le.",
  },
  encrypted: {
    en: "This file is protected by a password inside of the archive. Pack it without one.",
    fr: "Ce fichier est protégé par un mot de passe dans l’archive. Recompressez-le sans mot de passe.",
  },
  nested_archive: {
    en: "This is an archive, and archives in others aren't opened. Upload it by itself.",
    fr: "C’est une archive, et les archives contenues dans d’autres ne sont pas ouvertes. Importez-la séparément.",
  },
  system_file: {
    en: "A hidden or system file, which no one reads. Nothing to do.",
    fr: "Fichier caché ou système, que personne ne lit. Rien à faire.",
  },
  repeated: {
    en: "The list names this address twice. Nothing to do.",
    fr: "La liste contient deux fois cette adresse. Rien à faire.",
  },
  quota_exceeded: {
    en: "Your plan's room for documents is used up. Delete some or move to a larger plan, then try again.",
    fr: "La place prévue par votre offre est épuisée. Supprimez des documents ou changez d’offre, puis réessayez.",
  },
  collection_deleted: {
    en: "The collection was deleted meanwhile. Import into another one.",
    fr: "La collection a été supprimée entre-temps. Importez dans une autre.",
  },
  document_deleted: {
    en: "This document was deleted since. Nothing to do.",
    fr: "Ce document a été supprimé depuis. Rien à faire.",
  },
  stalled: {
    en: "This made no progress and was stopped. Try again.",
    fr: "Le traitement n’avançait plus et a été arrêté. Réessayez.",
  },
  internal: {
    en: "Something went wrong on our side. Try again; if it fails again, contact support.",
    fr: "Un problème est survenu de notre côté. Réessayez ; si l’échec se répète, contactez l’assistance.",
  },
};

/** Whether a stored word is one of the reasons: another release may have written it. */
export function isImportReason(word: string): word is ImportReason {
  return Object.hasOwn(SENTENCES, word);
}

/** The sentence for a stored code; an unknown one reads as `internal`. */
export function importSentence(code: string, locale: Locale): string {
  return SENTENCES[isImportReason(code) ? code : "internal"][locale];
}
