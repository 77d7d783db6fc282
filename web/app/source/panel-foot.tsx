import { ArrowLeft, ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";
import type { SourceControl } from "./source-panel.tsx";

/** From one anchor of the answer to the next. */
export function PanelFoot({ source: { trail, walk } }: { source: SourceControl }) {
  const { t } = useTranslation("source");
  if (!trail || trail.anchors.length < 2) return null;
  const { anchors, index } = trail;
  const total = anchors.length;
  const words = anchors[index]?.kind === "source" ? "passageOf" : "anchorOf";
  return (
    <footer className="flex shrink-0 items-center justify-between gap-2 border-t border-line bg-surface p-2 text-sm">
      <Button
        look="quiet"
        size="small"
        disabled={index === 0}
        aria-label={t("previousAnchor")}
        aria-keyshortcuts="["
        onClick={() => walk(-1)}
      >
        <ArrowLeft aria-hidden="true" />
        <kbd className="font-mono text-xs">[</kbd>
      </Button>
      <p className="text-soft">{t(words, { index: index + 1, total })}</p>
      <Button
        look="quiet"
        size="small"
        disabled={index === total - 1}
        aria-label={t("nextAnchor")}
        aria-keyshortcuts="]"
        onClick={() => walk(1)}
      >
        <kbd className="font-mono text-xs">]</kbd>
        <ArrowRight aria-hidden="true" />
      </Button>
    </footer>
  );
}
