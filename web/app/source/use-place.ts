import type { PageKind } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";

type Place = { page: number; page_kind: PageKind; page_label: string | null };

/** Says where in a document: "page 12", with the printed number where it differs, or a section's headings. */
export function usePlace(): (place: Place) => string {
  const t = useMessages();
  return ({ page, page_kind, page_label }) => {
    if (page_kind === "section") return page_label ?? t.section(page);
    const numbered = t.place[page_kind](page);
    return page_label && page_label !== String(page) ? `${numbered} (${page_label})` : numbered;
  };
}
