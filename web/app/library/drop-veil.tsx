import { FileDown } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Over the page while files are held above it: where they would go. */
export function DropVeil({ name }: { name: string }) {
  const { t } = useTranslation("library");
  return (
    <div className="pointer-events-none fixed inset-2 z-50 grid place-items-center rounded-2xl border-2 border-dashed border-sea bg-sea-wash/90">
      <p className="flex items-center gap-3 rounded-2xl bg-surface px-6 py-4 text-xl font-semibold text-sea shadow-float">
        <FileDown className="size-7" aria-hidden="true" />
        {t("dropNow", { name })}
      </p>
    </div>
  );
}
