/** One phrase that must be found, and where: `page` is null when the document has no physical pages. */
export type Expectation = { page: number | null; text: string; where?: string; note?: string };

export type ReadPage = { number: number; kind: string; text: string };

export type Verdict = { expected: Expectation; strict: boolean; tight: boolean; foundOn: number[] };

/** NFKC, invisible characters removed, white space collapsed: how the kit's README compares strictly. */
export function strictForm(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

/** The strict form without hyphen-and-space or any white space: column breaks and hyphenation forgiven. */
export function tightForm(text: string): string {
  return strictForm(text).replace(/-\s/g, "").replace(/\s+/g, "");
}

/** Looks for a phrase on its page, or anywhere when it has none. On another page it is a miss. */
export function judge(expected: Expectation, pages: ReadPage[]): Verdict {
  const found = (form: (text: string) => string) =>
    pages.filter((page) => form(page.text).includes(form(expected.text))).map(({ number }) => number);
  const hit = (numbers: number[], whole: () => boolean) =>
    expected.page === null ? numbers.length > 0 || whole() : numbers.includes(expected.page);
  const whole = (form: (text: string) => string) => () =>
    form(pages.map(({ text }) => text).join("\n")).includes(form(expected.text));
  const foundOn = found(tightForm);
  return {
    expected,
    strict: hit(found(strictForm), whole(strictForm)),
    tight: hit(foundOn, whole(tightForm)),
    foundOn,
  };
}
