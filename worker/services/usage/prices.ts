/** US dollars a million tokens, and the day since which that holds. `output` is 0 for embedding models. */
export type ModelPrice = { input: number; output: number; since: string };

export type PriceTable = Record<string, ModelPrice>;

/**
 * OpenAI's list prices of standard processing (openai.com/api/pricing), as they stood in mid-2026; `MODEL_PRICES`
 * adds to them or replaces them.
 */
export const LIST_PRICES: PriceTable = {
  "gpt-5": { input: 1.25, output: 10, since: "2025-08-07" },
  "gpt-5-mini": { input: 0.25, output: 2, since: "2025-08-07" },
  "gpt-5-nano": { input: 0.05, output: 0.4, since: "2025-08-07" },
  "gpt-4o-mini": { input: 0.15, output: 0.6, since: "2024-07-18" },
  "gpt-4o": { input: 2.5, output: 10, since: "2024-10-02" },
  "gpt-4.1": { input: 2, output: 8, since: "2025-04-14" },
  "gpt-4.1-mini": { input: 0.4, output: 1.6, since: "2025-04-14" },
  "gpt-4.1-nano": { input: 0.1, output: 0.4, since: "2025-04-14" },
  "text-embedding-3-small": { input: 0.02, output: 0, since: "2024-01-25" },
  "text-embedding-3-large": { input: 0.13, output: 0, since: "2024-01-25" },
};

export type Cost = { amount: number; currency: "USD" };

/** A model may be named by one of its snapshots ("gpt-4o-mini-2024-07-18"), which costs the same. */
const SNAPSHOT = /-\d{4}-\d{2}-\d{2}$/;

/** Tokens that one call to a model took. */
export type Spent = { model: string; input: number; output?: number };

/**
 * What calls cost, in whole billionths of a US dollar: sums of these are exact, sums of fractions are not. Null when
 * a model that was asked has no known price.
 */
export function costNanos(prices: PriceTable, calls: Spent[]): number | null {
  let nanos = 0;
  for (const { model, input, output = 0 } of calls) {
    if (input + output === 0) continue;
    const price = prices[model] ?? prices[model.replace(SNAPSHOT, "")];
    if (!price) return null;
    nanos += input * price.input * 1_000 + output * price.output * 1_000;
  }
  return Math.round(nanos);
}

/** Billionths of a dollar as an amount of money. */
export function toCost(nanos: number): Cost {
  return { amount: nanos / 1e9, currency: "USD" };
}
