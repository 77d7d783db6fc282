import { useVirtualizer } from "@tanstack/react-virtual";
import { cx } from "class-variance-authority";
import { TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ReportedPage } from "../api/shapes.ts";
import { needsAttention } from "./needs-attention.ts";

/** A page's entry: its number and two lines of text. Pixels. */
const ENTRY_PX = 80;

type Props = { name: string; pages: ReportedPage[]; page: number; onPage: (page: number) => void };

/** The pages by how each begins; those that reading had trouble with are marked. */
export function PageList({ name, pages, page, onPage }: Props) {
  const { t } = useTranslation("document");
  const place = useTranslation("source");
  const scroller = useRef<HTMLElement>(null);
  const virtualizer = useVirtualizer({
    count: pages.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ENTRY_PX,
    overscan: 8,
  });
  const index = pages.findIndex(({ number }) => number === page);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page comes into view, nothing else moves the list
  useEffect(() => {
    if (index >= 0) virtualizer.scrollToIndex(index, { align: "auto" });
  }, [index]);
  return (
    <nav ref={scroller} aria-label={t("pagesCount", { name })} className="min-h-0 flex-1 overflow-y-auto p-2">
      <ol className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index: at, start, size }) => {
          const listed = pages[at];
          if (!listed) return null;
          const { number, kind, label, head } = listed;
          const isHere = number === page;
          const printed = label !== null && label !== String(number) ? label : null;
          return (
            <li
              key={key}
              className="absolute inset-x-0 top-0 pb-1"
              style={{ height: size, transform: `translateY(${start}px)` }}
            >
              <button
                type="button"
                aria-current={isHere ? "page" : undefined}
                onClick={() => onPage(number)}
                className={cx(
                  "grid h-full w-full content-start gap-0.5 overflow-hidden rounded-lg p-2 text-start",
                  isHere ? "bg-sea-wash" : "hover:bg-sunken",
                )}
              >
                <span
                  className={cx(
                    "flex items-center gap-1.5 truncate text-xs font-medium",
                    isHere ? "text-sea" : "text-soft",
                  )}
                >
                  <span className="truncate">
                    {place.t(kind, { number })}
                    {printed && ` · ${printed}`}
                  </span>
                  {needsAttention(listed) && (
                    <TriangleAlert className="size-3.5 shrink-0 text-amber" aria-label={t("warnings")} />
                  )}
                </span>
                <span className="line-clamp-2 font-serif text-sm" dir="auto">
                  {head.trim() || <span className="font-sans text-soft">{t("unnamed")}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
