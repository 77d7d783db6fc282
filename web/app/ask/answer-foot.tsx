import { ChevronDown, Copy, CopyCheck, RefreshCw } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../components/ui/button.tsx";
import { useCopy } from "../components/use-copy.ts";
import type { SourceControl } from "../source/source-panel.tsx";
import { usePlaceWords } from "../source/use-place-words.ts";
import { AnswerReceipt } from "./answer-receipt.tsx";
import { withFootnotes } from "./footnotes.ts";
import { SourceList } from "./source-list.tsx";
import type { Turn } from "./turn.ts";

type Props = { turn: Turn; source: SourceControl; onRegenerate: (() => void) | null };

/** Below an answer: what can be done with it, what it read, what it took. */
export function AnswerFoot({ turn, source, onRegenerate }: Props) {
  const { t } = useTranslation("ask");
  const { copy, isCopied, hasFailed } = useCopy();
  const place = usePlaceWords();
  const [shown, setShown] = useState<"sources" | "receipt" | null>(null);
  const id = useId();
  const { sources, receipt, text, refused } = turn;
  const toggle = (part: "sources" | "receipt") => setShown(shown === part ? null : part);
  return (
    <div className="grid grid-cols-1 gap-3" data-screen>
      <div className="-ml-2 flex flex-wrap items-center gap-0.5">
        {text !== "" && (
          <IconButton
            label={isCopied ? t("copied") : t("copy")}
            onClick={() => void copy(withFootnotes(turn, place))}
          >
            {isCopied ? <CopyCheck aria-hidden="true" /> : <Copy aria-hidden="true" />}
          </IconButton>
        )}
        {onRegenerate && (
          <IconButton label={t("regenerate")} onClick={onRegenerate}>
            <RefreshCw aria-hidden="true" />
          </IconButton>
        )}
        {sources.length > 0 && !refused && (
          <Fold isOpen={shown === "sources"} controls={id} onToggle={() => toggle("sources")}>
            {t("passagesRead", { count: sources.length })}
          </Fold>
        )}
        {receipt && (
          <Fold isOpen={shown === "receipt"} controls={id} onToggle={() => toggle("receipt")}>
            {t("receipt.title")}
          </Fold>
        )}
        <span role="status" className="text-sm text-soft">
          {isCopied && t("copied")}
          {hasFailed && t("copyFailed")}
        </span>
      </div>
      <div id={id} hidden={shown === null}>
        {shown === "sources" && <SourceList turn={turn} sources={sources} source={source} />}
        {shown === "receipt" && receipt && <AnswerReceipt receipt={receipt} />}
      </div>
    </div>
  );
}

function Fold({
  isOpen,
  controls,
  onToggle,
  children,
}: {
  isOpen: boolean;
  controls: string;
  onToggle: () => void;
  children: ReactNode;
}) {
  return (
    <Button look="quiet" size="small" aria-expanded={isOpen} aria-controls={controls} onClick={onToggle}>
      {children}
      <ChevronDown
        className={isOpen ? "rotate-180 transition-transform" : "transition-transform"}
        aria-hidden="true"
      />
    </Button>
  );
}
