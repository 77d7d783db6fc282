import { useVirtualizer } from "@tanstack/react-virtual";
import { cx } from "class-variance-authority";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../../api/shapes.ts";
import type { View } from "../view.ts";
import { useColumnCount } from "./columns.ts";
import { DocumentRow } from "./document-row.tsx";
import type { DocumentActs } from "./row-menu.tsx";
import { TableHead } from "./table-head.tsx";
import type { Selection } from "./use-selection.ts";

/** A row's height before it is measured. Pixels. */
const ROW_PX = 49;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 30;

type Props = {
  documents: LibraryDocument[];
  /** Of the whole list, as far as that is known. */
  total: number;
  hasMore: boolean;
  view: View;
  isLoading: boolean;
  selection: Selection;
  acts: DocumentActs;
  onView: (view: Partial<View>) => void;
  onMore: () => Promise<void>;
};

/** Documents as rows, of which only those in sight are drawn; more are loaded as one scrolls. */
export function DocumentTable(props: Props) {
  const { documents, total, hasMore, view, isLoading, selection, onView, onMore } = props;
  const { t } = useTranslation("library");
  const scroller = useRef<HTMLDivElement>(null);
  const { acts, select } = useSteady(props);
  const columns = useColumnCount(scroller);
  const virtualizer = useVirtualizer({
    count: documents.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => documents[index]?.id ?? index,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page more changes the number of documents
  useEffect(() => {
    // Failing to load more changes nothing: scrolling on tries again.
    if (hasMore && lastSeen >= documents.length - AHEAD) void onMore().catch(() => undefined);
  }, [hasMore, lastSeen, documents.length]);
  const { collectionId, q, filter, sort, order } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => scroller.current?.scrollTo(0, 0), [collectionId, q, filter, sort, order]);
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section
      ref={scroller}
      aria-label={t("documents")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto px-2 pb-24 sm:px-4"
      data-table-scroll
    >
      <table
        aria-label={t("documents")}
        aria-rowcount={total + 1}
        aria-busy={isLoading}
        className={cx("w-full table-fixed border-collapse transition-opacity", isLoading && "opacity-60")}
      >
        <TableHead
          view={view}
          selection={selection.state}
          onSelectAll={selection.selectAll}
          onView={onView}
        />
        <Gap height={before} />
        {items.map(({ key, index }) => {
          const document = documents[index];
          if (!document) return null;
          const isSelected = selection.has(document.id);
          return (
            <tbody
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              data-status={document.status}
              className={isSelected ? "bg-sea-wash" : "hover:bg-sunken"}
            >
              <DocumentRow
                document={document}
                index={index}
                columns={columns}
                isSelected={isSelected}
                onSelect={select}
                acts={acts}
              />
            </tbody>
          );
        })}
        <Gap height={after} />
      </table>
    </section>
  );
}

/** What rows call, the same at each scroll, so that those in sight aren't drawn again. */
function useSteady({ acts, selection }: Props) {
  const latest = useRef({ acts, selection });
  latest.current = { acts, selection };
  return useMemo(() => {
    const steady: DocumentActs = {
      retry: (document) => latest.current.acts.retry(document),
      replace: (document) => latest.current.acts.replace(document),
      reindex: (document) => latest.current.acts.reindex(document),
      download: (document) => latest.current.acts.download(document),
      remove: (document) => latest.current.acts.remove(document),
    };
    const select = (id: string, isSelected: boolean, isRange: boolean) =>
      latest.current.selection.select(id, isSelected, isRange);
    return { acts: steady, select };
  }, []);
}

/** In the place of rows out of sight. Pixels. */
function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tbody aria-hidden="true">
      <tr>
        <td style={{ height }} />
      </tr>
    </tbody>
  );
}
