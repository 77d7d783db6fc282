import { expect, test } from "vitest";
import { assistants as englishAssistants } from "./en/assistants.ts";
import { deletion as englishDeletion } from "./en/deletion.ts";
import { en as firstEnglish } from "./en/index.ts";
import { settings as englishSettings } from "./en/settings.ts";
import { assistants as frenchAssistants } from "./fr/assistants.ts";
import { deletion as frenchDeletion } from "./fr/deletion.ts";
import { fr as firstFrench } from "./fr/index.ts";
import { settings as frenchSettings } from "./fr/settings.ts";

const en = {
  ...firstEnglish,
  assistants: englishAssistants,
  deletion: englishDeletion,
  settings: englishSettings,
};
const fr = {
  ...firstFrench,
  assistants: frenchAssistants,
  deletion: frenchDeletion,
  settings: frenchSettings,
};

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

test("French signs keep to their words", () => {
  for (const text of flatten(fr).values()) expect(text).not.toMatch(/ [:;?!»]|« /);
});
