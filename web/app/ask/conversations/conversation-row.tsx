import { Link } from "@remix-run/react";
import { cx } from "class-variance-authority";
import { Download, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../../api/shapes.ts";
import { IconButton } from "../../components/ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../components/ui/menu.tsx";
import { useExport } from "./use-export.ts";

const ConfirmDialog = lazy(() =>
  import("../../components/confirm-dialog.tsx").then((module) => ({ default: module.ConfirmDialog })),
);
const NameDialog = lazy(() =>
  import("../../components/name-dialog.tsx").then((module) => ({ default: module.NameDialog })),
);

type Props = {
  conversation: Conversation;
  isCurrent: boolean;
  onRename: (title: string) => Promise<void>;
  onRemove: () => Promise<void>;
};

export function ConversationRow({ conversation, isCurrent, onRename, onRemove }: Props) {
  const { t } = useTranslation("ask");
  const [asked, setAsked] = useState<"rename" | "remove" | null>(null);
  const exportConversation = useExport();
  const { id, assistant_id, title } = conversation;
  const close = () => setAsked(null);
  return (
    <li
      className={cx(
        "group relative flex items-center rounded-lg",
        isCurrent ? "bg-sea-wash" : "hover:bg-sunken",
      )}
    >
      <Link
        to={`/ask/${assistant_id}/${id}`}
        aria-current={isCurrent ? "page" : undefined}
        title={title}
        className={cx(
          "min-w-0 flex-1 truncate rounded-lg px-2 py-2 text-sm group-focus-within:pr-10 group-hover:pr-10 pointer-coarse:py-3 pointer-coarse:pr-12",
          isCurrent && "font-medium text-sea",
        )}
      >
        {title}
      </Link>
      <Menu
        align="end"
        trigger={
          <IconButton
            label={t("actionsFor", { title })}
            className="absolute right-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis aria-hidden="true" />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => setAsked("rename")}>
          <Pencil aria-hidden="true" />
          {t("rename")}
        </MenuItem>
        <MenuItem onSelect={() => void exportConversation(conversation)}>
          <Download aria-hidden="true" />
          {t("export")}
        </MenuItem>
        <MenuLine />
        <MenuItem isDanger onSelect={() => setAsked("remove")}>
          <Trash2 aria-hidden="true" />
          {t("delete")}
        </MenuItem>
      </Menu>
      <Suspense>
        {asked === "rename" && (
          <NameDialog
            title={t("renameTitle")}
            field={t("titleField")}
            act={t("save")}
            name={title}
            onClose={close}
            onSave={onRename}
          />
        )}
        {asked === "remove" && (
          <ConfirmDialog
            title={t("deleteTitle", { title })}
            effect={t("deleteEffect")}
            act={t("deleteConfirm")}
            onClose={close}
            onConfirm={onRemove}
          />
        )}
      </Suspense>
    </li>
  );
}
