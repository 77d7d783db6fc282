/** What is counted. "total" metrics are held and come back when something is deleted; the rest is spent monthly. */
export type Metric = "documents" | "storage_bytes" | "assistants" | "pages" | "questions";

export const METRIC_PERIOD = {
  documents: "total",
  storage_bytes: "total",
  assistants: "total",
  pages: "month",
  questions: "month",
} as const satisfies Record<Metric, "total" | "month">;

export type Plan = {
  limits: Record<Metric, number>;
  /** Bytes of one uploaded file. */
  maxFileBytes: number;
};

const MIB = 1024 * 1024;

export const PLANS = {
  free: {
    limits: {
      documents: 1_000,
      storage_bytes: 1_024 * MIB,
      assistants: 20,
      pages: 10_000,
      questions: 5_000,
    },
    maxFileBytes: 50 * MIB,
  },
} as const satisfies Record<string, Plan>;
