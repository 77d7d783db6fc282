import { useNavigate } from "@remix-run/react";
import { Download, Ellipsis, FileInput, FileText, RefreshCw, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isUnderway } from "../../api/follow.ts";
import type { LibraryDocument } from "../../api/shapes.ts";
import { IconButton } from "../../components/ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../components/ui/menu.tsx";
import { canRetry } from "../can-retry.ts";

/** What can be done with a document. */
export type DocumentActs = Record<
  "retry" | "replace" | "reindex" | "download" | "remove",
  (document: LibraryDocument) => void
>;

type Props = {
  document: LibraryDocument;
  acts: DocumentActs;
  /** It stands on the document's own page. */
  isHere?: boolean;
};

export function RowMenu({ document, acts, isHere = false }: Props) {
  const { t } = useTranslation("library");
  const [isMade, setMade] = useState(false);
  const { id, filename: name } = document;
  const navigate = useNavigate();
  // A table has many menus, of which hardly any is ever opened.
  if (!isMade) {
    return (
      <IconButton
        label={t("actions", { name })}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={() => setMade(true)}
      >
        <Ellipsis aria-hidden="true" />
      </IconButton>
    );
  }
  return (
    <Menu
      align="end"
      isOpenAtFirst
      trigger={
        <IconButton label={t("actions", { name })}>
          <Ellipsis aria-hidden="true" />
        </IconButton>
      }
    >
      {!isHere && (
        <MenuItem onSelect={() => navigate(`/library/${id}`)}>
          <FileText aria-hidden="true" />
          {t("openPage")}
        </MenuItem>
      )}
      {canRetry(document) && (
        <MenuItem onSelect={() => acts.retry(document)}>
          <RotateCcw aria-hidden="true" />
          {t(document.status === "ready" ? "retryUpdate" : "retry")}
        </MenuItem>
      )}
      <MenuItem onSelect={() => acts.replace(document)}>
        <FileInput aria-hidden="true" />
        {t("replace")}
      </MenuItem>
      {!isUnderway(document) && (
        <MenuItem onSelect={() => acts.reindex(document)}>
          <RefreshCw aria-hidden="true" />
          {t("reindex")}
        </MenuItem>
      )}
      <MenuItem onSelect={() => acts.download(document)}>
        <Download aria-hidden="true" />
        {t("download")}
      </MenuItem>
      <MenuLine />
      <MenuItem onSelect={() => acts.remove(document)} isDanger>
        <Trash2 aria-hidden="true" />
        {t("remove")}
      </MenuItem>
    </Menu>
  );
}
