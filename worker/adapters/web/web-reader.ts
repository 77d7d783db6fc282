import { FetchFailure, type WebReader } from "../../ports/web.ts";
import { peek } from "../peek.ts";
import { guardedFetch, type WebSettings } from "./guarded-fetch.ts";
import { limitedBody } from "./limited-body.ts";
import { mayBeDocument, mediaTypeOf, pageName, TITLE_BYTES } from "./page-name.ts";
import { MAX_ROBOTS_BYTES, readRobots } from "./robots.ts";
import { readSitemap } from "./sitemap.ts";

const DOCUMENTS = "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5";
const SITEMAPS = "application/xml,text/xml,*/*;q=0.5";
/** Bytes of a sitemap as it is sent, packed or not. */
const MAX_SENT_BYTES = 10_000_000;

/** The web through `guardedFetch`, which every request of this reader goes by. */
export function createWebReader(settings: WebSettings): WebReader {
  return {
    async fetchFile(address, { maxBytes, admit }) {
      const { url, response } = await guardedFetch(address, settings, { accept: DOCUMENTS, admit });
      const mediaType = mediaTypeOf(response.headers);
      if (!mayBeDocument(mediaType)) {
        await response.body?.cancel();
        throw new FetchFailure("unsupported", `type ${mediaType}`);
      }
      const { head, whole } = await peek(limitedBody(response.body, maxBytes), TITLE_BYTES);
      return { address: url.href, filename: pageName(url, response.headers, head), head, body: whole };
    },

    async fetchRobots(address) {
      const place = new URL("/robots.txt", address).href;
      try {
        const { response } = await guardedFetch(place, settings, { accept: "text/plain" });
        // Rules past the bound are as if they weren't there (RFC 9309 §2.5).
        const { head } = await peek(limitedBody(response.body, 2 * MAX_ROBOTS_BYTES), MAX_ROBOTS_BYTES);
        return readRobots(place, new TextDecoder().decode(head.subarray(0, MAX_ROBOTS_BYTES)));
      } catch (error) {
        if (error instanceof FetchFailure && error.reason !== "unreachable") return readRobots(place, "");
        throw error;
      }
    },

    async fetchSitemap(address, admit) {
      const { response } = await guardedFetch(address, settings, { accept: SITEMAPS, admit });
      return readSitemap(limitedBody(response.body, MAX_SENT_BYTES));
    },
  };
}
