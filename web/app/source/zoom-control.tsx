import { MoveHorizontal, ZoomIn, ZoomOut } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../components/ui/button.tsx";
import { useQuantities } from "../i18n/use-quantities.ts";
import { isTyping } from "./use-walk-keys.ts";

/** Times the panel's width. */
const LEVELS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];

type Props = { zoom: number; onZoom: (zoom: number) => void };

/** Makes a drawn page larger and smaller; `+`, `-` and `0` do the same wherever focus is but in a field. */
export function ZoomControl({ zoom, onZoom }: Props) {
  const { t } = useTranslation("source");
  const { percent } = useQuantities();
  const larger = LEVELS.find((level) => level > zoom);
  const smaller = LEVELS.findLast((level) => level < zoom);
  const byKey = useRef<Record<string, number | undefined>>({});
  byKey.current = { "+": larger, "=": larger, "-": smaller, "0": 1 };
  const tell = useRef(onZoom);
  tell.current = onZoom;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // With Ctrl or ⌘ they are the browser's own.
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      const level = byKey.current[event.key];
      if (level !== undefined) tell.current(level);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  const step = (level: number | undefined) => level !== undefined && onZoom(level);
  return (
    // biome-ignore lint/a11y/useSemanticElements: these aren't fields of a form
    <div role="group" aria-label={t("zoom")} className="flex items-center">
      <IconButton
        label={t("zoomOut")}
        aria-keyshortcuts="-"
        disabled={smaller === undefined}
        onClick={() => step(smaller)}
      >
        <ZoomOut aria-hidden="true" />
      </IconButton>
      <output className="min-w-12 text-center text-sm text-soft">{percent(zoom)}</output>
      <IconButton
        label={t("zoomIn")}
        aria-keyshortcuts="+"
        disabled={larger === undefined}
        onClick={() => step(larger)}
      >
        <ZoomIn aria-hidden="true" />
      </IconButton>
      <IconButton label={t("fitWidth")} aria-keyshortcuts="0" disabled={zoom === 1} onClick={() => onZoom(1)}>
        <MoveHorizontal aria-hidden="true" />
      </IconButton>
    </div>
  );
}
