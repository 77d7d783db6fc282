import { LogOut, Settings2, UserRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Menu, MenuChoice, MenuItem, MenuLine } from "../components/ui/menu.tsx";
import { LOCALES } from "../i18n/locale.ts";
import { useIdentity } from "../session/use-identity.ts";
import { THEMES } from "./theme.ts";
import { useHydrated } from "./use-hydrated.ts";
import { usePreferences } from "./use-preferences.ts";

/** The reader's language and theme; on phones they are among the settings alone. */
export function PreferencesMenu() {
  const { t } = useTranslation("frame");
  const identity = useIdentity();
  const isHydrated = useHydrated();
  const { locale, theme, chooseLocale, chooseTheme } = usePreferences();
  return (
    <div className="max-sm:hidden sm:mt-auto">
      <Menu
        side="top"
        trigger={
          <button
            type="button"
            title={t("preferences")}
            disabled={!isHydrated}
            className="flex w-full items-center gap-3 rounded-lg font-medium text-soft transition-colors hover:text-sea disabled:cursor-wait max-xl:justify-center max-xl:py-2 hover:bg-sea-wash xl:min-h-10 xl:px-2.5"
          >
            <Settings2 className="size-5" aria-hidden="true" />
            <span className="max-xl:sr-only">{t("preferences")}</span>
          </button>
        }
      >
        <MenuChoice
          label={t("language")}
          value={locale}
          options={LOCALES.map((value) => ({ value, name: t(`languages.${value}`), lang: value }))}
          onChoose={chooseLocale}
        />
        <MenuLine />
        <MenuChoice
          label={t("theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, name: t(`themes.${value}`) }))}
          onChoose={chooseTheme}
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
