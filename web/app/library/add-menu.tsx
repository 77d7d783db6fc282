import { FilePlus2, Files, FolderPlus, Globe } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";
import { Menu, MenuItem } from "../components/ui/menu.tsx";

type Props = { onFiles: () => void; onFolder: () => void; onWeb: () => void };

/** The ways in which documents come in, besides being dropped. */
export function AddMenu({ onFiles, onFolder, onWeb }: Props) {
  const { t } = useTranslation("library");
  return (
    <Menu
      align="end"
      trigger={
        <Button look="primary" title={t("add")}>
          <FilePlus2 aria-hidden="true" />
          <span className="max-sm:sr-only">{t("add")}</span>
        </Button>
      }
    >
      <MenuItem onSelect={onFiles}>
        <Files aria-hidden="true" />
        {t("chooseFiles")}
      </MenuItem>
      <MenuItem onSelect={onFolder}>
        <FolderPlus aria-hidden="true" />
        {t("chooseFolder")}
      </MenuItem>
      <MenuItem onSelect={onWeb}>
        <Globe aria-hidden="true" />
        {t("fromWeb")}
      </MenuItem>
    </Menu>
  );
}
