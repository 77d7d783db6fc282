import { cx } from "class-variance-authority";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { type Sort, sortedBy, type View } from "../view.ts";
import { WIDE_ONLY } from "./columns.ts";

type Props = {
  view: View;
  selection: "none" | "some" | "all";
  onSelectAll: (isSelected: boolean) => void;
  onView: (view: Partial<View>) => void;
};

/** Columns and how the list is sorted by them; pressed again, the other way round. */
export function TableHead({ view, selection, onSelectAll, onView }: Props) {
  const { t } = useTranslation("library");
  const column = (sort: Sort, className: string) => (
    <Column
      label={t(`columns.${sort}`)}
      order={view.sort === sort ? view.order : null}
      className={className}
      onSort={() => onView(sortedBy(view, sort))}
    />
  );
  return (
    <thead className="sticky top-0 z-10 bg-surface text-sm text-soft shadow-[0_1px_0_var(--line)]">
      <tr aria-rowindex={1}>
        <th scope="col" className="w-9 text-start pointer-coarse:w-11">
          <label className="grid size-9 place-items-center pointer-coarse:size-11">
            <input
              type="checkbox"
              aria-label={t("selectAll")}
              checked={selection === "all"}
              ref={(box) => {
                if (box) box.indeterminate = selection === "some";
              }}
              onChange={({ currentTarget }) => onSelectAll(currentTarget.checked)}
              className="size-4 accent-sea"
            />
          </label>
        </th>
        {column("name", "")}
        {column("type", cx(WIDE_ONLY, "w-24"))}
        {column("pages", cx(WIDE_ONLY, "w-18"))}
        {column("state", "w-24 @4xl:w-40")}
        <th scope="col" className={cx(WIDE_ONLY, "w-28 px-1.5 text-start font-medium")}>
          {t("columns.warnings")}
        </th>
        {column("size", cx(WIDE_ONLY, "w-22"))}
        {column("created", cx(WIDE_ONLY, "w-28"))}
        <th scope="col" className="w-11">
          <span className="sr-only">{t("actionsColumn")}</span>
        </th>
      </tr>
    </thead>
  );
}

type ColumnProps = { label: string; order: "asc" | "desc" | null; className: string; onSort: () => void };

function Column({ label, order, className, onSort }: ColumnProps) {
  const Arrow = order === "asc" ? ArrowUp : ArrowDown;
  const sorted = order === "asc" ? "ascending" : "descending";
  return (
    <th scope="col" aria-sort={order === null ? "none" : sorted} className={cx("text-start", className)}>
      <button
        type="button"
        onClick={onSort}
        className={cx(
          "flex min-h-9 max-w-full items-center gap-1 rounded px-1.5 font-medium hover:text-sea pointer-coarse:min-h-11",
          order && "text-ink",
        )}
      >
        <span className="truncate">{label}</span>
        {order && <Arrow className="size-3.5 shrink-0" aria-hidden="true" />}
      </button>
    </th>
  );
}
