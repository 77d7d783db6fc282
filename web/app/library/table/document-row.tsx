import { Link } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { FileText, TriangleAlert } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { LibraryDocument } from "../../api/shapes.ts";
import { Button } from "../../components/ui/button.tsx";
import { useQuantities } from "../../i18n/use-quantities.ts";
import { canRetry } from "../can-retry.ts";
import { typeName } from "../types.ts";
import { useWarningWords } from "../use-warning-words.ts";
import { WIDE_ONLY } from "./columns.ts";
import { DocumentState } from "./document-state.tsx";
import { type DocumentActs, RowMenu } from "./row-menu.tsx";

type Props = {
  document: LibraryDocument;
  /** Its place in the list, from 0. */
  index: number;
  /** How many are drawn. */
  columns: number;
  isSelected: boolean;
  onSelect: (id: string, isSelected: boolean, isRange: boolean) => void;
  acts: DocumentActs;
};

/** A document in the table; what failed says why and what to do under its name. */
export const DocumentRow = memo(function DocumentRow({
  document,
  index,
  columns,
  isSelected,
  onSelect,
  acts,
}: Props) {
  const { t } = useTranslation("library");
  const { number, bytes, shortDate } = useQuantities();
  const { id, filename, folder, media_type, pages_total, size_bytes, created_at } = document;
  const added = shortDate(created_at);
  const cell = "px-1.5 py-1.5 align-middle text-sm text-soft";
  return (
    <>
      <tr aria-rowindex={index + 2} className={document.error_message ? "" : "border-b border-line"}>
        <td className="align-middle">
          <label className="grid size-9 place-items-center pointer-coarse:size-11">
            <input
              type="checkbox"
              aria-label={t("select", { name: filename })}
              checked={isSelected}
              onChange={({ nativeEvent, currentTarget }) =>
                onSelect(id, currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
              }
              className="size-4 accent-sea"
            />
          </label>
        </td>
        <th scope="row" className="px-1.5 py-1.5 text-start align-middle font-normal">
          <span className="flex min-w-0 items-center gap-2.5">
            <FileText className="size-5 shrink-0 text-soft max-sm:hidden" aria-hidden="true" />
            <span className="grid min-w-0">
              <Link
                to={`/library/${id}`}
                title={folder ? `${folder}/${filename}` : filename}
                className="truncate font-medium hover:text-sea hover:underline pointer-coarse:py-1"
              >
                {filename}
              </Link>
              <span className="truncate text-xs text-soft @4xl:hidden">
                <span className="max-sm:hidden">{t(`types.${typeName(media_type)}`)} · </span>
                {bytes(size_bytes)} · {added}
              </span>
            </span>
          </span>
        </th>
        <td className={cx(WIDE_ONLY, cell)}>{t(`types.${typeName(media_type)}`)}</td>
        <td className={cx(WIDE_ONLY, cell)}>{pages_total === null ? "–" : number(pages_total)}</td>
        <td className={cell}>
          <DocumentState document={document} />
        </td>
        <td className={cx(WIDE_ONLY, cell)}>
          <Warnings document={document} />
        </td>
        <td className={cx(WIDE_ONLY, cell)}>{bytes(size_bytes)}</td>
        <td className={cx(WIDE_ONLY, cell)}>{added}</td>
        <td className="align-middle">
          <RowMenu document={document} acts={acts} />
        </td>
      </tr>
      {document.error_message && <Failure document={document} columns={columns} acts={acts} />}
    </>
  );
});

function Warnings({ document: { warnings } }: { document: LibraryDocument }) {
  const { t } = useTranslation("library");
  const words = useWarningWords();
  if (warnings.length === 0) return null;
  return (
    <span className="flex items-center gap-1.5 text-sm text-amber" title={warnings.map(words).join("\n")}>
      <TriangleAlert className="size-4 shrink-0" aria-hidden="true" />
      {t("warnings", { count: warnings.length })}
    </span>
  );
}

/** Why it failed and what to do, with that at hand. */
function Failure({ document, columns, acts }: Pick<Props, "document" | "columns" | "acts">) {
  const { t } = useTranslation("library");
  const { filename: name, status, error_message } = document;
  const isUpdate = status === "ready";
  return (
    <tr className="border-b border-line">
      <td />
      <td colSpan={columns - 1} className="px-1.5 pb-2 sm:pl-9">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <span className={cx("min-w-0 flex-1 basis-64", isUpdate ? "text-amber" : "text-red")}>
            {error_message}
          </span>
          {canRetry(document) && (
            <Button
              size="small"
              aria-label={t(isUpdate ? "retryUpdateNamed" : "retryNamed", { name })}
              onClick={() => acts.retry(document)}
            >
              {t(isUpdate ? "retryUpdate" : "retry")}
            </Button>
          )}
          <Button
            size="small"
            aria-label={t("replaceNamed", { name })}
            onClick={() => acts.replace(document)}
          >
            {t("replaceShort")}
          </Button>
        </span>
      </td>
    </tr>
  );
}
