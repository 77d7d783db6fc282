import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { Settings2 } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Menu, MenuChoice, MenuLine } from "../components/ui/menu.tsx";
import { LOCALES } from "../i18n/locale.ts";
import { useLocale } from "../i18n/use-locale.ts";
import type { loader } from "../root.tsx";
import { isTheme, THEMES } from "./theme.ts";

/** The reader's language and theme. */
export function PreferencesMenu() {
  const { t } = useTranslation("frame");
  const { submit, formData } = useFetcher();
  const wanted = formData?.get("theme");
  const kept = useRouteLoaderData<typeof loader>("root")?.theme ?? "system";
  const theme = isTheme(wanted) ? wanted : kept;
  // At once, while the cookie is on its way.
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const set = (name: "locale" | "theme") => (value: string) =>
    submit({ [name]: value }, { method: "post", action: "/preferences" });
  return (
    <div className="sm:mt-auto">
      <Menu
        side="top"
        trigger={
          <button
            type="button"
            title={t("preferences")}
            aria-label={t("preferences")}
            className="flex w-full items-center gap-3 rounded-lg font-medium text-soft transition-colors hover:text-sea max-xl:flex-col max-xl:gap-0.5 max-xl:px-3 max-xl:py-2 max-sm:text-[0.6875rem] sm:hover:bg-sea-wash xl:min-h-10 xl:px-2.5"
          >
            <Settings2 className="size-5" aria-hidden="true" />
            <span className="uppercase sm:hidden">{useLocale()}</span>
            <span className="max-xl:hidden">{t("preferences")}</span>
          </button>
        }
      >
        <MenuChoice
          label={t("language")}
          value={useLocale()}
          options={LOCALES.map((value) => ({ value, name: t(`languages.${value}`), lang: value }))}
          onChoose={set("locale")}
        />
        <MenuLine />
        <MenuChoice
          label={t("theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, name: t(`themes.${value}`) }))}
          onChoose={set("theme")}
        />
      </Menu>
    </div>
  );
}
