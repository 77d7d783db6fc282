import type { document } from "./en/document.ts";
import type { imports } from "./en/imports.ts";
import type { en } from "./en/index.ts";
import type { library } from "./en/library.ts";
import type { Locale } from "./locale.ts";

/** What every visit loads, by language. */
const LOADERS = {
  en: () => import("./en/index.ts").then(({ en }) => en),
  fr: () => import("./fr/index.ts").then(({ fr }) => fr),
};

type LaterTexts = { library: typeof library; document: typeof document; imports: typeof imports };

export type LaterArea = keyof LaterTexts;

/** Every text of the dashboard by area; English gives the shape. */
export type Catalogue = typeof en & LaterTexts;

/** The same texts in French, whose plurals have one form more, for round millions. */
export type FrenchOf<T> = { [Key in keyof T]: T[Key] extends string ? string : FrenchOf<T[Key]> } & {
  [Key in keyof T as Key extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};

/** What comes with the pages that say it, by area and language. */
const LATER: { [Area in LaterArea]: Record<Locale, () => Promise<object>> } = {
  library: {
    en: () => import("./en/library.ts").then(({ library }) => library),
    fr: () => import("./fr/library.ts").then(({ library }) => library),
  },
  document: {
    en: () => import("./en/document.ts").then(({ document }) => document),
    fr: () => import("./fr/document.ts").then(({ document }) => document),
  },
  imports: {
    en: () => import("./en/imports.ts").then(({ imports }) => imports),
    fr: () => import("./fr/imports.ts").then(({ imports }) => imports),
  },
};

export const LATER_AREAS: LaterArea[] = ["library", "document", "imports"];

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

export function isLater(area: string): area is LaterArea {
  return Object.hasOwn(LATER, area);
}
