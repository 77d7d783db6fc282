import type { Citation } from "../api/shapes.ts";
import { useMessages } from "../i18n/messages.ts";

type Place = Pick<Citation, "page" | "page_kind" | "page_label">;

/** Says where in a document: "page 12", with the printed number where it differs, or a section's headings. */
export function usePlace(): (place: Place) => string {
  const t = useMessages();
  return ({ page, page_kind, page_label }) => {
    if (page_kind === "section") return page_label ?? t.section(page);
    const numbered = t.place[page_kind](page);
    return page_label && page_label !== String(page) ? `${numbered} (${page_label})` : numbered;
  };
}
