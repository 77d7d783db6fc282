import type { en } from "./en/index.ts";
import type { Locale } from "./locale.ts";

/** The areas whose texts come with the page that shows them. */
const AREAS = {
  palette: {
    en: () => import("./en/palette.ts").then(({ palette }) => palette),
    fr: () => import("./fr/palette.ts").then(({ palette }) => palette),
  },
  plan: {
    en: () => import("./en/plan.ts").then(({ plan }) => plan),
    fr: () => import("./fr/plan.ts").then(({ plan }) => plan),
  },
  start: {
    en: () => import("./en/start.ts").then(({ start }) => start),
    fr: () => import("./fr/start.ts").then(({ start }) => start),
  },
};

export type LaterArea = keyof typeof AREAS;

type Later = { [Area in LaterArea]: Awaited<ReturnType<(typeof AREAS)[Area]["en"]>> };

/** Every text of the dashboard by area; English gives the shape. */
export type Catalogue = typeof en & Later;

/** The same texts in French, whose plurals have one form more, for round millions. */
export type FrenchOf<T> = { [Key in keyof T]: T[Key] extends string ? string : FrenchOf<T[Key]> } & {
  [Key in keyof T as Key extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};

const LOADERS: Record<Locale, () => Promise<typeof en | FrenchOf<typeof en>>> = {
  en: () => import("./en/index.ts").then(({ en }) => en),
  fr: () => import("./fr/index.ts").then(({ fr }) => fr),
};

/** One area's texts in a language. */
export async function loadArea(locale: Locale, area: keyof Catalogue): Promise<object> {
  if (area in AREAS) return AREAS[area as LaterArea][locale]();
  return (await loadCatalogue(locale))[area as keyof typeof en];
}

/** The first steps' texts in a language that need not be the page's: a question is put in its document's. */
export function loadStartWords(locale: Locale) {
  return AREAS.start[locale]();
}

/** The texts that every page may need, which a browser loads in one language. */
export function loadCatalogue(locale: Locale) {
  return LOADERS[locale]();
}
