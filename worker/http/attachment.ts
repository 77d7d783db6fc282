/** A stored file as a download that no browser will run: somebody else wrote it. */
export function attachment(file: {
  filename: string;
  mediaType: string;
  body: ReadableStream;
  size: number;
}): Response {
  return new Response(file.body, {
    headers: {
      "Content-Type": file.mediaType,
      "Content-Length": String(file.size),
      "Content-Disposition": `attachment; filename*=UTF-8''${encodeRfc5987(file.filename)}`,
      "Content-Security-Policy": "sandbox; default-src 'none'",
      "Cache-Control": "private, no-store",
    },
  });
}

/** RFC 5987's `ext-value`: percent-encoding, and the marks that `encodeURIComponent` leaves alone. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
