import { type Admit, FetchFailure } from "../../ports/web.ts";
import { type AddressRules, checkAddress } from "./address-guard.ts";
import { isPublicAddress } from "./public-address.ts";
import { resolveName } from "./resolve-name.ts";

/** Hops after the first; browsers allow 20, sites need two or three. */
const MAX_REDIRECTS = 5;
/** Milliseconds for all hops together and the body of the last: well within the lease of whoever waits. */
const TIMEOUT_MS = 60_000;
const REDIRECTS = [301, 302, 303, 307, 308];
/** What a server says that may be over in a moment. */
const FLEETING = [408, 425, 429, 500, 502, 503, 504];

/** What `robots.txt` knows us by, too. */
export const USER_AGENT = "Ancre/1 (document import)";

export type WebSettings = AddressRules & {
  /** A DNS-over-HTTPS endpoint that answers JSON. */
  resolverUrl: string;
  fetch: typeof globalThis.fetch;
};

/**
 * Fetches a public address, following redirects by hand so that each hop passes the same checks as the first. Throws
 * `FetchFailure` for whatever isn't 200.
 */
export async function guardedFetch(
  address: string,
  settings: WebSettings,
  options: { accept: string; admit?: Admit },
): Promise<{ url: URL; response: Response }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let next = address;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const { url, name } = checkAddress(next, settings);
    await options.admit?.(url);
    if (name !== null) await requirePublic(name, settings);
    const response = await request(url, settings, { accept: options.accept, signal });
    if (response.status === 200) return { url, response };
    await response.body?.cancel();
    const location = response.headers.get("Location");
    if (!REDIRECTS.includes(response.status) || location === null) throw refusal(response.status);
    if (!URL.canParse(location, url)) throw new FetchFailure("address_invalid", "redirect to no address");
    next = new URL(location, url).href;
  }
  throw new FetchFailure("too_many_redirects", `more than ${MAX_REDIRECTS} redirects`);
}

/** One private address among several is enough: which one the connection takes is not ours to choose. */
async function requirePublic(name: string, settings: WebSettings): Promise<void> {
  const addresses = await resolveName(name, settings);
  if (!addresses.every(isPublicAddress))
    throw new FetchFailure("address_refused", `${name} is a private address`);
}

async function request(
  url: URL,
  { fetch }: WebSettings,
  { accept, signal }: { accept: string; signal: AbortSignal },
): Promise<Response> {
  try {
    return await fetch(url.href, {
      redirect: "manual",
      headers: { Accept: accept, "User-Agent": USER_AGENT },
      signal,
    });
  } catch (cause) {
    throw new FetchFailure("unreachable", `no answer: ${String(cause)}`, { cause });
  }
}

function refusal(status: number): FetchFailure {
  return new FetchFailure(FLEETING.includes(status) ? "unreachable" : "http_refused", `status ${status}`);
}
