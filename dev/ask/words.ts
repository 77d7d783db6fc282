import type { Doubt } from "../../worker/db/schema/answer.ts";
import type { CitationJson } from "../client/shapes.ts";

const DOUBTS_FR: Record<Doubt, string> = {
  not_in_source: "introuvable dans la source",
  number_differs: "un chiffre diffère",
  unit_differs: "une unité diffère",
  date_differs: "une date diffère",
  name_differs: "un nom diffère",
  negation_differs: "la source dit le contraire",
};
const DOUBTS_EN: Record<Doubt, string> = {
  not_in_source: "not found in the source",
  number_differs: "a figure differs",
  unit_differs: "a unit differs",
  date_differs: "a date differs",
  name_differs: "a name differs",
  negation_differs: "the source says the contrary",
};

export type Words = ReturnType<typeof terminalWords>;

/** What the terminal says, in the language of its locale ("fr_FR.UTF-8"): French, or else English. */
export function terminalWords(locale: string) {
  const french = /^fr/i.test(locale);
  return {
    language: french ? "fr" : "en",
    usage: french ? 'Usage : npm run ask -- FICHIER… "question"' : 'Usage: npm run ask -- FILE… "question"',
    noFile: (file: string) => (french ? `Fichier introuvable : ${file}` : `No such file: ${file}`),
    starting: french ? "Démarrage d’Ancre…" : "Starting Ancre…",
    pages: (done: number, total: number) =>
      french ? `lecture ${done}/${total}` : `reading ${done}/${total}`,
    chunks: (done: number, total: number) =>
      french ? `indexation ${done}/${total}` : `indexing ${done}/${total}`,
    queued: french ? "en attente" : "queued",
    ready: (pages: number) => (french ? `prêt (${pages} p.)` : `ready (${pages} p.)`),
    anchors: french ? "Ancres" : "Anchors",
    unverified: french ? "non vérifié" : "not verified",
    doubt: (reason: Doubt) => (french ? DOUBTS_FR : DOUBTS_EN)[reason],
    /** Where a quote stands: a page or slide has a number, a section has a title. */
    place({ page, page_kind, page_label }: Pick<CitationJson, "page" | "page_kind" | "page_label">): string {
      if (page_kind === "page") return `p. ${page}`;
      if (page_kind === "slide") return french ? `diapo ${page}` : `slide ${page}`;
      return page_label ? `§ ${page_label}` : `§ ${page}`;
    },
    quote: (text: string) => (french ? `« ${text} »` : `“${text}”`),
  };
}
