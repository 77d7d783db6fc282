import { expect, test } from "vitest";
import { keepSigns } from "../components/keep-signs.ts";
import { LATER_AREAS, loadArea } from "./catalogue.ts";
import { en as first } from "./en/index.ts";
import { fr as premier } from "./fr/index.ts";

const later = async (locale: "en" | "fr") =>
  Object.fromEntries(
    await Promise.all(LATER_AREAS.map(async (area) => [area, await loadArea(locale, area)])),
  );
const en = { ...first, ...(await later("en")) };
const fr = { ...premier, ...(await later("fr")) };

/** Every text by its path. */
function flatten(texts: object, path = ""): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[`${path}${key}`, value]] : [...flatten(value, `${path}${key}.`)],
    ),
  );
}

const places = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort();

test("both languages fill the same places with the same values", () => {
  const french = flatten(fr);
  for (const [path, text] of flatten(en))
    expect([path, places(french.get(path) ?? "")]).toEqual([path, places(text)]);
});

test("each language has every plural form that it counts with", () => {
  for (const [locale, texts] of [
    ["en", flatten(en)],
    ["fr", flatten(fr)],
  ] as const) {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const path of texts.keys()) {
      const base = /^(.*)_other$/.exec(path)?.[1];
      if (base) expect(forms.filter((form) => !texts.has(`${base}_${form}`))).toEqual([]);
    }
  }
});

test("French signs keep to their words, and pronouns to their verbs", () => {
  for (const [path, text] of flatten(fr)) {
    // It is asked as well as shown, and whoever reads it looks for plain words.
    if (path !== "start.about") expect(keepSigns(text)).toBe(text);
  }
});
