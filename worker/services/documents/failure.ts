import type { Locale } from "../../context.ts";
import { ParseFailure, type ParseFailureReason } from "../../ports/document-parser.ts";
import { UpstreamError } from "../../ports/language-model.ts";

/** Why a document ended as `failed`. Closed: a new reason needs a decision and its sentences below. */
export type FailureReason =
  | ParseFailureReason
  | "quota_exceeded"
  | "file_missing"
  | "upstream_refused"
  | "upstream_unavailable"
  | "upstream_busy"
  | "stalled"
  | "superseded"
  | "internal";

type Decision = "fail" | "retry";

/** What the consumer does about each reason; `retry` ends as `fail` once the work got nowhere for too long. */
const DECISIONS: Record<FailureReason, Decision> = {
  encrypted: "fail",
  no_text: "fail",
  corrupt: "fail",
  empty: "fail",
  unsupported: "fail",
  too_large: "fail",
  quota_exceeded: "fail",
  file_missing: "fail",
  upstream_refused: "fail",
  upstream_unavailable: "retry",
  upstream_busy: "retry",
  stalled: "fail",
  superseded: "fail",
  internal: "retry",
};

/** Reasons that lie in the file: the same one can't pass later. */
export const HOPELESS: ReadonlySet<FailureReason> = new Set([
  "encrypted",
  "no_text",
  "corrupt",
  "empty",
  "unsupported",
  "too_large",
  "file_missing",
] satisfies FailureReason[]);

/** What the user reads: what happened, and what to do. */
const SENTENCES: Record<FailureReason, Record<Locale, string>> = {
  encrypted: {
    en: "This file is protected by a password. Remove the password and upload it again.",
    fr: "Ce fichier est protégé par un mot de passe. Retirez-le, puis importez à nouveau le fichier.",
  },
  no_text: {
    en: "No text could be read: the pages are images. Run text recognition (OCR) and upload the result.",
    fr: "Aucun texte lisible : les pages sont des images. Passez le fichier à la reconnaissance de texte (OCR), puis importez le résultat.",
  },
  corrupt: {
    en: "The file is damaged and can't be opened. Export it again from its source and upload it.",
    fr: "Le fichier est endommagé et ne s’ouvre pas. Exportez-le à nouveau depuis sa source, puis importez-le.",
  },
  empty: {
    en: "The file is empty. Check that it was saved, then upload it again.",
    fr: "Le fichier est vide. Vérifiez qu’il a bien été enregistré, puis importez-le à nouveau.",
  },
  unsupported: {
    en: "This type of file isn't supported. Upload a PDF, DOCX, PPTX, HTML, Markdown or text file.",
    fr: "Ce type de fichier n’est pas pris en charge. Importez un PDF, DOCX, PPTX, HTML, Markdown ou texte.",
  },
  too_large: {
    en: "The content is too large once opened. Split the file into smaller ones.",
    fr: "Le contenu est trop volumineux une fois ouvert. Découpez le fichier en plusieurs.",
  },
  quota_exceeded: {
    en: "This month's pages are used up. Try again next month, or move to a larger plan and then try again.",
    fr: "Le quota de pages de ce mois est épuisé. Relancez le traitement le mois prochain, ou changez d’offre puis relancez-le.",
  },
  file_missing: {
    en: "The stored file is gone. Upload it again.",
    fr: "Le fichier stocké a disparu. Importez-le à nouveau.",
  },
  upstream_refused: {
    en: "The embedding model or the vector store refused this document. Check their configuration, then try again: what was read is kept.",
    fr: "Le modèle d’embedding ou la base de vecteurs a refusé ce document. Vérifiez leur configuration, puis relancez le traitement : ce qui a été lu est conservé.",
  },
  upstream_unavailable: {
    en: "The embedding model or the vector store didn't answer for several minutes. Nothing is lost: try again later, and it goes on from where it stopped.",
    fr: "Le modèle d’embedding ou la base de vecteurs n’a pas répondu pendant plusieurs minutes. Rien n’est perdu : relancez le traitement plus tard, il reprendra là où il s’est arrêté.",
  },
  upstream_busy: {
    en: "The embedding model or the vector store is asked more than it allows. Nothing is lost: try again in a while, and it goes on from where it stopped.",
    fr: "Le modèle d’embedding ou la base de vecteurs a atteint sa limite de requêtes. Rien n’est perdu : relancez le traitement dans un moment, il reprendra là où il s’est arrêté.",
  },
  stalled: {
    en: "Reading this file made no progress and was stopped. Try again; if it stops again, split the file into smaller ones.",
    fr: "La lecture de ce fichier n’avançait plus et a été arrêtée. Relancez le traitement ; s’il s’arrête encore, découpez le fichier en plusieurs.",
  },
  superseded: {
    en: "A newer version took its place before this one was complete.",
    fr: "Une version plus récente l’a remplacée avant qu’elle ne soit complète.",
  },
  internal: {
    en: "Something went wrong on our side. Try again; if it fails again, contact support.",
    fr: "Un problème est survenu de notre côté. Relancez le traitement ; si l’échec se répète, contactez l’assistance.",
  },
};

/** The closed reason behind whatever a stage threw. */
export function failureReason(error: unknown): FailureReason {
  if (error instanceof ParseFailure) return error.reason;
  if (error instanceof IngestFailure) return error.reason;
  if (error instanceof UpstreamError) {
    if (!error.retryable) return "upstream_refused";
    return error.retryAfterSeconds === null ? "upstream_unavailable" : "upstream_busy";
  }
  return "internal";
}

/** Whether a stored word is one of the reasons: another release may have written it. */
export function isFailureReason(word: string): word is FailureReason {
  return Object.hasOwn(SENTENCES, word);
}

/** Whether the consumer tries again by itself. */
export function failureDecision(reason: FailureReason): Decision {
  return DECISIONS[reason];
}

/** Whether the same file may pass later, asked again by somebody: what was read of it is kept until then. */
export function mayPassLater(reason: FailureReason): boolean {
  return !HOPELESS.has(reason);
}

/** The sentence for a stored `error_code`; an unknown one (written by another release) reads as `internal`. */
export function failureSentence(code: string, locale: Locale): string {
  return SENTENCES[isFailureReason(code) ? code : "internal"][locale];
}

const UPDATE_FAILED: Record<Locale, string> = {
  en: "The last update failed and the version before it is still the one that is read.",
  fr: "La dernière mise à jour a échoué ; la version précédente reste celle qui est lue.",
};

/** The sentence for an update that failed while the version before it goes on being read. */
export function updateFailureSentence(code: string, locale: Locale): string {
  return `${UPDATE_FAILED[locale]} ${failureSentence(code, locale)}`;
}

/** Thrown by stages for what no port knows of. */
export class IngestFailure extends Error {
  override readonly name = "IngestFailure";
  readonly reason: FailureReason;
  constructor(reason: FailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
