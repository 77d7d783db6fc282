import { useLocation, useSearchParams } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Progress } from "../components/progress.tsx";
import { IconButton } from "../components/ui/button.tsx";
import { readPlace } from "../source/place.ts";
import type { Batch } from "./batch.ts";
import { BatchCard } from "./batch-card.tsx";
import { importStore } from "./import-store.ts";
import { isAllWell, tallyBatch } from "./tally.ts";
import { useAnnouncement } from "./use-announcement.ts";
import { useImports } from "./use-imports.ts";
import { useLeaveWarning, useResumed, useSessionBack } from "./use-sending.ts";
import { useTallyWords } from "./use-tally-words.ts";

/**
 * What is on its way into the library, wherever the reader is: open over the library while there is something to follow
 * or to mend, small else. It stands beside the source, never over it.
 */
export function ImportTray() {
  const { t } = useTranslation("imports");
  const batches = useImports();
  const { pathname } = useLocation();
  const isAtHome = pathname.startsWith("/library");
  const [wanted, setWanted] = useState<boolean | null>(null);
  const isWell = batches.every(isAllWell);
  const isOpen = wanted ?? (isAtHome && !isWell);
  const isBesideSource = readPlace(useSearchParams()[0]) !== null;
  const title = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useResumed();
  useSessionBack();
  useLeaveWarning(batches.some(({ outgoing, archive }) => outgoing.length > 0 || archive?.file));
  const announcement = useAnnouncement(batches);
  const isEmpty = batches.length === 0;
  // The next import opens and closes it by itself again.
  useEffect(() => {
    if (isEmpty) setWanted(null);
  }, [isEmpty]);
  if (isEmpty) return <Said text={announcement} />;
  return (
    <section
      aria-labelledby={id}
      data-screen
      data-import-tray
      data-beside-source={isBesideSource || undefined}
      className="import-tray flex animate-rise flex-col overflow-hidden rounded-2xl border border-line bg-raised shadow-float"
    >
      <header className="flex shrink-0 items-center gap-2 py-1.5 pr-1.5 pl-4">
        <h2 id={id} ref={title} tabIndex={-1} className="shrink-0 font-semibold">
          {t("title")}
        </h2>
        <div className="min-w-0 flex-1">{!isOpen && <Whole batches={batches} />}</div>
        <IconButton
          label={isOpen ? t("hide") : t("show")}
          aria-expanded={isOpen}
          onClick={() => setWanted(!isOpen)}
        >
          {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronUp aria-hidden="true" />}
        </IconButton>
        {!isOpen && isWell && (
          <IconButton
            label={t("dismiss")}
            onClick={() => {
              for (const { id: each } of batches) importStore.dismiss(each);
              document.getElementById("content")?.focus();
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        )}
      </header>
      {isOpen && (
        <ul className="min-h-0 divide-y divide-line overflow-y-auto border-t border-line">
          {batches.map((batch) => (
            <BatchCard
              key={batch.id}
              batch={batch}
              // What somebody is looking into doesn't fold up before their eyes.
              onLook={() => setWanted(true)}
              onDismiss={() => {
                importStore.dismiss(batch.id);
                title.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      <Said text={announcement} />
    </section>
  );
}

/** All of it in a line, while the tray is small. */
function Whole({ batches }: { batches: Batch[] }) {
  const { t } = useTranslation("imports");
  const words = useTallyWords();
  const tallies = batches.map((batch) => ({ batch, tally: tallyBatch(batch) }));
  const open = tallies.filter(({ tally }) => !tally.isOver);
  const [only] = open.length > 0 ? open : tallies.toSorted((a, b) => b.tally.failed - a.tally.failed);
  if (!only) return null;
  const done = open.reduce((sum, { tally }) => sum + tally.done, 0);
  const total = open.reduce((sum, { tally }) => sum + (tally.total ?? 0), 0);
  return (
    <span className={cx("grid grid-cols-1 gap-1 text-sm", only.tally.failed > 0 ? "text-red" : "text-soft")}>
      <span className="truncate">
        {open.length > 1 ? t("doneOf", { done, total }) : words(only.batch, only.tally)}
      </span>
      {open.length > 0 && <Progress label={t("title")} value={done} max={Math.max(1, total)} />}
    </span>
  );
}

function Said({ text }: { text: string }) {
  return (
    <p className="sr-only" role="status">
      {text}
    </p>
  );
}
