import { expect, test } from "vitest";
import { checkAddress } from "./address-guard.ts";

const RULES = { ownHosts: ["ancre.example"], localHosts: ["127.0.0.1:8123"] };

/** The host that DNS is asked for, the address itself, or why neither is. */
function verdict(address: string): string {
  try {
    const { url, name } = checkAddress(address, RULES);
    return name ?? url.hostname;
  } catch (error) {
    return (error as { reason: string }).reason;
  }
}

test.each([
  // Loopback and "this host", in every spelling that a connection understands.
  "http://127.0.0.1/",
  "http://127.1/",
  "http://127.0.1/",
  "http://2130706433/",
  "http://0x7f000001/",
  "http://0x7f.1/",
  "http://0x7F.0x0.0x0.0x1/",
  "http://017700000001/",
  "http://0177.0.0.1/",
  "http://0177.0.0.0x1/",
  "http://127.0.0.1./",
  "http://127.255.255.254/",
  "http://0/",
  "http://0.0.0.0/",
  "http://00.00.00.00/",
  "http://0.1.2.3/",
  "http://%31%32%37.0.0.1/",
  "http://127%2e0%2e0%2e1/",
  "http://①②⑦.⓪.⓪.①/",
  "http://127。0。0。1/",
  "http://１２７.0.0.1/",
  "http://127.0.0.1\t/",
  "http:\\\\127.0.0.1\\",
  "http:127.0.0.1",
  "http://[::1]/",
  "http://[0:0:0:0:0:0:0:1]/",
  "http://[0000::0001]/",
  "http://[::]/",
  "http://localhost/",
  "http://LOCALHOST/",
  "http://localhost./",
  "http://a.localhost/",
  "http://localhost.localdomain/",
  // Private networks, carriers' and link-local ones, and the metadata of clouds.
  "http://10.0.0.1/",
  "http://10.255.255.255/",
  "http://012.0.0.1/",
  "http://172.16.0.1/",
  "http://172.31.255.255/",
  "http://192.168.0.1/",
  "http://0xc0a80001/",
  "http://3232235521/",
  "http://100.64.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/",
  "http://0xa9fea9fe/",
  "http://0251.0376.0251.0376/",
  "http://169.254.43518/",
  "http://[fe80::1]/",
  "http://[fc00::1]/",
  "http://[fd00:ec2::254]/",
  "http://[fec0::1]/",
  "http://metadata.google.internal/",
  "http://metadata/",
  "http://intranet/",
  "http://router.lan/",
  "http://nas.home.arpa/",
  "http://printer.local/",
  "http://wiki.corp/",
  "http://x.onion/",
  // Nobody's, everybody's and documentation's.
  "http://192.0.0.1/",
  "http://192.0.2.1/",
  "http://198.51.100.1/",
  "http://203.0.113.1/",
  "http://198.18.0.1/",
  "http://192.88.99.1/",
  "http://224.0.0.1/",
  "http://239.255.255.250/",
  "http://240.0.0.1/",
  "http://255.255.255.255/",
  "http://[ff02::1]/",
  "http://[100::1]/",
  "http://[2001:db8::1]/",
  "http://[3fff::1]/",
  "http://[5f00::1]/",
  "http://[2001:2::1]/",
  "http://[2001:10::1]/",
  "http://[4000::1]/",
  // Addresses inside of addresses.
  "http://[::ffff:127.0.0.1]/",
  "http://[::ffff:7f00:1]/",
  "http://[::ffff:0:127.0.0.1]/",
  "http://[::127.0.0.1]/",
  "http://[::169.254.169.254]/",
  "http://[::ffff:93.184.215.14]/",
  "http://[64:ff9b::7f00:1]/",
  "http://[64:ff9b::169.254.169.254]/",
  "http://[64:ff9b:1::10.0.0.1]/",
  "http://[64:ff9b:1:fffe::a9fe:a9fe]/",
  "http://[2002:7f00:1::]/",
  "http://[2002:a9fe:a9fe::1]/",
  "http://[2001::1]/",
  "http://[2001:0:7f00:1::]/",
  // Our own, other schemes, ports, credentials.
  "https://ancre.example/api/v1/documents",
  "https://api.ancre.example/",
  "https://API.ANCRE.EXAMPLE./",
  "ftp://site.example/",
  "file:///etc/passwd",
  "gopher://site.example/",
  "data:text/html,hello",
  "javascript:alert(1)",
  "blob:https://site.example/1",
  "http://site.example:22/",
  "http://site.example:8080/",
  "https://site.example:6379/",
  "http://127.0.0.1:8124/",
  "http://user@site.example/",
  "http://user:password@site.example/",
  "http://site.example@127.0.0.1/",
  "http://site.example:80@127.0.0.1/",
  "http://@127.0.0.1:8123@site.example/",
  "http://site..example/",
  "http://-site-.example/",
  "http://127.0.0.1.8/",
  "http://1.2.3.4.5/",
])("%s is not fetched", (address) => {
  expect(verdict(address)).toMatch(/^address_(refused|invalid)$/);
});

test.each([
  ["https://site.example/page", "site.example"],
  ["http://SITE.Example./page", "site.example"],
  ["https://site.example:443/", "site.example"],
  ["https://site.example:80/", "site.example"],
  ["http://site.example#@10.0.0.1/", "site.example"],
  ["http://site.example?@10.0.0.1/", "site.example"],
  ["https://bücher.example/", "xn--bcher-kva.example"],
  ["https://notancre.example.com/", "notancre.example.com"],
  ["https://a_b.site.example/", "a_b.site.example"],
  ["http://93.184.215.14/", "93.184.215.14"],
  ["http://1572394766/", "93.184.215.14"],
  ["http://172.32.0.1/", "172.32.0.1"],
  ["http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/", "[2606:2800:21f:cb07:6820:80da:af6b:8b2c]"],
  ["http://127.0.0.1:8123/", "127.0.0.1"],
])("%s is %s", (address, host) => {
  expect(verdict(address)).toBe(host);
});

test("an address that is longer than any, or none at all, is invalid", () => {
  for (const address of [
    "",
    "site.example",
    "//site.example/",
    "http://",
    `http://site.example/${"x".repeat(2_048)}`,
  ])
    expect(verdict(address)).toBe("address_invalid");
});
