/** What a page of a document is: a physical page, a slide, or a section cut at a heading. */
export type PageKind = "page" | "slide" | "section";

/** A heading inside a page's text. `offset` is a UTF-16 offset into `ParsedPage.text`; `level` is 1 to 6. */
export type PageHeading = { offset: number; level: number; title: string };

/** What reading a page met, for the parse report. Shares are 0 to 1. */
export type PageReport = {
  /** UTF-16 units of the page's text. */
  characters: number;
  /** Share of the glyphs, white space aside, that have no meaning: private use, replacement and control characters. */
  garbled: number;
  /** The page has no text, and an image on it. Known of a PDF's pages alone. */
  scanned: boolean;
  /** Runs of two rows or more with several cells. */
  tables: number;
  /**
   * What was seen and left out, by kind: "image", "comment", "deleted_text", "navigation"… A kind that is missing wasn't
   * looked for, which is not to say that the page has none.
   */
  dropped: Record<string, number>;
};

/**
 * One page of a document.
 * `number` is 1-based. `label` is what a reader sees: the printed page number where it differs, the slide
 * title, or the heading path of a section joined by " › ". `text` is canonical (see `canonicalText`): every
 * offset that Ancre stores or emits is a UTF-16 offset into it.
 */
export type ParsedPage = {
  number: number;
  kind: PageKind;
  label: string | null;
  text: string;
  headings: PageHeading[];
};

/** A page and what reading it met. */
export type ReadPage = ParsedPage & { report: PageReport };

/** Why a document can't be read. Closed: each reason has a decision and a sentence where the user is told. */
export type ParseFailureReason = "encrypted" | "no_text" | "corrupt" | "empty" | "unsupported" | "too_large";

/** Thrown by parsers. `message` is for the log; users see the sentence that belongs to `reason`. */
export class ParseFailure extends Error {
  override readonly name = "ParseFailure";
  readonly reason: ParseFailureReason;
  constructor(reason: ParseFailureReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Something the reader should know although the document could be read, e.g. a page without text. */
export type ParseWarning = { code: string; detail: string; pages?: number[] };

/** A file that is read in part. */
export type FileSource = {
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` up to, not including, `end`, all of them and nobody else's. What it throws, parsers let through. */
  read(start: number, end: number): Promise<Uint8Array>;
};

/** An opened document. Pages come one at a time, and of a PDF no more is held than was read of it. */
export interface ParsedDocument {
  /** Decided from content, never from the file's name alone. */
  readonly mediaType: string;
  readonly pagesTotal: number;
  /** Yields pages `from`, `from` + 1, … in order. Throws `ParseFailure`. */
  pages(from: number): AsyncIterable<ReadPage>;
  /** Of the pages read so far; complete only once every page was read. */
  warnings(): ParseWarning[];
  close(): Promise<void>;
}

/** Reads documents of every supported type. Throws `ParseFailure`. */
export interface DocumentParser {
  open(file: { source: FileSource; filename: string }): Promise<ParsedDocument>;
}
