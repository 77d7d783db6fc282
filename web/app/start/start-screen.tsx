import { useNavigate } from "@remix-run/react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";
import { PageHeader } from "../frame/page-header.tsx";
import { useLocale } from "../i18n/use-locale.ts";
import { useFileDrop } from "../library/use-file-drop.ts";
import { useMatches } from "../source/use-media.ts";
import { useSource } from "../source/use-source.ts";
import { AskStep } from "./ask-step.tsx";
import { FileStep } from "./file-step.tsx";
import type { StartData } from "./load-start.ts";
import { NameStep } from "./name-step.tsx";
import { ReadingStep } from "./reading-step.tsx";
import { fetchSample } from "./sample-file.ts";
import { skipStart } from "./start-shown.ts";
import { Step } from "./step.tsx";
import { useFirstDocument } from "./use-first-document.ts";

/** From here on a source stands beside the page. Rem. */
const WIDE = "(min-width: 64rem)";

/** An empty workspace's way to its first anchored answer, on one page. */
export function StartScreen({ data }: { data: StartData }) {
  const { t } = useTranslation("start");
  const locale = useLocale();
  const navigate = useNavigate();
  const source = useSource();
  const isWide = useMatches(WIDE) ?? false;
  const control = useFirstDocument(data);
  const [isChoosing, setChoosing] = useState(false);
  const [isNamed, setNamed] = useState(false);
  const [isAnswered, setAnswered] = useState(false);
  const [leftOut, setLeftOut] = useState<string | null>(null);
  const { first } = control;
  const document = first.step === "known" ? first.document : null;
  const isReady = document?.status === "ready";
  const canChoose = first.step === "none" || isChoosing;

  const take = (name: string, open: () => Promise<File>) => {
    setChoosing(false);
    setAnswered(false);
    void control.take(name, open);
  };
  const takeFiles = (files: File[]) => {
    const [file] = files;
    if (!file || !(canChoose || first.step === "refused" || document?.status === "failed")) return;
    setLeftOut(files.length > 1 ? file.name : null);
    take(file.name, async () => file);
  };
  const isDragging = useFileDrop((found) => takeFiles(found.map(({ file }) => file)));
  const noteAnswer = useCallback(() => setAnswered(true), []);
  const skip = () => {
    skipStart();
    navigate("/ask");
  };
  return (
    <main id="content" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PageHeader title={t("title")}>
        {!isAnswered && (
          <Button size="small" look="quiet" onClick={skip}>
            {t("skip")}
          </Button>
        )}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid max-w-2xl gap-8 p-4 pb-16 sm:p-8">
          <p className="text-2xl font-semibold text-balance">{t("lead")}</p>
          <ol className="grid grid-cols-1 gap-9">
            {data.tenant && (
              <Step number={1} title={t("nameTitle")} state={isNamed || document ? "done" : "now"}>
                <NameStep tenant={data.tenant} isOver={document !== null} onNamed={() => setNamed(true)} />
              </Step>
            )}
            <Step number={2} title={t("fileTitle")} state={canChoose ? "now" : "done"}>
              {canChoose && (
                <FileStep
                  isDragging={isDragging}
                  onFiles={takeFiles}
                  onSample={() => take(t("trySample"), () => fetchSample(locale))}
                />
              )}
              {leftOut && <p className="text-sm text-soft">{t("oneFile", { name: leftOut })}</p>}
            </Step>
            <Step number={3} title={t("readTitle")} state={readingState(canChoose, isReady)}>
              {first.step !== "none" && !isChoosing && (
                <ReadingStep first={first} control={control} onAnother={() => setChoosing(true)} />
              )}
              <p className="sr-only" role="status">
                {isReady ? t("askTitle") : ""}
              </p>
            </Step>
            <Step number={4} title={t("askTitle")} state={isAnswered ? "done" : isReady ? "now" : "ahead"}>
              {isReady && !isChoosing && (
                <AskStep
                  key={document.id}
                  document={document}
                  assistants={data.assistants}
                  source={source}
                  isWide={isWide}
                  onAnswered={noteAnswer}
                />
              )}
            </Step>
          </ol>
        </div>
      </div>
    </main>
  );
}

function readingState(canChoose: boolean, isReady: boolean): "ahead" | "now" | "done" {
  if (canChoose) return "ahead";
  return isReady ? "done" : "now";
}
