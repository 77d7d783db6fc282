import type { Dropped } from "../imports/read-drop.ts";
import source from "./hold-drops.js?raw";

declare global {
  interface Window {
    /** What was dropped on a page that was still being loaded, with that page's address. */
    heldDrops?: (Dropped & { address: string })[];
  }
}

/**
 * A script for the head of every document. It refuses files dropped where nothing takes them, which the browser would
 * open in the place of the page, and holds those dropped on a page that will take them (`data-awaits-files`) once it is
 * there.
 */
export const HOLD_DROPS = source;

/** Takes what was dropped on this page before it was there; nothing of what was meant for another. */
export function takeHeldDrops(): Dropped[] {
  const held = window.heldDrops ?? [];
  window.heldDrops = [];
  return held.filter(({ address }) => address === location.href);
}
