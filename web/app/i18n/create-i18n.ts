import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { type Catalogue, loadArea, loadCatalogue } from "./catalogue.ts";
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from "./locale.ts";

/** i18next in one language, its texts at hand; another language's are loaded when it is changed to. */
export async function createI18n(locale: Locale): Promise<i18n> {
  const instance = createInstance();
  const resources = await loadCatalogue(locale);
  await instance
    .use(initReactI18next)
    .use({
      type: "backend",
      init: () => {},
      read: (language: string, area: keyof Catalogue, done: (error: unknown, texts: unknown) => void) => {
        loadArea(isLocale(language) ? language : DEFAULT_LOCALE, area).then(
          (texts) => done(null, texts),
          (error: unknown) => done(error, null),
        );
      },
    })
    .init({
      lng: locale,
      supportedLngs: LOCALES,
      fallbackLng: false,
      ns: Object.keys(resources),
      defaultNS: "everywhere",
      resources: { [locale]: resources },
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  return instance;
}
