import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { DocumentChunks, DocumentPage } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { useLoaded } from "../source/use-loaded.ts";
import { ReadText } from "./read-text.tsx";

/** Kept for as long as the page is open: one who looks at passages looks at those of the next page too. */
let wasShown = false;

/** A page's text, with the borders of its chunks on demand. */
export function ChunkedText({ documentId, page }: { documentId: string; page: DocumentPage }) {
  const { t } = useTranslation("document");
  const [isShown, setShown] = useState(wasShown);
  return (
    <>
      <label className="flex min-h-9 items-center gap-2.5 text-sm text-soft pointer-coarse:min-h-11">
        <input
          type="checkbox"
          checked={isShown}
          onChange={({ currentTarget }) => {
            wasShown = currentTarget.checked;
            setShown(wasShown);
          }}
          className="size-4 accent-sea"
        />
        {t("showChunks")}
      </label>
      {isShown ? (
        <WithChunks documentId={documentId} page={page} />
      ) : (
        <ReadText page={page} chunks={null} span={null} />
      )}
    </>
  );
}

function WithChunks({ documentId, page }: { documentId: string; page: DocumentPage }) {
  const { t } = useTranslation("document");
  const { state, retry } = useLoaded<DocumentChunks>(
    `/documents/${documentId}/chunks?version=${page.version}&page=${page.number}&limit=500`,
  );
  const chunks = state.status === "ready" ? state.value.data : null;
  return (
    <>
      {state.status === "failed" && <ProblemNote problem={state.problem} onRetry={retry} />}
      {chunks?.length === 0 && page.text !== "" && <p className="text-sm text-soft">{t("noChunks")}</p>}
      <ReadText page={page} chunks={chunks?.length === 0 ? null : chunks} span={null} />
    </>
  );
}
