/** What PDF.js tells of a piece of text; lengths in PDF units, `transform` maps text space to the page. */
export type PdfTextItem = {
  str: string;
  dir: string;
  width: number;
  height: number;
  transform: number[];
  fontName: string;
  hasEOL: boolean;
};

/**
 * A piece of text in reading coordinates: `x` grows along the line, `y` (the baseline) grows down the page.
 * `spaced`: white space precedes it in the content stream.
 */
export type Run = {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  rightToLeft: boolean;
  font: string;
  spaced: boolean;
};

/** Degrees; text tilted less than half of this counts as level. */
const ANGLE_STEP = 15;
/** The key of the vertical list among the angles, which are not negative. */
const VERTICAL = -1;
/** Points; smaller type is invisible on paper, so it isn't read. */
const LEAST_FONT_SIZE = 0.5;

/**
 * Turns the items of one page into runs, one list per writing direction, the fullest first. Each list is rotated
 * so that its text is level, which is all that page rotation, sideways tables and vertical Japanese need.
 */
export function readRuns(
  items: readonly PdfTextItem[],
  styles: Record<string, { vertical?: boolean }>,
  page: number[],
): Run[][] {
  const lists = new Map<number, { runs: Run[]; length: number }>();
  let spaced = false;
  for (const item of items) {
    if (item.str.trim() === "") {
      spaced ||= item.str !== "";
      continue;
    }
    const at = multiply(page, item.transform);
    const size = at[2] === 0 ? Math.abs(at[3]) : Math.hypot(at[2], at[3]);
    if (!(size > LEAST_FONT_SIZE) || !at.every(Number.isFinite)) continue;
    const vertical = styles[item.fontName]?.vertical === true;
    const level = at[1] === 0 && at[0] > 0;
    const angle = level ? 0 : nearestStep((Math.atan2(at[1], at[0]) * 180) / Math.PI);
    const key = vertical ? VERTICAL : angle;
    let list = lists.get(key);
    if (!list) {
      list = { runs: [], length: 0 };
      lists.set(key, list);
    }
    list.length += item.str.length;
    // Vertical lines run down and follow each other leftwards.
    const { x, y } = vertical ? { x: at[5], y: -at[4] } : rotate(at[4], at[5], angle);
    list.runs.push({
      text: item.str,
      x,
      y,
      width: vertical ? item.height : item.width,
      size,
      rightToLeft: item.dir === "rtl",
      font: item.fontName,
      spaced,
    });
    spaced = false;
  }
  return [...lists.values()].sort((a, b) => b.length - a.length).map((list) => list.runs);
}

type Matrix = [number, number, number, number, number, number];

function multiply(outer: number[], inner: number[]): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = outer;
  const [g = 1, h = 0, i = 0, j = 1, k = 0, l = 0] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function nearestStep(degrees: number): number {
  return (Math.round(degrees / ANGLE_STEP) * ANGLE_STEP + 360) % 360;
}

function rotate(x: number, y: number, angle: number): { x: number; y: number } {
  if (angle === 0) return { x, y };
  const radians = (-angle * Math.PI) / 180;
  const cosine = Math.cos(radians);
  const sine = Math.sin(radians);
  return { x: x * cosine - y * sine, y: x * sine + y * cosine };
}
