import type { en } from "./en/index.ts";
import type { Locale } from "./locale.ts";

/** Every text of the dashboard by area; English gives the shape. */
export type Catalogue = typeof en;

/** The same texts in French, whose plurals have one form more, for round millions. */
export type FrenchOf<T> = { [Key in keyof T]: T[Key] extends string ? string : FrenchOf<T[Key]> } & {
  [Key in keyof T as Key extends `${infer Base}_other` ? `${Base}_many` : never]: string;
};

const LOADERS: Record<Locale, () => Promise<Catalogue | FrenchOf<Catalogue>>> = {
  en: () => import("./en/index.ts").then(({ en }) => en),
  fr: () => import("./fr/index.ts").then(({ fr }) => fr),
};

/** A language's texts, which a browser loads only once it needs them. */
export function loadCatalogue(locale: Locale) {
  return LOADERS[locale]();
}
