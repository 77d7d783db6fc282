import { cx } from "class-variance-authority";
import { useTranslation } from "react-i18next";
import type { Source } from "../api/shapes.ts";
import { useLocale } from "../i18n/use-locale.ts";
import { anchorsOfSources, sourceId } from "../source/anchor.ts";
import type { SourceControl } from "../source/source-panel.tsx";
import { usePlaceWords } from "../source/use-place-words.ts";
import type { Turn } from "./turn.ts";

type Props = { turn: Turn; sources: Source[]; source: SourceControl };

/** Passages that the model was given, each with how near it came; a press opens its page. */
export function SourceList({ turn, sources, source }: Props) {
  const cited = new Set(turn.citations.map(({ source: index }) => index));
  const best = Math.max(...sources.map(({ score }) => score), 0);
  return (
    <ol className="grid grid-cols-1 gap-1.5">
      {sources.map((passage, index) => (
        <li key={passage.index}>
          <SourceButton
            id={sourceId(turn.id, passage.index)}
            passage={passage}
            share={best > 0 ? passage.score / best : 0}
            isCited={cited.has(passage.index)}
            isOpen={source.anchor?.opener === sourceId(turn.id, passage.index)}
            onOpen={() => source.open(anchorsOfSources(turn.id, sources), index)}
          />
        </li>
      ))}
    </ol>
  );
}

type ButtonProps = {
  id: string;
  passage: Source;
  /** Of the best score. */
  share: number;
  isCited: boolean;
  isOpen: boolean;
  onOpen: () => void;
};

function SourceButton({ id, passage, share, isCited, isOpen, onOpen }: ButtonProps) {
  const { t } = useTranslation("ask");
  const score = new Intl.NumberFormat(useLocale(), { maximumSignificantDigits: 2 }).format(passage.score);
  return (
    <button
      type="button"
      id={id}
      onClick={onOpen}
      className={cx(
        "grid w-full grid-cols-1 gap-1 rounded-lg border p-3 text-start text-sm transition-colors hover:border-sea",
        isOpen ? "border-sea bg-sea-wash" : "border-line",
      )}
    >
      <span className="flex items-center gap-2">
        <span className="min-w-0 flex-1 truncate">
          <span className="font-medium">{passage.filename}</span>
          <span className="text-soft"> · {usePlaceWords()(passage)}</span>
        </span>
        {isCited && <span className="text-xs text-soft">{t("isCited")}</span>}
        <span className="flex items-center gap-1.5 text-xs text-soft" title={t("score", { score })}>
          <svg
            viewBox="0 0 1 1"
            preserveAspectRatio="none"
            className="h-1 w-10 rounded-full bg-line"
            aria-hidden="true"
          >
            <rect className="fill-soft" width={share} height={1} />
          </svg>
          <span className="sr-only">{t("score", { score })}</span>
          <span aria-hidden="true">{score}</span>
        </span>
      </span>
      <span className="line-clamp-2 font-serif text-[0.9375rem] text-soft" dir="auto">
        {passage.excerpt}
      </span>
    </button>
  );
}
