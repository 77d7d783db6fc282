import type { en } from "./en/index.ts";
import type { Locale } from "./locale.ts";

/** What every visit loads, by language. */
const LOADERS: Record<Locale, () => Promise<typeof en | FrenchOf<typeof en>>> = {
  en: () => import("./en/index.ts").then(({ en }) => en),
  fr: () => import("./fr/index.ts").then(({ fr }) => fr),
};

/** What comes with the pages that say it, by area and language. */
const LATER = {
  assistants: {
    en: () => import("./en/assistants.ts").then(({ assistants }) => assistants),
    fr: () => import("./fr/assistants.ts").then(({ assistants }) => assistants),
  },
  deletion: {
    en: () => import("./en/deletion.ts").then(({ deletion }) => deletion),
    fr: () => import("./fr/deletion.ts").then(({ deletion }) => deletion),
  },
  document: {
    en: () => import("./en/document.ts").then(({ document }) => document),
    fr: () => import("./fr/document.ts").then(({ document }) => document),
  },
  imports: {
    en: () => import("./en/imports.ts").then(({ imports }) => imports),
    fr: () => import("./fr/imports.ts").then(({ imports }) => imports),
  },
  library: {
    en: () => import("./en/library.ts").then(({ library }) => library),
    fr: () => import("./fr/library.ts").then(({ library }) => library),
  },
  palette: {
    en: () => import("./en/palette.ts").then(({ palette }) => palette),
    fr: () => import("./fr/palette.ts").then(({ palette }) => palette),
  },
  plan: {
    en: () => import("./en/plan.ts").then(({ plan }) => plan),
    fr: () => import("./fr/plan.ts").then(({ plan }) => plan),
  },
  settings: {
    en: () => import("./en/settings.ts").then(({ settings }) => settings),
    fr: () => import("./fr/settings.ts").then(({ settings }) => settings),
  },
  start: {
    en: () => import("./en/start.ts").then(({ start }) => start),
    fr: () => import("./fr/start.ts").then(({ start }) => start),
  },
};

export type LaterArea = keyof typeof LATER;

type LaterTexts = { [Area in LaterArea]: Awaited<ReturnType<(typeof LATER)[Area]["en"]>> };

/** Every text of the dashboard by area; English gives the shape. */
export type Catalogue = typeof en & LaterTexts;

/** The same texts in French, whose plurals have one form more, for round millions. */
export type FrenchOf<T> = { [Key in keyof T]: T[Key] extends string ? string : FrenchOf<T[Key]> } & {
  [Key in keyof T as Key extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};

export const LATER_AREAS = Object.keys(LATER) as LaterArea[];

/** The texts of a language that every visit needs, which a browser loads only once it needs them. */
export function loadCatalogue(locale: Locale): Promise<typeof en | FrenchOf<typeof en>> {
  return LOADERS[locale]();
}

/** The texts of one area. Undefined for one that isn't there. */
export async function loadArea(locale: Locale, area: string): Promise<object | undefined> {
  if (isLater(area)) return LATER[area][locale]();
  const texts: Record<string, object> = await loadCatalogue(locale);
  return texts[area];
}

/** The first steps' texts in a language that need not be the page's: a question is put in its document's. */
export function loadStartWords(locale: Locale) {
  return LATER.start[locale]();
}

export function isLater(area: string): area is LaterArea {
  return Object.hasOwn(LATER, area);
}
