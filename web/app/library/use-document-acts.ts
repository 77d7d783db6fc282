import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import { downloadDocument } from "../api/download-document.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { LibraryDocument } from "../api/shapes.ts";
import { chooseFile } from "../imports/read-drop.ts";

type Failed = { name: string; problem: ApiProblem };

type Replaced = LibraryDocument & { unchanged: boolean };

/** Retrying, reading again, replacing and saving one document; what goes wrong is kept until the next. */
export function useDocumentActs(
  onChanged: (document: LibraryDocument) => void,
  onSay: (words: string) => void,
) {
  const { t } = useTranslation("library");
  const [failed, setFailed] = useState<Failed | null>(null);

  function attempt(name: string, act: () => Promise<LibraryDocument>): void {
    setFailed(null);
    act().then(onChanged, (error: unknown) => setFailed({ name, problem: asProblem(error) }));
  }

  const post = (verb: "retry" | "reindex") => (document: LibraryDocument) =>
    attempt(document.filename, () =>
      readJson<LibraryDocument>(`/documents/${document.id}/${verb}`, { method: "POST" }),
    );

  return {
    failed,
    dismiss: () => setFailed(null),
    retry: post("retry"),
    reindex: post("reindex"),
    /** The file of a version, else of the one that is read. */
    download: ({ id, filename }: LibraryDocument, version: number | null = null) => {
      setFailed(null);
      downloadDocument(id, version).catch((error: unknown) => {
        const problem = asProblem(error);
        const isNotKept = version !== null && problem.code === "not_found";
        setFailed({ name: isNotKept ? t("fileNotKept") : filename, problem });
      });
    },
    replace: ({ id, filename: name }: LibraryDocument) =>
      chooseFile("", (file) =>
        attempt(name, async () => {
          const body = new FormData();
          body.append("file", file);
          const replaced = await readJson<Replaced>(`/documents/${id}/content`, { method: "PUT", body });
          onSay(t(replaced.unchanged ? "unchanged" : "replacing", { name }));
          return replaced;
        }),
      ),
  };
}
