import ipaddr from "ipaddr.js";

/** The one block that global unicast addresses are given out of (IANA, "IPv6 Global Unicast Address Assignments"). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");
/** Documentation (RFC 9637), which the library doesn't know yet. */
const DOCUMENTATION = ipaddr.IPv6.parseCIDR("3fff::/20");

/**
 * Whether an IP address is one that anybody on the internet reaches under it. What embeds another address (mapped,
 * compatible, NAT64, 6to4, Teredo) is refused whatever it embeds: nobody publishes a site under one.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== "unicast") return false;
  if (address instanceof ipaddr.IPv4) return true;
  return address.match(GLOBAL_UNICAST) && !address.match(DOCUMENTATION);
}
