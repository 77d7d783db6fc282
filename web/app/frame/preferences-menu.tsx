import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { LogOut, Settings2, UserRound } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../components/ui/menu.tsx";
import { LOCALES } from "../i18n/locale.ts";
import { useLocale } from "../i18n/use-locale.ts";
import type { loader } from "../root.tsx";
import { useIdentity } from "../session/use-identity.ts";
import { isTheme, THEMES } from "./theme.ts";

/** The reader's language and theme. */
export function PreferencesMenu() {
  const { t } = useTranslation("frame");
  const identity = useIdentity();
  // One each: a choice on its way isn't called off by the other.
  const language = useFetcher();
  const look = useFetcher();
  const wanted = look.formData?.get("theme");
  const kept = useRouteLoaderData<typeof loader>("root")?.theme ?? "system";
  const theme = isTheme(wanted) ? wanted : kept;
  // At once, while the cookie is on its way.
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const action = { method: "post", action: "/preferences" } as const;
  return (
    <div className="sm:mt-auto">
      <Menu
        side="top"
        trigger={
          <button
            type="button"
            title={t("preferences")}
            className="flex w-full items-center gap-3 rounded-lg font-medium text-soft transition-colors hover:text-sea max-xl:flex-col max-xl:gap-0.5 max-xl:px-3 max-xl:py-2 max-sm:text-[0.6875rem] sm:hover:bg-sea-wash xl:min-h-10 xl:px-2.5"
          >
            <Settings2 className="size-5" aria-hidden="true" />
            <span className="uppercase sm:hidden">{useLocale()}</span>
            <span className="max-xl:sr-only">{t("preferences")}</span>
          </button>
        }
      >
        <MenuChoice
          label={t("language")}
          value={useLocale()}
          options={LOCALES.map((value) => ({ value, name: t(`languages.${value}`), lang: value }))}
          onChoose={(locale) => language.submit({ locale }, action)}
        />
        <MenuLine />
        <MenuChoice
          label={t("theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, name: t(`themes.${value}`) }))}
          onChoose={(chosen) => look.submit({ theme: chosen }, action)}
        />
        {identity && (
          <>
            <MenuLine />
            <MenuItem onSelect={identity.openAccount}>
              <UserRound aria-hidden="true" />
              {t("account")}
            </MenuItem>
            <MenuItem onSelect={() => void identity.signOut()}>
              <LogOut aria-hidden="true" />
              {t("signOut")}
            </MenuItem>
          </>
        )}
      </Menu>
    </div>
  );
}
