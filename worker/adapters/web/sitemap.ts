import { ParseFailure } from "../../ports/document-parser.ts";
import { FetchFailure, type Sitemap } from "../../ports/web.ts";
import { firstChild, readXml, textOf, type XmlNode } from "../parsers/xml.ts";
import { peek } from "../peek.ts";
import { limitedBody } from "./limited-body.ts";

/** Bytes of a sitemap once it is unpacked; the protocol allows 50 MB, for 50 times the pages that are taken. */
const MAX_SITEMAP_BYTES = 10_000_000;

/** Reads a sitemap or an index of them, gzipped or not. Throws `FetchFailure` "sitemap_unreadable" or "too_large". */
export async function readSitemap(body: ReadableStream<Uint8Array>): Promise<Sitemap> {
  const root = parse(await unpack(body));
  const index = firstChild(root, "sitemapindex");
  const list = firstChild(root, "urlset");
  if (!index && !list) throw unreadable("has neither urlset nor sitemapindex");
  return { pages: locations(list, "url"), sitemaps: locations(index, "sitemap") };
}

function locations(list: XmlNode | undefined, item: string): string[] {
  return (list?.children ?? []).flatMap((entry) => {
    const location = entry.name === item ? firstChild(entry, "loc") : undefined;
    const text = location ? textOf(location).trim() : "";
    return text ? [text] : [];
  });
}

function parse(bytes: Uint8Array): XmlNode {
  try {
    return readXml(bytes);
  } catch (cause) {
    if (cause instanceof ParseFailure) throw unreadable(cause.message, cause);
    throw cause;
  }
}

/** `.xml.gz` files come as they are; what the connection packed, fetch has unpacked already. */
async function unpack(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const { head, whole } = await peek(body, 2);
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  const gunzip = () => new DecompressionStream("gzip") as ReadableWritablePair<Uint8Array, Uint8Array>;
  const unpacked = limitedBody(gzipped ? whole.pipeThrough(gunzip()) : whole, MAX_SITEMAP_BYTES);
  try {
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    // A connection that breaks may hold next time; a file that doesn't unpack never will.
    if (cause instanceof FetchFailure && !gzipped) throw cause;
    if (cause instanceof FetchFailure && cause.reason === "too_large") throw cause;
    throw unreadable("doesn't unpack", cause);
  }
}

function unreadable(why: string, cause?: unknown): FetchFailure {
  return new FetchFailure("sitemap_unreadable", `the sitemap ${why}`, { cause });
}
