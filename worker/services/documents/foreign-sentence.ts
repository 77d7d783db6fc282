import type { Locale } from "../../context.ts";

type Kind = "image" | "audio" | "video" | "program";

const SENTENCES: Record<Kind, Record<Locale, (type: string) => string>> = {
  image: {
    en: (type) =>
      `This file is an image (${type}), whose text can't be read. Run text recognition (OCR) and upload the PDF.`,
    fr: (type) =>
      `Ce fichier est une image (${type}), dont le texte ne peut pas être lu. Passez-la à la reconnaissance de texte (OCR), puis importez le PDF.`,
  },
  audio: {
    en: (type) => `This file is a sound recording (${type}). Upload its transcript as a document.`,
    fr: (type) => `Ce fichier est un enregistrement sonore (${type}). Importez plutôt sa transcription.`,
  },
  video: {
    en: (type) => `This file is a video (${type}). Upload its transcript as a document.`,
    fr: (type) => `Ce fichier est une vidéo (${type}). Importez plutôt sa transcription.`,
  },
  program: {
    en: (type) => `This file is a program (${type}), not a document.`,
    fr: (type) => `Ce fichier est un programme (${type}), pas un document.`,
  },
};
const PROGRAMS: ReadonlySet<string> = new Set([
  "application/x-executable",
  "application/wasm",
  "application/vnd.microsoft.portable-executable",
]);

/** What the user reads of a file of a type that is known and isn't read; null: nothing can be said of it in particular. */
export function foreignSentence(mediaType: string, locale: Locale): string | null {
  const family = PROGRAMS.has(mediaType) ? "program" : mediaType.split("/")[0];
  return family !== undefined && Object.hasOwn(SENTENCES, family)
    ? SENTENCES[family as Kind][locale](mediaType)
    : null;
}
