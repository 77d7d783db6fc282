import { FetchFailure } from "../../ports/web.ts";
import { isPublicAddress } from "./public-address.ts";

/** Characters of an address; what browsers and proxies agree on. */
const MAX_ADDRESS = 2_048;
/** Names that lead into a network or to its metadata, and those set aside for it (RFC 6761, 6762, 7686, 8375, 9476). */
const PRIVATE_SUFFIXES = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "home.arpa",
  "in-addr.arpa",
  "ip6.arpa",
  "onion",
  "alt",
  "test",
  "invalid",
];
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

export type AddressRules = {
  /** Hosts that are ours, with all below them. */
  ownHosts: string[];
  /** `host:port` that development may fetch from in spite of every rule. */
  localHosts: string[];
};

/** A checked address. `name` is what DNS must be asked for; null: the host is an address already. */
export type CheckedAddress = { url: URL; name: string | null };

/**
 * Checks an address as far as its text tells. The parsed form alone is used from here on, so that no second reading of
 * the text can find another host in it. Throws `FetchFailure` "address_invalid" or "address_refused".
 */
export function checkAddress(text: string, rules: AddressRules): CheckedAddress {
  if (text.length > MAX_ADDRESS || !URL.canParse(text)) {
    throw new FetchFailure("address_invalid", "is no address");
  }
  const url = new URL(text);
  url.hash = "";
  if (url.protocol !== "http:" && url.protocol !== "https:") throw refused(`scheme ${url.protocol}`);
  if (url.username || url.password) throw refused("credentials");
  if (rules.localHosts.includes(url.host)) return { url, name: null };
  // The parser drops a port that is the scheme's own; the other one's is left.
  if (url.port !== "" && url.port !== "80" && url.port !== "443") throw refused(`port ${url.port}`);
  const host = url.hostname.replace(/\.$/, "");
  const literal = host.startsWith("[") ? host.slice(1, -1) : /^\d+(\.\d+){3}$/.test(host) ? host : null;
  if (literal !== null) {
    if (!isPublicAddress(literal)) throw refused("private address");
    return { url, name: null };
  }
  const labels = host.split(".");
  if (host.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
    throw refused(`host ${host}`);
  }
  if ([...PRIVATE_SUFFIXES, ...rules.ownHosts].some((name) => isUnder(host, name)))
    throw refused(`host ${host}`);
  url.hostname = host;
  return { url, name: host };
}

function isUnder(host: string, name: string): boolean {
  return host === name || host.endsWith(`.${name}`);
}

function refused(what: string): FetchFailure {
  return new FetchFailure("address_refused", what);
}
