import type { Citation, Doubt, Feedback, Source, Unanchored } from "../../../worker/db/schema/answer.ts";
import type { AssistantSchema } from "../../../worker/http/schemas/assistant.ts";
import type { ConversationSchema, MessageSchema } from "../../../worker/http/schemas/chat.ts";
import type { DeletionSchema } from "../../../worker/http/schemas/deletion.ts";
import type {
  DocumentPageSchema,
  DocumentSchema,
  DocumentVersionSchema,
} from "../../../worker/http/schemas/document.ts";
import type { DocumentChunksSchema } from "../../../worker/http/schemas/document-chunk.ts";
import type { DocumentReportSchema } from "../../../worker/http/schemas/document-report.ts";
import type {
  ArchiveUploadSchema,
  ImportEntrySchema,
  ImportSchema,
} from "../../../worker/http/schemas/import.ts";
import type { MemberSchema } from "../../../worker/http/schemas/member.ts";
import type { AuditAction } from "../../../worker/services/audit/entry.ts";
import type { ChatEvent, Done } from "../../../worker/services/chat/events.ts";
import type { Receipt } from "../../../worker/services/chat/receipt.ts";
import type { Metric, PlanName } from "../../../worker/services/usage/plans.ts";
import type { Cost } from "../../../worker/services/usage/prices.ts";

/** What JSON makes of a value. */
type Wire<T> = T extends Date ? string : T extends object ? { [Key in keyof T]: Wire<T[Key]> } : T;

export type {
  AuditAction,
  ChatEvent,
  Citation,
  Cost,
  Done,
  Doubt,
  Feedback,
  Metric,
  PlanName,
  Receipt,
  Source,
  Unanchored,
};

export type LibraryDocument = Wire<(typeof DocumentSchema)["_output"]>;
export type DocumentPage = Wire<(typeof DocumentPageSchema)["_output"]>;

export type DocumentVersion = Wire<(typeof DocumentVersionSchema)["_output"]>;
export type DocumentReport = Wire<(typeof DocumentReportSchema)["_output"]>;
export type ReportedPage = DocumentReport["data"][number];
export type DocumentChunks = Wire<(typeof DocumentChunksSchema)["_output"]>;
export type DocumentChunk = DocumentChunks["data"][number];
export type Deletion = Wire<(typeof DeletionSchema)["_output"]>;
export type Import = Wire<(typeof ImportSchema)["_output"]>;
export type ImportEntry = Wire<(typeof ImportEntrySchema)["_output"]>;
export type ArchiveUpload = Wire<(typeof ArchiveUploadSchema)["_output"]>;
export type Conversation = Wire<(typeof ConversationSchema)["_output"]>;
export type Message = Wire<(typeof MessageSchema)["_output"]>;

export type Assistant = Wire<(typeof AssistantSchema)["_output"]>;

export type Tenant = {
  id: string;
  name: string;
  plan: PlanName;
  kind: "personal" | "organization";
  role: "owner" | "admin" | "member";
  created_at: string;
};
export type Collection = { id: string; name: string; documents_count: number };

export type Member = Wire<(typeof MemberSchema)["_output"]>;
/** Who the reader is in the workspace on show, and which one that is. */
export type OwnMembership = Member & { tenant_id: string };

export type KeyScope = "chat" | "read" | "write";
export type ApiKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: KeyScope[];
  /** The only assistants it may talk to; null: all. */
  assistant_ids: string[] | null;
  created_by: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
};
/** The whole key comes once, in the answer that makes it. */
export type NewApiKey = ApiKey & { key: string };

export type AuditRecord = {
  id: string;
  at: string;
  actor_kind: "user" | "key" | "system";
  actor_id: string;
  action: string;
  target_id: string | null;
  detail: Record<string, unknown>;
};

export type List<T> = { data: T[]; next_cursor: string | null };

/** `resets_at` is null for what is held rather than spent. */
export type UsageMetric = { metric: Metric; used: number; limit: number; resets_at: string | null };
export type UsageReport = {
  plan: PlanName;
  period_start: string;
  period_end: string;
  metrics: UsageMetric[];
  tokens: { embedding: number; prompt: number; completion: number };
  cost: Cost;
};
export type Plan = {
  name: PlanName;
  limits: Record<Metric, number>;
  max_file_bytes: number;
  max_import_bytes: number;
};
export type Billing = {
  plan: PlanName;
  /** Stripe's word for the subscription; null when there never was one. */
  status: string | null;
  current_period_end: string | null;
  cancels_at: string | null;
  payment_overdue: boolean;
  price: Price | null;
  test_mode: boolean;
};
export type Price = { amount: number; currency: string; interval: string };
export type UsageDay = {
  /** A UTC day, as "2026-11-22". */
  period: string;
  questions: number;
  pages: number;
  documents: number;
  embedding_tokens: number;
  prompt_tokens: number;
  completion_tokens: number;
  cost: Cost;
  /** Calls of models whose price isn't known, which the cost doesn't hold. */
  unpriced: number;
  /** `assistant_id` null: what belongs to none. */
  assistants: { assistant_id: string | null; questions: number }[];
};
