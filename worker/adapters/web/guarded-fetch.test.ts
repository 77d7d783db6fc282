import { expect, test } from "vitest";
import { guardedFetch } from "./guarded-fetch.ts";

type Answer = { status?: number; location?: string };

/** Fetches `address` from a web that is all in `pages`, whose names resolve as in `names`. */
async function visit(address: string, pages: Record<string, Answer>, names: Record<string, string[]> = {}) {
  const requests: string[] = [];
  const headers: Headers[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = new URL(String(input));
    if (url.host === "resolver.example") {
      const name = url.searchParams.get("name") ?? "";
      const addresses = names[name] ?? ["93.184.215.14"];
      const type = url.searchParams.get("type") === "A" ? 1 : 28;
      const records = addresses.filter((text) => text.includes(":") === (type === 28));
      return Response.json({
        Status: 0,
        Answer: [{ type: 5, data: "alias.example" }, ...records.map((data) => ({ type, data }))],
      });
    }
    requests.push(url.href);
    headers.push(new Headers(init?.headers));
    expect(init?.redirect).toBe("manual");
    const { status = 200, location } = pages[url.href] ?? { status: 404 };
    return new Response(null, {
      status,
      headers: { ...(location ? { Location: location } : {}), "Set-Cookie": "a=b" },
    });
  };
  const settings = { resolverUrl: "https://resolver.example/dns-query", ownHosts: [], localHosts: [], fetch };
  try {
    const { url } = await guardedFetch(address, settings, { accept: "*/*" });
    return { end: url.href, requests, headers };
  } catch (error) {
    return { end: (error as { reason: string }).reason, requests, headers };
  }
}

test("redirects are followed one by one, relative ones too, and nothing is carried along but who asks", async () => {
  const { end, requests, headers } = await visit("http://a.example/", {
    "http://a.example/": { status: 301, location: "https://b.example/x" },
    "https://b.example/x": { status: 308, location: "../y" },
    "https://b.example/y": {},
  });
  expect(end).toBe("https://b.example/y");
  expect(requests).toHaveLength(3);
  for (const sent of headers) {
    expect([...sent.keys()]).toEqual(["accept", "user-agent"]);
    expect(sent.get("User-Agent")).toMatch(/^Ancre\//);
  }
});

test.each([
  ["http://127.0.0.1/"],
  ["http://169.254.169.254/latest/meta-data/"],
  ["//10.0.0.1/"],
  ["http://[::ffff:10.0.0.1]/"],
  ["http://2130706433/"],
  ["http://localhost/"],
  ["file:///etc/passwd"],
  ["https://user:password@b.example/"],
  ["https://b.example:8443/"],
  ["https://inside.example/"],
])("a redirect to %s is not followed", async (location) => {
  const pages = { "https://a.example/": { status: 302, location }, "https://b.example/": {} };
  const { end, requests } = await visit("https://a.example/", pages, { "inside.example": ["10.0.0.5"] });
  expect(end).toBe("address_refused");
  expect(requests).toEqual(["https://a.example/"]);
});

test.each([
  ["a private address", ["10.0.0.5"], "address_refused"],
  ["one private address among public ones", ["93.184.215.14", "192.168.1.1"], "address_refused"],
  ["a private IPv6 address beside a public IPv4 one", ["93.184.215.14", "fd00::1"], "address_refused"],
  ["a mapped address", ["::ffff:10.0.0.1"], "address_refused"],
  ["something that is no address", ["0x7f.1.example"], "address_refused"],
  ["no address", [], "name_not_found"],
])("a name with %s is not fetched", async (_, addresses, reason) => {
  const { end, requests } = await visit(
    "https://a.example/",
    { "https://a.example/": {} },
    { "a.example": addresses },
  );
  expect({ end, requests }).toEqual({ end: reason, requests: [] });
});

test("a chain without end is left, and what a server refuses or can't give now is told apart", async () => {
  const round = { "https://a.example/": { status: 302, location: "/" } };
  const { end, requests } = await visit("https://a.example/", round);
  expect({ end, requests: requests.length }).toEqual({ end: "too_many_redirects", requests: 6 });
  for (const [status, reason] of [
    [404, "http_refused"],
    [401, "http_refused"],
    [304, "http_refused"],
    [429, "unreachable"],
    [503, "unreachable"],
  ] as const) {
    expect((await visit("https://a.example/", { "https://a.example/": { status } })).end).toBe(reason);
  }
});

test("a resolver that doesn't answer leads to no request", async () => {
  const fetch: typeof globalThis.fetch = async (input) => {
    expect(String(input)).toMatch(/^https:\/\/resolver\.example/);
    return Response.json({ Status: 2 });
  };
  const settings = { resolverUrl: "https://resolver.example/", ownHosts: [], localHosts: [], fetch };
  await expect(guardedFetch("https://a.example/", settings, { accept: "*/*" })).rejects.toMatchObject({
    reason: "unreachable",
  });
});
