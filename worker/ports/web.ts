export type FetchFailureReason =
  | "address_invalid"
  | "address_refused"
  | "name_not_found"
  | "too_many_redirects"
  | "http_refused"
  | "unreachable"
  | "too_large"
  | "unsupported"
  | "off_site"
  | "robots_disallowed"
  | "sitemap_unreadable";

/** Why an address gave nothing. Only "unreachable" may pass later. */
export class FetchFailure extends Error {
  override readonly name = "FetchFailure";
  readonly reason: FetchFailureReason;
  constructor(reason: FetchFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Asked before every hop, the first included; throws `FetchFailure` to go no further. */
export type Admit = (address: URL) => Promise<void> | void;

export type FetchedFile = {
  /** Where it was found after all redirects. */
  address: string;
  /** From its title, its headers or its path. */
  filename: string;
  /** Its first bytes, some thousands if it has so many. */
  head: Uint8Array;
  /** All of it. Fails with `FetchFailure` "too_large" or "unreachable". */
  body: ReadableStream<Uint8Array>;
};

/** What a site asks of crawlers. */
export type RobotRules = {
  allows(address: string): boolean;
  /** Seconds between two requests; 0 where the site doesn't say. */
  crawlDelaySeconds: number;
};

/** The addresses a sitemap lists: pages, or further sitemaps. */
export type Sitemap = { pages: string[]; sitemaps: string[] };

/** The public web, as anybody sees it: no cookie, no credential, no private address, however it is written. */
export interface WebReader {
  /** A document. Throws `FetchFailure`. */
  fetchFile(address: string, options: { maxBytes: number; admit?: Admit }): Promise<FetchedFile>;
  /** The rules of an address's origin; none when the site has no robots.txt. Throws `FetchFailure` "unreachable". */
  fetchRobots(address: string): Promise<RobotRules>;
  /** Throws `FetchFailure`. */
  fetchSitemap(address: string, admit: Admit): Promise<Sitemap>;
}
