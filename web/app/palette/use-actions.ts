import { useFetcher, useLocation, useNavigate } from "@remix-run/react";
import { FilePlus2, Languages, type LucideIcon, MessageCirclePlus, Sparkles, SunMoon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { PLACES } from "../frame/places.ts";
import { THEMES } from "../frame/theme.ts";
import { LOCALES } from "../i18n/locale.ts";
import { useLocale } from "../i18n/use-locale.ts";

export type Action = {
  id: string;
  group: "actions" | "pages";
  name: string;
  icon: LucideIcon;
  /** Whether it leads elsewhere, where focus then belongs. */
  leads: boolean;
  run: () => void;
};

/** What can be done from anywhere. */
export function useActions(): Action[] {
  const { t } = useTranslation("palette");
  const frame = useTranslation("frame").t;
  const locale = useLocale();
  const navigate = useNavigate();
  const asked = /^\/ask\/[^/]+/.exec(useLocation().pathname)?.[0];
  const preferences = useFetcher();
  const prefer = (choice: Record<string, string>) =>
    preferences.submit(choice, { method: "post", action: "/preferences" });
  const lead = (group: Action["group"], to: string, name: string, icon: LucideIcon): Action => ({
    id: `${group}-${to}`,
    group,
    name,
    icon,
    leads: true,
    run: () => navigate(to),
  });
  return [
    lead("actions", asked ?? "/ask", t("newConversation"), MessageCirclePlus),
    lead("actions", "/library", t("addDocuments"), FilePlus2),
    ...THEMES.map(
      (theme): Action => ({
        id: `theme-${theme}`,
        group: "actions",
        name: t("theme", { name: frame(`themes.${theme}`) }),
        icon: SunMoon,
        leads: false,
        run: () => prefer({ theme }),
      }),
    ),
    ...LOCALES.filter((other) => other !== locale).map(
      (other): Action => ({
        id: `language-${other}`,
        group: "actions",
        name: t("language", { name: frame(`languages.${other}`) }),
        icon: Languages,
        leads: false,
        run: () => prefer({ locale: other }),
      }),
    ),
    ...PLACES.map(({ to, name, icon }) => lead("pages", to, frame(name), icon)),
    lead("pages", "/start", t("firstSteps"), Sparkles),
  ];
}
