type Call = { origin: string; key: string; path: string; body: object };

/** A command for a POSIX shell that calls the API with a JSON body. */
export function curlLine({ origin, key, path, body }: Call): string {
  return [
    `curl ${quote(`${origin}/api/v1${path}`)}`,
    `  -H ${quote(`Authorization: Bearer ${key}`)}`,
    `  -H ${quote("Content-Type: application/json")}`,
    `  -d ${quote(JSON.stringify(body))}`,
  ].join(" \\\n");
}

/** Within single quotes a shell takes everything as it is, but for the quote that ends them. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
