/** Characters of one part of a path, its extension kept: every file system takes as many, whatever the script. */
const MAX_PART = 80;

/** What some system can't have in a name, or would act on: control and direction marks, separators, wildcards. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/gu;
/** Names that Windows gives to devices, with any extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A name as one part of a path on any system: never empty, never a way up. */
export function safePart(name: string): string {
  const clean = name
    .normalize("NFC")
    .replace(UNSAFE, "_")
    .replace(/^\s+|[\s.]+$/g, "")
    .replace(DEVICE, "_$1");
  const extension = /\.[^.\s]{1,10}$/.exec(clean)?.[0] ?? "";
  const stem = [...clean.slice(0, clean.length - extension.length)];
  return stem.slice(0, MAX_PART).join("") + extension || "_";
}

/** Gives each path once: one that was given, on systems that don't tell capitals apart, gets a number. */
export function createNamer(): (parts: string[]) => string {
  const given = new Set<string>();
  return (parts) => {
    const path = parts.map(safePart).join("/");
    const [, stem = path, extension = ""] = /^(.*?)(\.[^./\s]{1,10})?$/.exec(path) ?? [];
    for (let number = 1; ; number++) {
      const candidate = number === 1 ? path : `${stem} (${number})${extension}`;
      const key = candidate.toLowerCase();
      if (given.has(key)) continue;
      given.add(key);
      return candidate;
    }
  };
}
