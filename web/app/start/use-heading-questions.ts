import { useEffect, useState } from "react";
import { readJson } from "../api/client.ts";
import { createLanes } from "../api/lanes.ts";
import type { DocumentPage, LibraryDocument } from "../api/shapes.ts";
import { loadStartWords } from "../i18n/catalogue.ts";
import { isLocale } from "../i18n/locale.ts";
import { useLocale } from "../i18n/use-locale.ts";
import { pickHeadings } from "./pick-headings.ts";

/** Questions offered, and pages looked at for the headings that make them. */
const QUESTIONS = 3;
const PAGES = 12;

/** Questions made from a document's headings, in its own language; null while they are looked for. */
export function useHeadingQuestions({ id, language, pages_total }: LibraryDocument): string[] | null {
  const locale = useLocale();
  const [questions, setQuestions] = useState<string[] | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    findHeadings(id, pages_total ?? 1, signal)
      .then(async (headings) => {
        const { about } = await loadStartWords(language && isLocale(language) ? language : locale);
        if (!signal.aborted) setQuestions(headings.map((heading) => asQuestion(heading, about)));
      })
      // Without them one asks in one's own words.
      .catch(() => !signal.aborted && setQuestions([]));
    return () => controller.abort();
  }, [id, pages_total, language, locale]);
  return questions;
}

async function findHeadings(id: string, pagesTotal: number, signal: AbortSignal): Promise<string[]> {
  const inTurn = createLanes(3);
  const numbers = Array.from({ length: Math.min(PAGES, pagesTotal) }, (_, index) => index + 1);
  const read = numbers.map((number) =>
    inTurn(() => readJson<DocumentPage>(`/documents/${id}/pages/${number}`, { signal })),
  );
  const pages = await Promise.allSettled(read);
  const found = pages.flatMap((page) => (page.status === "fulfilled" ? [page.value] : []));
  return pickHeadings(found, QUESTIONS);
}

function asQuestion(heading: string, about: string): string {
  return heading.endsWith("?") ? heading : about.replace("{{heading}}", () => heading);
}
