/**
 * How files begin that are no documents although most of their bytes may be printable: by IANA's name, the latin-1
 * characters at an offset, from each format's specification.
 */
const SIGNATURES: readonly (readonly [type: string, ...parts: (readonly [at: number, bytes: string])[]])[] = [
  ["image/png", [0, "\x89PNG\r\n\x1a\n"]],
  ["image/jpeg", [0, "\xff\xd8\xff"]],
  ["image/gif", [0, "GIF87a"]],
  ["image/gif", [0, "GIF89a"]],
  ["image/tiff", [0, "II*\0"]],
  ["image/tiff", [0, "MM\0*"]],
  ["image/webp", [0, "RIFF"], [8, "WEBP"]],
  ["image/heic", [4, "ftyphei"]],
  ["image/heic", [4, "ftypmif1"]],
  ["image/avif", [4, "ftypavi"]],
  // The version of the tag, which no text has there.
  ["audio/mpeg", [0, "ID3\x02"]],
  ["audio/mpeg", [0, "ID3\x03"]],
  ["audio/mpeg", [0, "ID3\x04"]],
  ["audio/wav", [0, "RIFF"], [8, "WAVE"]],
  ["audio/flac", [0, "fLaC\0"]],
  ["audio/ogg", [0, "OggS\0"]],
  ["audio/mp4", [4, "ftypM4A "]],
  ["video/mp4", [4, "ftyp"]],
  ["video/x-msvideo", [0, "RIFF"], [8, "AVI "]],
  ["video/matroska", [0, "\x1a\x45\xdf\xa3"]],
  ["application/x-executable", [0, "\x7fELF"]],
  // Where the rest of a program begins is a number at 60, below 64 KiB.
  ["application/vnd.microsoft.portable-executable", [0, "MZ"], [62, "\0\0"]],
  ["application/wasm", [0, "\0asm"]],
  ["application/gzip", [0, "\x1f\x8b\x08"]],
  ["application/x-7z-compressed", [0, "7z\xbc\xaf\x27\x1c"]],
  ["application/vnd.rar", [0, "Rar!\x1a\x07"]],
];

/** The media type of bytes that begin as no document does, as latin-1 characters; null where nothing tells. */
export function foreignType(head: string): string | null {
  const found = SIGNATURES.find(([, ...parts]) => parts.every(([at, bytes]) => head.startsWith(bytes, at)));
  return found?.[0] ?? null;
}
