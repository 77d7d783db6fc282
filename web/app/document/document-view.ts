/** What is shown of a document besides its pages' list. */
export type PanelName = "drawn" | "text" | "report" | "versions";

/** Where in a document one is, as the address holds it. */
export type DocumentView = { page: number; version: number | null; panel: PanelName | null };

const PANELS: readonly PanelName[] = ["drawn", "text", "report", "versions"];

export function readDocumentView(search: URLSearchParams): DocumentView {
  return {
    page: positive(search.get("page")) ?? 1,
    version: positive(search.get("version")),
    panel: PANELS.find((name) => name === search.get("view")) ?? null,
  };
}

/** The same address at another place. */
export function withDocumentView(search: URLSearchParams, view: Partial<DocumentView>): URLSearchParams {
  const { page, version, panel } = { ...readDocumentView(search), ...view };
  const next = new URLSearchParams(search);
  const put = (key: string, value: string | null) =>
    value === null ? next.delete(key) : next.set(key, value);
  put("page", page === 1 ? null : String(page));
  put("version", version === null ? null : String(version));
  put("view", panel);
  return next;
}

function positive(text: string | null): number | null {
  const n = Number(text);
  return text !== null && Number.isInteger(n) && n > 0 ? n : null;
}
