import type { Stretch } from "./place-quote.ts";

/** A mark on a page, in percent of its width and height, so that it stays in place when the page is resized. */
export type Box = { left: number; top: number; width: number; height: number };

/** Where stretches of text items stand on their sheet. */
export function quoteBoxes(sheet: HTMLElement, divs: HTMLElement[], stretches: Stretch[]): Box[] {
  const page = sheet.getBoundingClientRect();
  return stretches.flatMap(({ item, start, end }) => {
    const text = divs[item]?.firstChild;
    if (!text) return [];
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    return [...range.getClientRects()].map(({ left, top, width, height }) => ({
      left: ((left - page.left) / page.width) * 100,
      top: ((top - page.top) / page.height) * 100,
      width: (width / page.width) * 100,
      height: (height / page.height) * 100,
    }));
  });
}
