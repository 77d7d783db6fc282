import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../api/shapes.ts";
import { ProblemNote } from "../components/problem-note.tsx";
import { Progress } from "../components/progress.tsx";
import { Button } from "../components/ui/button.tsx";
import { canRetry } from "../library/can-retry.ts";
import type { FirstDocument, useFirstDocument } from "./use-first-document.ts";

type Props = {
  first: Exclude<FirstDocument, { step: "none" }>;
  control: ReturnType<typeof useFirstDocument>;
  onAnother: () => void;
};

/** The document being read, page by page; or why it couldn't be, and what to do. */
export function ReadingStep({ first, control, onAnother }: Props) {
  const { t } = useTranslation("start");
  if (first.step === "sending") return <Underway label={t("sending", { name: first.filename })} />;
  if (first.step === "refused") {
    return (
      <>
        <ProblemNote problem={first.problem} title={t("notSent")} onRetry={first.again} />
        <Another onPress={onAnother} />
      </>
    );
  }
  const { document, problem } = first;
  if (problem) {
    return <ProblemNote problem={problem} title={t("notFollowed")} onRetry={control.followAgain} />;
  }
  if (document.status === "failed")
    return <Failed document={document} control={control} onAnother={onAnother} />;
  if (document.status !== "ready") return <PagesRead document={document} />;
  return <Read document={document} />;
}

function Failed({
  document,
  control,
  onAnother,
}: {
  document: LibraryDocument;
  control: Props["control"];
  onAnother: () => void;
}) {
  const { t } = useTranslation("start");
  return (
    <div className="grid justify-items-start gap-3 rounded-xl bg-red-wash p-3.5" role="alert" data-failed>
      <p>
        <strong>{t("failed", { name: document.filename })}.</strong> {document.error_message}
      </p>
      <div className="flex flex-wrap gap-2">
        {canRetry(document) && (
          <Button size="small" onClick={() => void control.retry(document.id)}>
            {t("retry", { ns: "everywhere" })}
          </Button>
        )}
        <Another onPress={onAnother} />
      </div>
    </div>
  );
}

function Another({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation("start");
  return (
    <Button size="small" className="justify-self-start" onClick={onPress}>
      {t("another")}
    </Button>
  );
}

function PagesRead({ document }: { document: LibraryDocument }) {
  const { t } = useTranslation("start");
  const { filename, status, pages_done, pages_total, chunks_done, chunks_total } = document;
  if (status === "queued") return <Underway label={t("queued")} />;
  if (pages_total === null) return <Underway label={t("opening", { name: filename })} />;
  if (pages_done >= pages_total && chunks_total !== null) {
    const label = t("passage", { done: chunks_done, total: chunks_total });
    return <Underway label={label} done={chunks_done} of={chunks_total} />;
  }
  const label = t("page", { done: pages_done, total: pages_total });
  return <Underway label={label} done={pages_done} of={pages_total} />;
}

function Underway({ label, done, of }: { label: string; done?: number; of?: number }) {
  const { t } = useTranslation("start");
  return (
    <div className="grid gap-2" data-reading>
      <p className="text-base font-medium">{label}</p>
      <Progress
        label={t("readTitle")}
        {...(of === undefined ? {} : { value: done ?? 0, max: Math.max(1, of) })}
      />
      <p className="text-sm text-soft">{t("readHint")}</p>
    </div>
  );
}

function Read({ document: { filename, media_type, pages_total } }: { document: LibraryDocument }) {
  const { t } = useTranslation("start");
  const everywhere = useTranslation("everywhere").t;
  const count = pages_total ?? 0;
  const isSlides = media_type.endsWith("presentation");
  const pages =
    media_type === "application/pdf"
      ? everywhere("pages", { count })
      : isSlides
        ? everywhere("slides", { count })
        : t("sections", { count });
  return <p className="text-soft">{t("read", { name: filename, pages })}</p>;
}
