import { Eye, History } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readJson } from "../api/client.ts";
import { type ApiProblem, asProblem } from "../api/problem.ts";
import type { DocumentVersion, LibraryDocument } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Button } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";

type Props = {
  document: LibraryDocument;
  versions: DocumentVersion[];
  /** The version on show. */
  shown: number;
  onLook: (version: number) => void;
  onRestored: (document: LibraryDocument, version: number) => void;
};

/** Every version the document had; one that is kept whole can be gone back to at once. */
export function VersionsPanel({ document, versions, shown, onLook, onRestored }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const restore = (version: number) => {
    setBusy(true);
    setProblem(null);
    readJson<LibraryDocument>(`/documents/${document.id}/versions/${version}/restore`, { method: "POST" })
      .then(
        (now) => onRestored(now, version),
        (error: unknown) => setProblem(asProblem(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <div className="grid grid-cols-1 gap-3">
      {problem && <ProblemNote problem={problem} />}
      <ol className="divide-y divide-line border-y border-line">
        {versions.map((version) => (
          <Version
            key={version.version}
            of={version}
            isShown={version.version === shown}
            isBusy={isBusy}
            onLook={() => onLook(version.version)}
            onRestore={() => restore(version.version)}
          />
        ))}
      </ol>
    </div>
  );
}

type VersionProps = {
  of: DocumentVersion;
  isShown: boolean;
  isBusy: boolean;
  onLook: () => void;
  onRestore: () => void;
};

function Version({ of, isShown, isBusy, onLook, onRestore }: VersionProps) {
  const { t } = useTranslation("document");
  const { bytes, moment } = useQuantities();
  const { version: number, origin, state, filename, pages_total, size_bytes, created_at, current } = of;
  const facts = [
    t(`versionOrigins.${origin}`),
    moment(created_at),
    ...(pages_total === null ? [] : [t("pages", { ns: "everywhere", count: pages_total })]),
    bytes(size_bytes),
  ];
  return (
    <li className="grid grid-cols-1 gap-1.5 py-3 text-sm" data-version={number}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{t("version", { number })}</span>
        {current ? (
          <span className="rounded bg-sea-wash px-1.5 py-0.5 text-xs font-medium text-sea">
            {t("currentVersion")}
          </span>
        ) : (
          <span className={state === "failed" ? "text-red" : "text-soft"}>{t(`versionStates.${state}`)}</span>
        )}
      </p>
      <p className="truncate text-soft" title={filename}>
        {filename}
      </p>
      <p className="text-soft">{facts.join(" · ")}</p>
      {of.error_message && <p className="text-red">{of.error_message}</p>}
      <div className="flex flex-wrap gap-2 empty:hidden">
        {!isShown && state !== "writing" && (pages_total ?? 0) > 0 && (
          <Button size="small" look="quiet" aria-label={t("lookNamed", { number })} onClick={onLook}>
            <Eye aria-hidden="true" />
            {t("look")}
          </Button>
        )}
        {of.restorable && (
          <Button
            size="small"
            disabled={isBusy}
            aria-label={t("restoreNamed", { number })}
            onClick={onRestore}
          >
            <History aria-hidden="true" />
            {t("restore")}
          </Button>
        )}
      </div>
    </li>
  );
}
