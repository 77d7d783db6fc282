import { useEffect, useMemo, useRef } from "react";
import { useLocale, useMessages } from "../i18n/messages.ts";
import { ArrowIcon, CloseIcon } from "../ui/icons.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import type { OpenAnchor } from "./anchor.ts";
import { locate } from "./page-lines.ts";
import { PageText } from "./page-text.tsx";
import { usePage } from "./use-page.ts";
import { usePanelDialog } from "./use-panel-dialog.ts";
import { usePlace } from "./use-place.ts";

type Props = { opened: OpenAnchor; onMove: (index: number) => void; onClose: () => void };

/** The page behind a mark, with the exact words of the quote. Beside the answer, or a sheet on narrow screens. */
export function SourcePanel({ opened, onMove, onClose }: Props) {
  const t = useMessages();
  const place = usePlace();
  const { anchors, index } = opened;
  const anchor = anchors[index];
  const title = useRef<HTMLHeadingElement>(null);
  const move = (step: number) => {
    const next = index + step;
    if (next >= 0 && next < anchors.length) onMove(next);
  };
  const dialog = usePanelDialog({ onClose, onMove: move });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new anchor is announced by its heading
  useEffect(() => title.current?.focus(), [anchor]);
  if (!anchor) return null;
  return (
    <dialog className="panel" ref={dialog} aria-labelledby="panel-title">
      <header className="panel-head">
        <div>
          <h2 id="panel-title" ref={title} tabIndex={-1}>
            {anchor.filename}
          </h2>
          <p className="soft">{place(anchor)}</p>
        </div>
        <button
          type="button"
          className="quiet icon"
          aria-label={t.closeSource}
          title={t.closeSource}
          onClick={onClose}
        >
          <CloseIcon />
        </button>
      </header>
      <PanelBody anchor={anchor} />
      {anchors.length > 1 && (
        <footer className="panel-foot">
          <button type="button" className="quiet" disabled={index === 0} onClick={() => move(-1)}>
            <ArrowIcon back />
            {t.previousAnchor}
          </button>
          <span className="soft">{t.anchorOf(index + 1, anchors.length)}</span>
          <button
            type="button"
            className="quiet"
            disabled={index === anchors.length - 1}
            onClick={() => move(1)}
          >
            {t.nextAnchor}
            <ArrowIcon />
          </button>
        </footer>
      )}
    </dialog>
  );
}

function PanelBody({ anchor }: { anchor: NonNullable<OpenAnchor["anchors"][number]> }) {
  const t = useMessages();
  const { state, retry } = usePage(anchor, useLocale());
  const text = state.status === "ready" ? state.page.text : null;
  const span = useMemo(
    () => anchor.span ?? (text === null ? null : locate(text, anchor.quote)),
    [anchor, text],
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="panel-body" tabIndex={0} aria-label={t.source}>
      {state.status === "loading" && <PageSkeleton label={t.loading} />}
      {state.status === "ready" && !span && <p className="soft panel-note">{t.passageNotLocated}</p>}
      {state.status === "ready" && <PageText page={state.page} span={span} />}
      {state.status === "failed" && (
        <>
          <ProblemNote
            problem={state.problem}
            {...(state.problem.code === "not_found" ? {} : { onRetry: retry })}
          />
          <p className="soft panel-note">{t.quoteOnly}</p>
          <blockquote dir="auto">{anchor.quote}</blockquote>
        </>
      )}
    </section>
  );
}

function PageSkeleton({ label }: { label: string }) {
  return (
    <div className="sheet skeleton" role="status" aria-label={label}>
      {["a", "b", "c", "d", "e", "f", "g"].map((line) => (
        <span key={line} className="bone" />
      ))}
    </div>
  );
}
