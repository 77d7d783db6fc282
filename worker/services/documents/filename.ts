import { cutText } from "../cut-text.ts";

/** Characters a stored name may have; most file systems allow 255 bytes. */
const MAX_CHARACTERS = 200;

/**
 * The name a file is shown under: its last path component, without control, bidi or invisible characters that
 * could dress one extension up as another. Never empty. A name that is cut keeps its extension.
 */
export function cleanFilename(raw: string): string {
  const name = (raw.normalize("NFC").split(/[\\/]/).at(-1) ?? "")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "")
    .trim();
  if (!name || /^\.+$/.test(name)) return "document";
  if (name.length <= MAX_CHARACTERS) return name;
  const extension = /\.[^.]{1,10}$/.exec(name)?.[0] ?? "";
  return cutText(name, MAX_CHARACTERS - extension.length) + extension;
}
