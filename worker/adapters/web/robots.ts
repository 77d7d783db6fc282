import robotsParser from "robots-parser";
import type { RobotRules } from "../../ports/web.ts";
import { USER_AGENT } from "./guarded-fetch.ts";

/** Bytes of a robots.txt that are read; RFC 9309 §2.5 asks for 500 KiB at least. */
export const MAX_ROBOTS_BYTES = 512_000;
/** Seconds between two requests that are kept to: a site that asks for more would hold an import of 100 pages for hours. */
const MAX_CRAWL_DELAY_SECONDS = 10;

/** The rules of a `robots.txt` for us; `address` is where it was asked for. */
export function readRobots(address: string, text: string): RobotRules {
  const robots = robotsParser(address, text);
  const delay = robots.getCrawlDelay(USER_AGENT) ?? 0;
  return {
    allows: (page) => robots.isDisallowed(page, USER_AGENT) !== true,
    crawlDelaySeconds: Number.isFinite(delay) ? Math.min(MAX_CRAWL_DELAY_SECONDS, Math.max(0, delay)) : 0,
  };
}
