/** What is counted. "total" metrics are held and come back when something is deleted; the rest is spent monthly. */
export type Metric = "documents" | "storage_bytes" | "assistants" | "members" | "pages" | "questions";

export const METRIC_PERIOD = {
  documents: "total",
  storage_bytes: "total",
  assistants: "total",
  members: "total",
  pages: "month",
  questions: "month",
} as const satisfies Record<Metric, "total" | "month">;

export const METRICS = Object.keys(METRIC_PERIOD) as Metric[];

export type PlanName = "free" | "pro";

export type Plan = {
  limits: Record<Metric, number>;
  /** Bytes of one uploaded file. */
  maxFileBytes: number;
  /** Bytes of one bulk import, before anything in it is unpacked. */
  maxImportBytes: number;
};

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;

/** Every limit of every plan; nothing else states one. */
export const PLANS: Record<PlanName, Plan> = {
  free: {
    limits: {
      documents: 1_000,
      storage_bytes: GIB,
      assistants: 10,
      members: 5,
      pages: 10_000,
      questions: 2_000,
    },
    maxFileBytes: 50 * MIB,
    maxImportBytes: 100 * MIB,
  },
  pro: {
    limits: {
      documents: 50_000,
      storage_bytes: 100 * GIB,
      assistants: 200,
      members: 100,
      pages: 200_000,
      questions: 100_000,
    },
    maxFileBytes: 50 * MIB,
    maxImportBytes: GIB,
  },
};

/** The plan to move to for more; null at the top. */
export function nextPlan(plan: PlanName): PlanName | null {
  return plan === "free" ? "pro" : null;
}
