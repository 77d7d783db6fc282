import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { type LaterArea, loadArea, loadCatalogue } from "./catalogue.ts";
import { DEFAULT_LOCALE, isLocale, LOCALES, type Locale } from "./locale.ts";

/**
 * i18next in one language, the texts that every visit needs and those of `areas` at hand; other areas and another
 * language's texts are loaded when they are asked for.
 */
export async function createI18n(locale: Locale, areas: LaterArea[] = []): Promise<i18n> {
  const instance = createInstance();
  const [first, ...later] = await Promise.all([
    loadCatalogue(locale),
    ...areas.map(async (area) => [area, (await loadArea(locale, area)) ?? {}] as const),
  ]);
  const resources: Record<string, object> = { ...first, ...Object.fromEntries(later) };
  await instance
    .use(initReactI18next)
    .use({
      type: "backend",
      init: () => {},
      read: (language: string, area: string, done: (error: unknown, texts: unknown) => void) => {
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
      resources: { [locale]: { ...resources } } as Record<string, Record<string, Record<string, string>>>,
      partialBundledLanguages: true,
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  return instance;
}
