import type { Verdict } from "./score.ts";

export type Measured = {
  file: string;
  format: string;
  hostile: boolean;
  /** From the upload's first byte to the document's final state. */
  seconds: number;
  status: string;
  errorCode: string | null;
  expectedError: string | null;
  maySucceed: boolean;
  searchable: boolean;
  expectedPages: number | null;
  /** Null when the file failed before its pages were counted. */
  pages: number | null;
  verdicts: Verdict[];
  /** Strings that had to be absent and are not. */
  present: string[];
};

/** The share of phrases found on their page, the share of right states, and the longest wait for a hostile file. */
const BARS = { tight: 0.98, pageCounts: 1, hostile: 1, hostileSeconds: 30 };

/** A table by format, what is wrong below it, and whether every bar is passed. */
export function formatReport(measured: Measured[]): { text: string; passed: boolean } {
  const formats = [...new Set(measured.map(({ format }) => format))].sort();
  const rows = [
    ...formats.map((format) =>
      row(
        format,
        measured.filter((m) => m.format === format),
      ),
    ),
  ];
  rows.push(row("all", measured));
  const total = totals(measured);
  const passed =
    total.tight >= BARS.tight &&
    total.pageCounts >= BARS.pageCounts &&
    total.hostile >= BARS.hostile &&
    total.hostileSeconds <= BARS.hostileSeconds;
  const header = columns(["format", "files", "strict", "tight", "pages", "states", "hostile", "worst s"]);
  const faults = measured.flatMap(faultsOf);
  return {
    text: ["", header, ...rows, "", ...faults, passed ? "All bars passed." : "Below a bar."].join("\n"),
    passed,
  };
}

/** Whether a file ended as it should: as expected, or read anyway where that is accepted too. */
export function rightState({ status, errorCode, expectedError, maySucceed, searchable }: Measured): boolean {
  if (searchable) return false;
  if (expectedError === null) return status === "ready" || (maySucceed && status === "failed");
  return (status === "failed" && errorCode === expectedError) || (maySucceed && status === "ready");
}

function hasPageCount({ expectedPages, pages }: Measured): boolean {
  return expectedPages !== null && pages !== null;
}

function totals(group: Measured[]) {
  const verdicts = group.flatMap((m) => m.verdicts.filter(() => !(m.maySucceed && m.status === "failed")));
  const counted = group.filter(hasPageCount);
  const hostile = group.filter((m) => m.hostile);
  return {
    strict: share(verdicts, (verdict) => verdict.strict),
    tight: share(verdicts, (verdict) => verdict.tight),
    pageCounts: share(counted, (m) => m.pages === m.expectedPages),
    states: share(group, rightState),
    hostile: share(hostile, rightState),
    hostileSeconds: Math.max(0, ...hostile.map((m) => m.seconds)),
    worst: Math.max(0, ...group.map((m) => m.seconds)),
  };
}

function share<T>(items: T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? 1 : items.filter(holds).length / items.length;
}

function row(name: string, group: Measured[]): string {
  const { strict, tight, pageCounts, states, hostile, worst } = totals(group);
  const shares = [strict, tight, pageCounts, states, hostile].map((value) => `${(value * 100).toFixed(1)} %`);
  return columns([name, String(group.length), ...shares, worst.toFixed(1)]);
}

function columns(cells: string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(8) : cell.padStart(9))).join("");
}

function faultsOf(m: Measured): string[] {
  const faults: string[] = [];
  if (!rightState(m)) {
    faults.push(`${m.file}: ${m.status} ${m.errorCode ?? ""}, expected ${m.expectedError ?? "ready"}`);
  }
  if (m.searchable) faults.push(`${m.file}: failed, yet found by search`);
  if (hasPageCount(m) && m.pages !== m.expectedPages) {
    faults.push(`${m.file}: ${m.pages} pages, expected ${m.expectedPages}`);
  }
  if (!(m.maySucceed && m.status === "failed")) {
    for (const { strict, tight, expected, foundOn } of m.verdicts) {
      if (tight && strict) continue;
      const where = foundOn.length > 0 ? `found on ${foundOn.join(", ")}` : "not found";
      faults.push(
        `${m.file}: ${tight ? "strict" : "tight"} miss on ${expected.page ?? "-"} (${where}): ${expected.text}`,
      );
    }
  }
  for (const text of m.present) faults.push(`${m.file}: must not hold: ${text}`);
  return faults;
}
