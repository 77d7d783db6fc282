import { type ReadNumber, SPACE } from "./digits.ts";
import type { Lexeme } from "./lexemes.ts";
import type { Quantity } from "./numbers.ts";

/** "14h30", "14 h 30", "14:30", "2:30 pm": minutes, as a span of time has them, so that both notations meet. */
export function readClock(
  all: Lexeme[],
  { values, next }: ReadNumber,
): { quantity: Quantity; next: number } | null {
  const [hour = -1] = values;
  if (!Number.isInteger(hour) || hour < 0 || hour > 1_000) return null;
  const sign = all[next];
  let minutes: number | null = null;
  let end = next;
  if (sign?.kind === "number" && /^:$/.test(sign.gap) && /^\d\d$/.test(sign.raw) && hour < 25) {
    minutes = Number(sign.raw);
    end = next + 1;
  } else if (sign && /^(?:h|heures?|hours?)$/.test(sign.word) && SPACE.test(sign.gap)) {
    const following = all[next + 1];
    const joined =
      following?.kind === "number" && SPACE.test(following.gap) && /^[0-5]\d$/.test(following.raw);
    minutes = joined ? Number(following.raw) : null;
    end = next + 2;
    if (minutes !== null && /^(?:min|mn|minutes?)$/.test(all[end]?.word ?? "")) end++;
  }
  const half = halfOfDay(all, end);
  if (minutes === null && !half) return null;
  if (half && hour > 12) return null;
  const base = half ? (hour % 12) + (half.afternoon ? 12 : 0) : hour;
  const quantity: Quantity = {
    values: [base * 60 + (minutes ?? 0)],
    dimension: "time",
    code: null,
    soft: false,
    factor: 1,
    scale: 1,
  };
  return { quantity, next: half ? half.next : end };
}

/** "pm", "p.m.", "AM" right after an hour. */
function halfOfDay(all: Lexeme[], at: number): { afternoon: boolean; next: number } | null {
  const lexeme = all[at];
  if (!lexeme || !SPACE.test(lexeme.gap)) return null;
  if (/^[ap]m$/.test(lexeme.word)) return { afternoon: lexeme.word === "pm", next: at + 1 };
  const second = all[at + 1];
  if (/^[ap]$/.test(lexeme.word) && second?.word === "m" && second.gap === ".") {
    return { afternoon: lexeme.word === "p", next: at + 2 };
  }
  return null;
}
