import type { assistants } from "./en/assistants.ts";
import type { deletion } from "./en/deletion.ts";
import type { en } from "./en/index.ts";
import type { settings } from "./en/settings.ts";
import type { Locale } from "./locale.ts";

/** Texts that only their own pages load: the first visit goes without. */
export type LateTexts = {
  assistants: typeof assistants;
  deletion: typeof deletion;
  settings: typeof settings;
};

/** Every text of the dashboard by area; English gives the shape. */
export type Catalogue = typeof en & LateTexts;

/** The same texts in French, whose plurals have one form more, for round millions. */
export type FrenchOf<T> = { [Key in keyof T]: T[Key] extends string ? string : FrenchOf<T[Key]> } & {
  [Key in keyof T as Key extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};

type FirstTexts = typeof en;

const LOADERS: Record<Locale, () => Promise<FirstTexts | FrenchOf<FirstTexts>>> = {
  en: () => import("./en/index.ts").then(({ en }) => en),
  fr: () => import("./fr/index.ts").then(({ fr }) => fr),
};

type LateLoaders = {
  [Area in keyof LateTexts]: Record<Locale, () => Promise<LateTexts[Area] | FrenchOf<LateTexts[Area]>>>;
};

const LATE_LOADERS: LateLoaders = {
  assistants: {
    en: () => import("./en/assistants.ts").then(({ assistants }) => assistants),
    fr: () => import("./fr/assistants.ts").then(({ assistants }) => assistants),
  },
  deletion: {
    en: () => import("./en/deletion.ts").then(({ deletion }) => deletion),
    fr: () => import("./fr/deletion.ts").then(({ deletion }) => deletion),
  },
  settings: {
    en: () => import("./en/settings.ts").then(({ settings }) => settings),
    fr: () => import("./fr/settings.ts").then(({ settings }) => settings),
  },
};

/** A language's texts of every page, which a browser loads only once it needs them. */
export function loadCatalogue(locale: Locale) {
  return LOADERS[locale]();
}

/** A language's texts of one area, whenever it is loaded. */
export async function loadArea(locale: Locale, area: keyof FirstTexts | keyof LateTexts): Promise<object> {
  return isLate(area) ? LATE_LOADERS[area][locale]() : (await loadCatalogue(locale))[area];
}

function isLate(area: string): area is keyof LateTexts {
  return area in LATE_LOADERS;
}
