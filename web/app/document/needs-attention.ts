import type { ReportedPage } from "../api/shapes.ts";

/** Share of meaningless glyphs from which a page is worth a look: below it are bullets and ornaments. */
const GARBLED_SHARE = 0.05;

/** Whether reading a page lost something of its text. */
export function needsAttention({ head, report }: Pick<ReportedPage, "head" | "report">): boolean {
  if (head.trim() === "") return true;
  if (!report) return false;
  return report.scanned || report.garbled >= GARBLED_SHARE || (report.dropped.broken_content ?? 0) > 0;
}
