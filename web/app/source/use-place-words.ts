import { useTranslation } from "react-i18next";
import type { Citation } from "../api/shapes.ts";

type Where = Pick<Citation, "page" | "page_kind" | "page_label">;

/** Says where in a document: "page 12", with the printed number where it differs, or a section's headings. */
export function usePlaceWords(): (where: Where) => string {
  const { t } = useTranslation("source");
  return ({ page, page_kind, page_label }) => {
    if (page_kind === "section") return page_label ?? t("section", { number: page });
    const numbered = t(page_kind, { number: page });
    return page_label && page_label !== String(page) ? `${numbered} (${page_label})` : numbered;
  };
}
