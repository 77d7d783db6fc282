import { FilePlus2, FolderPlus, Globe } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/ui/button.tsx";

type Props = { onFiles: () => void; onFolder: () => void; onWeb: () => void };

/** Before the first document: what goes here, and every way to bring it. */
export function EmptyCollection({ onFiles, onFolder, onWeb }: Props) {
  const { t } = useTranslation("library");
  return (
    <div className="grid place-content-center justify-items-center gap-4 p-6 text-center max-md:py-12 md:flex-1">
      <div className="grid max-w-xl justify-items-center gap-3 text-balance rounded-2xl border border-dashed border-control p-8">
        <h3 className="text-lg font-semibold">{t("emptyTitle")}</h3>
        <p className="max-w-md text-soft">{t("emptyHint")}</p>
        <div className="flex flex-wrap justify-center gap-2">
          <Button look="primary" onClick={onFiles}>
            <FilePlus2 aria-hidden="true" />
            {t("chooseFiles")}
          </Button>
          <Button onClick={onFolder}>
            <FolderPlus aria-hidden="true" />
            {t("chooseFolder")}
          </Button>
          <Button onClick={onWeb}>
            <Globe aria-hidden="true" />
            {t("fromWeb")}
          </Button>
        </div>
        <p className="text-sm text-soft">{t("dropHint")}</p>
        <p className="text-[0.8125rem] text-soft">{t("formats")}</p>
      </div>
    </div>
  );
}
