import { useFetcher, useRouteLoaderData } from "@remix-run/react";
import { useEffect } from "react";
import { isLocale } from "../i18n/locale.ts";
import { useLocale } from "../i18n/use-locale.ts";
import type { loader } from "../root.tsx";
import { isTheme } from "./theme.ts";

const ACTION = { method: "post", action: "/preferences" } as const;

/** The reader's language and theme, and how to choose others. */
export function usePreferences() {
  // One each: a choice on its way isn't called off by the other.
  const language = useFetcher();
  const look = useFetcher();
  const current = useLocale();
  const wantedLocale = language.formData?.get("locale");
  const wanted = look.formData?.get("theme");
  const kept = useRouteLoaderData<typeof loader>("root")?.theme ?? "system";
  const theme = isTheme(wanted) ? wanted : kept;
  // At once, while the cookie is on its way.
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return {
    locale: isLocale(wantedLocale) ? wantedLocale : current,
    theme,
    chooseLocale: (locale: string) => language.submit({ locale }, ACTION),
    chooseTheme: (chosen: string) => look.submit({ theme: chosen }, ACTION),
  };
}
