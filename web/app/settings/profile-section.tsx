import { useTranslation } from "react-i18next";
import { Segmented } from "../components/ui/segmented.tsx";
import { THEMES } from "../frame/theme.ts";
import { usePreferences } from "../frame/use-preferences.ts";
import { LOCALES } from "../i18n/locale.ts";
import { Fact, Section } from "./section.tsx";
import { useSettings } from "./settings-frame.tsx";

/** Who the reader is here, and how Ancre looks to them. */
export function ProfileSection() {
  const { t } = useTranslation("settings");
  const frame = useTranslation("frame");
  const { me } = useSettings();
  const { locale, theme, chooseLocale, chooseTheme } = usePreferences();
  return (
    <>
      <Section title={t("profile.you")}>
        <dl>
          <Fact name={t("profile.name")}>{me.name || t("profile.unknown")}</Fact>
          <Fact name={t("profile.email")}>{me.email || t("profile.unknown")}</Fact>
          <Fact name={t("profile.role")}>{t(`roles.${me.role}`)}</Fact>
          <Fact name={t("profile.id")}>
            <code className="font-mono text-[0.875rem] break-all">{me.user_id}</code>
          </Fact>
        </dl>
        <p className="text-sm text-soft">{t("profile.kept")}</p>
      </Section>
      <Section title={t("profile.look")}>
        <Segmented
          label={frame.t("language")}
          value={locale}
          options={LOCALES.map((value) => ({ value, name: frame.t(`languages.${value}`), lang: value }))}
          onChoose={chooseLocale}
        />
        <Segmented
          label={frame.t("theme")}
          value={theme}
          options={THEMES.map((value) => ({ value, name: frame.t(`themes.${value}`) }))}
          onChoose={chooseTheme}
        />
        <p className="text-sm text-soft">{t("profile.onDevice")}</p>
      </Section>
    </>
  );
}
