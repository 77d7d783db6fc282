import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../api/shapes.ts";

type Warning = LibraryDocument["warnings"][number];

/** What reading a document met that its reader should know. */
export function useWarningWords(): (warning: Warning) => string {
  const { t } = useTranslation("library");
  return ({ code, detail, pages }) =>
    code === "page_without_text" && pages ? t("withoutText", { count: pages.length }) : detail;
}
